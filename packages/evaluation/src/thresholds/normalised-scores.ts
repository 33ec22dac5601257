// Question: how near is an example to being positive, on a scale that all members share?
// Source: a score's tail share is its p-value (Fisher, Statistical Methods for Research Workers, 1925), here relative to the
// threshold's and in powers of ten.
import type { Weights } from '../table/bit-column.ts';
import { columnsToTable, type MemberColumn } from '../table/columns-to-table.ts';
import { scoreOrder } from './score-order.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/**
 * The highest normalised score of every example: how near the suite is to calling it positive.
 *
 * A member's normalised score is r = log₁₀(tail(threshold) ÷ tail(score)), tail(x) being the share of the examples it scored
 * (by sampling weight) whose score is ≥ x. At r = −1 its threshold would have to let ten times as many in; r ≥ 0 ⇔ it is
 * positive. Labels play no part, and neither does the scale of a member's scores: any increasing function of them gives the
 * same. A threshold above all scores counts as one that lets half of the highest-scoring example in.
 *
 * @param table - Active members only.
 * @returns Shape [n]; ≥ 0 ⇔ the suite is positive; −Infinity where nobody scored.
 * @throws {EvaluationError} what `columnsToTable` throws.
 * @example
 * normalisedScores({
 *   labels: [null, null, null, null],
 *   members: [{ name: 'a', column: column([4, 3, 2, 1], (score) => score), threshold: 3.5 }],
 * }) // [0, -0.301, -0.477, -0.602]: log₁₀ of 1/1, 1/2, 1/3, 1/4
 */
export function normalisedScores(table: ScoredTable): Float64Array<ArrayBuffer> {
  const { weights, examples } = columnsToTable(table);
  const highest = new Float64Array(examples).fill(-Infinity);
  for (const member of table.members) {
    const scores = memberNormalisedScores(member, weights);
    for (let i = 0; i < examples; i++) if (scores[i]! > highest[i]!) highest[i] = scores[i]!;
  }
  return highest;
}

/**
 * One member's normalised scores.
 *
 * @param member - Already checked.
 * @returns Shape [n]; ≥ 0 ⇔ positive; −Infinity where it did not score.
 */
export function memberNormalisedScores(
  { column, threshold }: MemberColumn,
  weights: Weights,
): Float64Array<ArrayBuffer> {
  const normalised = new Float64Array(column.scores.length).fill(-Infinity);
  const order = scoreOrder(column);
  const limit = Math.fround(threshold);
  const tails = tailWeights(order, column.scores, weights);
  let positive = 0;
  while (positive < order.length && column.scores[order[positive]!]! >= limit) positive++;
  const atThreshold = positive === 0 ? weightOf(order[0] ?? 0, weights) / 2 : tails[positive - 1]!;
  for (const [at, example] of order.entries()) {
    const r = Math.log10(atThreshold / tails[at]!);
    // A weight that is lost in the sum of those above it must not lift a negative example to 0.
    normalised[example] = at < positive ? r : Math.min(r, -Number.EPSILON);
  }
  return normalised;
}

/** Weight of the examples that score at least as high as the one at each place of the order. */
function tailWeights(order: Uint32Array, scores: Float32Array, weights: Weights): Float64Array {
  const tails = new Float64Array(order.length);
  let sum = 0;
  let from = 0;
  for (let at = 0; at < order.length; at++) {
    sum += weightOf(order[at]!, weights);
    const isLastOfTies = at + 1 === order.length || scores[order[at + 1]!] !== scores[order[at]!];
    if (!isLastOfTies) continue;
    tails.fill(sum, from, at + 1);
    from = at + 1;
  }
  return tails;
}

function weightOf(example: number, weights: Weights): number {
  return weights === null ? 1 : weights[example]!;
}
