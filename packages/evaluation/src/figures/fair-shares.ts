// Question: how much of the suite's true and false positives is owed to whom?
// Source: Shapley, A value for n-person games, 1953: for v(S) = Σ d over the examples on which someone of S is positive, an
// example's value is split equally among those who are positive on it, so one pass gives what is exponential in general.
import type { BitTable } from '../table/bit-table.ts';
import { positivesOf } from '../table/positives.ts';
import { countTogether, type PositivesTogether } from './positives-together.ts';

/** One member's part of the suite's TP and FP. */
export interface FairShare {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/**
 * The fair share of every member: Σ d ÷ k over its labelled positives, k being the number of members positive there.
 *
 * The shares add up to the suite's TP and FP. They are not clone-proof: a member published twice takes 2/(k + 1) of an
 * example where it took 1/k. And they are shares of counts; precision, a ratio, has no such split.
 *
 * @returns Shape [m], in the order of the members.
 * @example
 * fairShares(
 *   toBitTable({ labels: [1, 1], members: [{ name: 'a', judgements: [1, 1] }, { name: 'b', judgements: [1, 0] }] }),
 * ) // [{ truePositives: 1.5, falsePositives: 0 }, { truePositives: 0.5, falsePositives: 0 }]
 */
export function fairShares(table: BitTable): FairShare[] {
  return sharesOf(countTogether(positivesOf(table)), table.members.length);
}

/** The fair shares of m members, from how often each is positive as one of k. */
export function sharesOf({ byVoices }: PositivesTogether, m: number): FairShare[] {
  // Divided once per k: whole-number weights are exact up to here, in whatever order the examples came.
  const shareOf = (row: number): number =>
    byVoices
      .subarray(row * (m + 1), (row + 1) * (m + 1))
      .reduce((share, weight, k) => (k === 0 ? 0 : share + weight / k), 0);
  return Array.from({ length: m }, (_, j) => ({ truePositives: shareOf(m + j), falsePositives: shareOf(j) }));
}
