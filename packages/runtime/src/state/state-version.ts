import { createHash } from 'node:crypto';
import { DEFAULT_SLOT, type SlotState, type SuiteState } from './suite-state.ts';

const DIGITS = 16;

/**
 * Hash over what an operator decided: two hosts with the same suite version and this one give the same verdicts. The revision
 * is not part of it, so undoing a change gives the version from before; but what was once decided about a member that ships as
 * shadow stays a decision.
 *
 * SHA-256 over one line per member that the state names, sorted: `member=mode`, then ` rollout=`, ` version=` and ` base=`
 * where they are not the default.
 *
 * @returns 16 lower-case hex digits.
 * @example stateVersion({ revision: 0, members: {} }) // 'e3b0c44298fc1c14'
 */
export function stateVersion({ members }: SuiteState): string {
  const lines = Object.entries(members).map(([member, slot]) => `${member}=${describeSlot(slot)}\n`);
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex').slice(0, DIGITS);
}

/**
 * What was decided about one member, on one line: the mode, and whatever else is not the default.
 *
 * @example describeSlot({ mode: 'active', rollout: 10, version: '1.1.0', base: null }) // 'active rollout=10 version=1.1.0'
 */
export function describeSlot({ mode, rollout, version, base }: SlotState): string {
  const rest = [
    ...(rollout === DEFAULT_SLOT.rollout ? [] : [`rollout=${rollout}`]),
    ...(version === null ? [] : [`version=${version}`]),
    ...(base === null ? [] : [`base=${base}`]),
  ];
  return [mode, ...rest].join(' ');
}
