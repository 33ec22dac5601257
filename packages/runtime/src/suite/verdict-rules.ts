import { stateVersion } from '../state/state-version.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { VerdictRules } from '../verdict/verdict.ts';
import type { Plan } from './plan.ts';

/** What the verdicts of a plan go by under a state. */
export function verdictRules({ policy, slots, members, faults, suiteVersion }: Plan, state: SuiteState): VerdictRules {
  const on = slots.filter((slot) => slotState(state, slot).mode !== 'off');
  const packageOf = (places: readonly number[]): string => members[places[0] ?? -1]?.package ?? '';
  const required = on.filter((slot) => policy.required.includes(packageOf(slot.members))).map((slot) => slot.member);
  const known = new Set(members.map((member) => member.package));
  // A missing dependency may be anything; only the policy can say that it is a member.
  const absent = faults.filter((fault) => !known.has(fault.package) && fault.code !== 'PACKAGE_MISSING');
  return {
    required: new Set(required),
    absent: absent.map((fault) => ({
      member: fault.package,
      reason: { code: fault.code, message: `found ${fault.found}` },
      required: policy.required.includes(fault.package),
    })),
    whenUndetermined: policy.whenUndetermined,
    suiteVersion,
    stateVersion: stateVersion(state),
  };
}
