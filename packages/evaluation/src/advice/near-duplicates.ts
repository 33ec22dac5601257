// Question: which members are only ever positive together?
// Source: blind spot of the blueprint: near-copies of a member have empty unique sets, whatever they are worth. Jaccard, The
// distribution of the flora in the alpine zone, 1912; Wilson's interval keeps three examples from making a near-duplicate.
import { type BitColumn, difference, intersection, type SetSize, sizeOf, union } from '../table/bit-column.ts';
import type { AdviceState } from './advice-state.ts';
import { effectiveSize, wilsonInterval } from '../statistics/wilson-interval.ts';

/** Together on at least so much of where either is positive … */
const JACCARD = 0.9;
/** … and, with 95 %, on at least so much of what is still to come: nine examples that are always shared. */
const JACCARD_SHOWN = 0.7;

/** Members that say the same. */
export interface NearDuplicates {
  /** Names, in the order of the table; at least two. */
  readonly members: readonly string[];
  /** Weight of the examples on which all of them are positive. */
  readonly together: number;
  /** Weight of the examples on which some of them are positive and others are not. */
  readonly apart: number;
}

/**
 * Groups of members every two of which are near-duplicates, those with the most in common first.
 *
 * Every two, not a chain: a that is like b that is like c need not be like c. From the pairs that the figures have already:
 * m(m − 1)/2 of them over bit columns.
 */
export function nearDuplicates({ context, evaluation }: AdviceState): NearDuplicates[] {
  const { table } = context.positives;
  const positiveOf = new Map(table.members.map(({ name, positive }) => [name, positive]));
  const alike = new Map<string, Set<string>>(table.members.map(({ name }) => [name, new Set()]));
  for (const { a, b, jaccard } of evaluation.overlaps) {
    if (jaccard === null || jaccard < JACCARD) continue;
    const [first, second] = [positiveOf.get(a)!, positiveOf.get(b)!];
    const both = sizeOf(intersection(first, second), table.weights);
    if (!isShown(both, sizeOf(union([first, second], first.length), table.weights))) continue;
    alike.get(a)!.add(b);
    alike.get(b)!.add(a);
  }
  return groupsOf(alike)
    .map((members) => ({
      members,
      ...extent(
        members.map((name) => positiveOf.get(name)!),
        context.positives.table,
      ),
    }))
    .toSorted((a, b) => b.together - a.together);
}

function isShown(both: SetSize, either: SetSize): boolean {
  const interval = wilsonInterval(both.weight, either.weight, { effectiveSize: effectiveSize(either) });
  return interval !== null && interval[0] >= JACCARD_SHOWN;
}

/** Puts every name into the first group all of which are like it; names that are like nobody are left out. */
function groupsOf(alike: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const groups: string[][] = [];
  for (const [name, others] of alike) {
    const group = groups.find((members) => members.every((member) => others.has(member)));
    if (group === undefined) groups.push([name]);
    else group.push(name);
  }
  return groups.filter(({ length }) => length > 1);
}

function extent(
  columns: readonly BitColumn[],
  { weights }: AdviceState['context']['positives']['table'],
): { together: number; apart: number } {
  const all = columns.reduce((a, b) => intersection(a, b));
  const any = union(columns, all.length);
  return { together: sizeOf(all, weights).weight, apart: sizeOf(difference(any, all), weights).weight };
}
