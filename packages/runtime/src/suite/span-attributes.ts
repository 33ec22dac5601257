import type { Attributes } from '@opentelemetry/api';
import { stateVersion } from '../state/state-version.ts';
import { ATTRIBUTE } from '../telemetry/attributes.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Call, Moment } from './pipeline.ts';
import type { Plan } from './plan.ts';

/** What every span of a suite has. */
export function suiteAttribute(suite: string): Attributes {
  return { [ATTRIBUTE.suite]: suite };
}

/** Of the start of a call, or of a batch of it. */
export function callAttributes(suite: string, { priority, examples }: Pick<Call, 'priority' | 'examples'>): Attributes {
  return { ...suiteAttribute(suite), [ATTRIBUTE.priority]: priority, [ATTRIBUTE.examples]: examples };
}

/** Of what a plan loaded. */
export function planAttributes({ name, suiteVersion, members, faults }: Plan): Attributes {
  return {
    ...suiteAttribute(name),
    [ATTRIBUTE.suiteVersion]: suiteVersion,
    [ATTRIBUTE.members]: members.length,
    [ATTRIBUTE.faults]: faults.length,
  };
}

/** By what a batch was asked. */
export function momentAttributes({ plan, state }: Moment): Attributes {
  return { [ATTRIBUTE.suiteVersion]: plan.suiteVersion, [ATTRIBUTE.stateVersion]: stateVersion(state) };
}

/** Of what came of a call; never a key or a score. */
export function verdictAttributes(verdicts: readonly Verdict[]): Attributes {
  const count = (is: (verdict: Verdict) => boolean): number => verdicts.filter(is).length;
  return {
    [ATTRIBUTE.positives]: count(({ outcome }) => outcome === 'positive'),
    [ATTRIBUTE.undetermined]: count(({ outcome }) => outcome === 'undetermined'),
    [ATTRIBUTE.degraded]: count(({ degraded }) => degraded.length > 0),
  };
}
