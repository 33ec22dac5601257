// Question: which precision can be had at which recall, by each member and by the suite?
// Source: Davis & Goadrich, The relationship between precision-recall and ROC curves, ICML 2006: tied scores move together and
// points are not joined by interpolation.
import { checkPoints, DEFAULT_POINTS } from './threshold-curve.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import type { BitTable } from '../table/bit-table.ts';
import { hasBit, sizeOf } from '../table/bit-column.ts';
import { normalisedScores } from './normalised-scores.ts';
import type { PrecisionRecallCurve } from './threshold-figures.ts';
import { scoreOrder } from './score-order.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/** What {@link precisionRecallCurves} takes besides the table. */
export interface PrecisionRecallCurvesOptions {
  /** At most so many points a curve, a whole number ≥ 4. Default 200. */
  readonly points?: number;
}

/**
 * Precision and recall of the suite, then of its members, while their thresholds move.
 *
 * A member's curve moves its threshold over all its scores. The suite's moves all thresholds at once on the scale that the
 * members share (`normalisedScores`): all are let go to the same multiple of the tails that they let in today. So the
 * operating point of today lies on the curve, at a multiple of 1. It is one way of many to move all thresholds, and no
 * advice: a curve above it at the same recall may well be possible (`tuneUnion` looks for one).
 *
 * Recall is of all positive labels, those on which a member abstained or failed included. Of the thresholds with equal recall
 * a thinned curve keeps the highest.
 *
 * @param table - Active members only.
 * @returns The suite first; points from few positives to many. No points without positive labels.
 * @throws {EvaluationError} what `columnsToTable` throws; `EVAL_COUNT_INVALID`.
 * @example
 * const member = { name: 'a', column: column([0.9, 0.4, 0.1], (score) => score), threshold: 0.5 };
 * precisionRecallCurves({ labels: [1, 0, 1], members: [member] })[1]?.operatingPoint // { precision: 1, recall: 0.5 }
 */
export function precisionRecallCurves(
  table: ScoredTable,
  options: PrecisionRecallCurvesOptions = {},
): PrecisionRecallCurve[] {
  const { points = DEFAULT_POINTS } = options;
  checkPoints(points);
  const bits = columnsToTable(table);
  const suite = normalisedScores(table);
  const rankings: Ranking[] = [
    { member: null, scores: suite, order: finiteOrder(suite), limit: 0 },
    ...table.members.map(({ name, column, threshold }) => ({
      member: name,
      scores: column.scores,
      order: scoreOrder(column),
      limit: Math.fround(threshold),
    })),
  ];
  return rankings.map((ranking) => curveOfRanking(ranking, bits, points));
}

/** Scores with the examples in their order, and the score from which on today's are positive. */
interface Ranking {
  readonly member: string | null;
  readonly scores: Float32Array | Float64Array;
  /** Highest score first. */
  readonly order: Uint32Array;
  readonly limit: number;
}

function finiteOrder(scores: Float64Array): Uint32Array {
  const examples = Uint32Array.from(scores.keys()).filter((i) => Number.isFinite(scores[i]));
  return examples.toSorted((a, b) => scores[b]! - scores[a]! || a - b);
}

type Point = PrecisionRecallCurve['points'][number];

function curveOfRanking(
  { member, scores, order, limit }: Ranking,
  bits: BitTable,
  points: number,
): PrecisionRecallCurve {
  const positiveLabels = sizeOf(bits.labelledPositive, bits.weights).weight;
  if (positiveLabels === 0) return { member, points: [], operatingPoint: null };
  const all: Point[] = [];
  let [truePositives, falsePositives] = [0, 0];
  let operating: Point | null = null;
  for (const [at, example] of order.entries()) {
    const weight = bits.weights === null ? 1 : bits.weights[example]!;
    if (hasBit(bits.labelledPositive, example)) truePositives += weight;
    else if (hasBit(bits.labelledNegative, example)) falsePositives += weight;
    const next = order[at + 1];
    const isLastOfTies = next === undefined || scores[next] !== scores[example];
    const positives = truePositives + falsePositives;
    if (!isLastOfTies || positives === 0) continue;
    const point = { precision: truePositives / positives, recall: truePositives / positiveLabels };
    all.push(point);
    if (scores[example]! >= limit) operating = point;
  }
  return { member, points: thinned(all, operating, points), operatingPoint: operating };
}

/** The ends, the operating point, and between them the first point at or beyond each of evenly spaced recalls. */
function thinned(all: readonly Point[], operating: Point | null, points: number): readonly Point[] {
  if (all.length <= points) return all;
  const kept = new Set([all[0]!, all.at(-1)!, ...(operating === null ? [] : [operating])]);
  const reached = all.at(-1)!.recall;
  const levels = points - 3;
  let at = 0;
  for (let level = 1; level <= levels; level++) {
    while (at + 1 < all.length && all[at]!.recall < (reached * level) / levels) at += 1;
    kept.add(all[at]!);
  }
  return all.filter((point) => kept.has(point));
}
