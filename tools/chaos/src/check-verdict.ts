import type { MemberJudgement, Mode, Verdict } from '@clamor/runtime';
import type { Fault } from './faults.ts';
import type { Answer } from './oracle.ts';
import { reaches } from './rollout.ts';

/** What an operator said of one member; the defaults are those of a member of which nothing was said. */
export interface SlotWish {
  readonly mode: Mode;
  readonly rollout: number;
  readonly version: string | null;
  readonly base: string | null;
}

/** A member of which nothing was said. */
export const DEFAULT_WISH: SlotWish = { mode: 'active', rollout: 100, version: null, base: null };

/** What is known of the world that a verdict was given in. */
export interface World {
  /** Installed versions by member name, lowest first; the one that counts by default first of all. */
  readonly installed: ReadonlyMap<string, readonly string[]>;
  /** By member name; absent: nothing was said. */
  readonly wishes: ReadonlyMap<string, SlotWish>;
  /** What sound members answer to this text, by `member@version`. */
  readonly answerOf: (memberVersion: string) => Answer | undefined;
  /** By member name. */
  readonly faults: ReadonlyMap<string, Fault>;
  readonly isPoison: boolean;
}

/** Reasons that any hostile member may fail for while it is kept away from the others, or comes back on a busy machine. */
export const KEPT_AWAY: readonly string[] = [
  'MEMBER_BREAKER_OPEN',
  'MEMBER_STOPPED',
  'MEMBER_LOAD_TIMEOUT',
  'MEMBER_DEADLINE',
  'SUITE_DEADLINE',
  'ENCODER_BREAKER_OPEN',
  'ENCODER_STOPPED',
  'ENCODER_LOAD_TIMEOUT',
  'ENCODER_DEADLINE',
];

/** Reasons that a sound member may fail for when the machine is too busy: allowed, counted, and bounded for the whole run. */
export const LATE: readonly string[] = ['SUITE_DEADLINE', 'MEMBER_DEADLINE'];

/**
 * What is wrong with a verdict: everything in it is compared with what is known without the runtime.
 *
 * @returns One sentence per violation; empty for a verdict that is right.
 */
export function verdictViolations(verdict: Verdict, world: World): string[] {
  const expected = [...world.installed].flatMap(([member, versions]) =>
    expectedModes(member, versions, verdict.key, world),
  );
  const found = verdict.judgements.map(({ member, version, mode }) => `${member}@${version} ${mode}`);
  const hostileMayBeShadow = (line: string): string[] =>
    world.faults.has(line.split('@')[0] ?? '') ? [line, line.replace(/ active$/, ' shadow')] : [line];
  return [
    ...expected
      .filter((line) => !hostileMayBeShadow(line).some((form) => found.includes(form)))
      .map((line) => `lacks ${line}`),
    ...found
      .filter((line) => !expected.flatMap(hostileMayBeShadow).includes(line))
      .map((line) => `has ${line} too much`),
    ...verdict.judgements.flatMap((judgement) => judgementViolations(judgement, world)),
    ...outcomeViolations(verdict),
  ];
}

/** The table of modes: off runs none; shadow none that counts; active one that counts for the key, the others shadow. */
function expectedModes(member: string, versions: readonly string[], key: string, { wishes }: World): string[] {
  const { mode, rollout, version, base } = wishes.get(member) ?? DEFAULT_WISH;
  if (mode === 'off') return [];
  const counting = reaches(member, rollout, key) ? (version ?? versions[0]) : base;
  return versions.map((each) => `${member}@${each} ${mode === 'active' && each !== counting ? 'shadow' : mode}`);
}

function judgementViolations(judgement: MemberJudgement, world: World): string[] {
  const { member, version, score, reason } = judgement;
  const said = reason?.code ?? judgement.judgement;
  const fault = world.faults.get(member);
  if (fault !== undefined) {
    const allowed = [...((world.isPoison ? fault.saysOfPoison : undefined) ?? fault.says), ...KEPT_AWAY];
    return allowed.includes(said) ? [] : [`${member} says ${said}, which is none of ${allowed.join(', ')}`];
  }
  const answer = world.answerOf(`${member}@${version}`);
  if (LATE.includes(said) || (said === answer?.judgement && Object.is(score, answer.score))) return [];
  return [`${member}@${version} says ${said} ${score}; by itself it says ${answer?.judgement} ${answer?.score}`];
}

/** Any active member positive → positive; otherwise negative, since no member of the suite is required. */
function outcomeViolations({ outcome, decision, judgements, positives, degraded }: Verdict): string[] {
  const active = judgements.filter(({ mode }) => mode === 'active');
  const positive = active.filter(({ judgement }) => judgement === 'positive');
  const failed = active.filter(({ judgement }) => judgement === 'failed');
  const right = positive.length > 0 ? 'positive' : 'negative';
  return [
    ...(outcome === right && decision === positive.length > 0 ? [] : [`is ${outcome} (${decision}), not ${right}`]),
    ...(names(positives) === names(positive) ? [] : [`names ${names(positives)} positive, not ${names(positive)}`]),
    ...(names(degraded) === names(failed) ? [] : [`names ${names(degraded)} failed, not ${names(failed)}`]),
  ];
}

function names(of: readonly { readonly member: string }[]): string {
  return of
    .map(({ member }) => member)
    .toSorted()
    .join(', ');
}
