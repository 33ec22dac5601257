// Question: where is the suite positive already, when one member joins and nobody else may move?
// Source: the stored out-of-fold columns of the members that count, at the thresholds that they joined with.
import type { StoredColumn } from '@clamor/store';

import { type GrowingMember, take } from './grow-suite.ts';

/** What {@link frozenSuite} takes. */
export interface FrozenSuiteOptions {
  /** Out-of-fold columns of one fit. */
  readonly columns: readonly StoredColumn[];
  /** Names of the members that count. */
  readonly members: readonly string[];
  /** Shape [n]. */
  readonly ids: readonly string[];
  /** By member; a column at another threshold is refused. Default: not compared. */
  readonly thresholds?: ReadonlyMap<string, number>;
}

/**
 * Where the frozen members are positive, out of fold.
 *
 * @returns Shape [n], 1 where any of them is.
 * @throws {Error} when a member has no column there, or one over other examples, not out of fold, or at another threshold.
 */
export function frozenSuite({ columns, members, ids, thresholds }: FrozenSuiteOptions): Uint8Array {
  const taken = new Uint8Array(ids.length);
  for (const name of members) {
    const stored = columns.find(({ manifest }) => manifest.kind === 'member' && manifest.name === name);
    const faults: string[] = [];
    if (stored === undefined) faults.push('there is none');
    else {
      if (!stored.manifest.outOfFold) faults.push('it is not out of fold');
      if (stored.ids.join('\n') !== ids.join('\n')) faults.push('it is over other examples');
      const wanted = thresholds?.get(name) ?? stored.manifest.threshold;
      if (stored.manifest.threshold !== wanted) {
        faults.push(`its threshold is ${stored.manifest.threshold}, that of the member ${wanted}`);
      }
    }
    if (faults.length > 0 || stored === undefined) {
      throw new Error(`Column "${name}": ${faults.join('; ')}. Run "npm run rebuild -w @clamor/training".`);
    }
    take(taken, stored.column, stored.manifest.threshold);
  }
  return taken;
}

/** A member at its place in the order, with those that count before it. */
export interface JoiningPlace<Member> {
  readonly member: Member;
  readonly before: readonly Member[];
}

/**
 * Looks whether a member can be fitted with all others frozen: it joins last, so no member that counts may stand after it.
 *
 * @param members - In the order in which they join.
 * @throws {Error} when there is no such member, or one that counts joined after it.
 */
export function joiningPlace<Member extends Pick<GrowingMember, 'name' | 'isShadow'>>(
  members: readonly Member[],
  name: string,
): JoiningPlace<Member> {
  const at = members.findIndex((member) => member.name === name);
  const member = members[at];
  if (member === undefined) {
    throw new Error(`There is no member "${name}"; there are ${members.map((one) => one.name).join(', ')}.`);
  }
  const after = joinedAfter(members, name);
  if (after.length > 0) {
    throw new Error(
      `"${name}" joined before ${after.map((one) => one.name).join(', ')}, whose thresholds were chosen beside it.\nRun "npm run rebuild -w @clamor/training".`,
    );
  }
  return { member, before: members.slice(0, at).filter(({ isShadow }) => isShadow !== true) };
}

/**
 * Members that count and joined after one: their thresholds were chosen beside it, so that it cannot be fitted alone.
 *
 * @param members - In the order in which they join.
 * @returns In that order; empty for a name that no member has.
 */
export function joinedAfter<Member extends Pick<GrowingMember, 'name' | 'isShadow'>>(
  members: readonly Member[],
  name: string,
): Member[] {
  const at = members.findIndex((member) => member.name === name);
  return at < 0 ? [] : members.slice(at + 1).filter(({ isShadow }) => isShadow !== true);
}
