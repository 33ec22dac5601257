import type { CheckedMember } from '../discovery/check-member.ts';
import type { Fault } from '../discovery/fault.ts';
import type { MemberLoad } from './worker-protocol.ts';

/** How the members of a suite came up. */
export interface LoadedMembers {
  /** Indices of the members that are ready. */
  readonly ready: readonly number[];
  readonly faults: ReadonlyMap<number, Fault>;
  /** Measured on the samples: milliseconds per example, by member index. */
  readonly costsMs: ReadonlyMap<number, number>;
}

/** Puts together how members came up, from what their workers say. */
export function toLoadedMembers(
  members: readonly CheckedMember[],
  wanted: readonly number[],
  loads: readonly MemberLoad[],
): LoadedMembers {
  const faults = new Map<number, Fault>();
  const costsMs = new Map<number, number>();
  for (const { member: index, problem, costMs } of loads) {
    const member = members[index];
    if (problem !== null && member !== undefined) {
      faults.set(index, { package: member.package, version: member.version, ...problem });
    }
    if (costMs !== null) costsMs.set(index, costMs);
  }
  return { ready: wanted.filter((index) => !faults.has(index)), faults, costsMs };
}
