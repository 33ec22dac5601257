// Question: how much of the suite's true and false positives is owed to whom?
// Source: Shapley, A value for n-person games, 1953: for v(S) = Σ d over the examples on which someone of S is positive, an
// example's value is split equally among those who are positive on it, so one pass gives what is exponential in general.
import { type BitColumn, intersection, lowestBit } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';

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
 */
export function fairShares(table: BitTable): FairShare[] {
  const { labelledPositive, labelledNegative, weights, examples } = table;
  const voices = countVoices(
    table.members.map((member) => member.positive),
    examples,
  );
  const shareOf = (column: BitColumn): number => {
    const weightByVoices = new Float64Array(table.members.length + 1);
    for (let w = 0; w < column.length; w++) {
      for (let bits = column[w]!; bits !== 0; bits &= bits - 1) {
        const i = w * 32 + lowestBit(bits);
        weightByVoices[voices[i]!]! += weights === null ? 1 : weights[i]!;
      }
    }
    // Divided once per k: whole-number weights are exact up to here, in whatever order the examples come.
    return weightByVoices.reduce((share, weight, k) => (k === 0 ? 0 : share + weight / k), 0);
  };
  return table.members.map(({ positive }) => ({
    truePositives: shareOf(intersection(positive, labelledPositive)),
    falsePositives: shareOf(intersection(positive, labelledNegative)),
  }));
}

/** In how many of the columns each example is: k, shape [n]. */
function countVoices(columns: readonly BitColumn[], examples: number): Uint32Array {
  const voices = new Uint32Array(examples);
  for (const column of columns) {
    for (let w = 0; w < column.length; w++) {
      for (let bits = column[w]!; bits !== 0; bits &= bits - 1) voices[w * 32 + lowestBit(bits)]! += 1;
    }
  }
  return voices;
}
