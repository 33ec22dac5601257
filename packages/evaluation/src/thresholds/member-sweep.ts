// Question: what does the suite come to at every threshold of one member, all others frozen?
// Source: one pass from the highest score down, as for a precision–recall curve (Davis & Goadrich, ICML 2006), over the
// examples that nobody else calls positive: only these depend on the member.
import { type BitColumn, difference, hasBit, sizeOf, sizeOfBoth } from '../table/bit-column.ts';
import { columnsToTable, type MemberColumn } from '../table/columns-to-table.ts';
import { memberNamed } from '../table/member-named.ts';
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import type { PositiveCounts } from '../gate/gate-probabilities.ts';
import { type Positives, positivesOf } from '../table/positives.ts';
import { scoreOrder } from './score-order.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/** What the sweeps of all members of a table share, computed once. */
export interface SweepContext {
  readonly table: ScoredTable;
  readonly positives: Positives;
  /** `null` when all examples are independent. */
  readonly clusters: Clusters | null;
  /** Weight of the examples whose label is 1. */
  readonly positiveLabels: number;
}

/**
 * A member's scores from the highest down. At step i its i highest scores are positive: 0 is nobody, k everybody it scored.
 */
export interface MemberSweep {
  readonly member: MemberColumn;
  /** Distinct scores, highest first, shape [k]. */
  readonly scores: Float32Array;
  /** The step of its present threshold. */
  readonly current: number;
  readonly sums: SweepSums;
  /** Labelled positives of the others. */
  readonly others: PositiveCounts;
  readonly positiveLabels: number;
}

/** Running sums over the steps, shape [k + 1] each. */
export interface SweepSums {
  /** Σd over the examples that it alone calls positive: what the suite's counts change by. */
  readonly soleTrue: Float64Array;
  readonly soleFalse: Float64Array;
  /** Σd over those of them on which no other member failed: the unique positives. */
  readonly uniqueTrue: Float64Array;
  readonly uniqueFalse: Float64Array;
  /** Σd² of the same, which Kish's effective size needs. */
  readonly uniqueTrueSquares: Float64Array;
  readonly uniqueFalseSquares: Float64Array;
  /** What the design effect needs; `null` without clusters. */
  readonly clusters: ClusterColumns | null;
}

/** Sums over the clusters of the labelled unique positives, with a the weight of a cluster's true ones and b of all. */
export interface ClusterColumns {
  /** Σa² */
  readonly partSquares: Float64Array;
  /** Σab */
  readonly cross: Float64Array;
  /** Σb² */
  readonly wholeSquares: Float64Array;
  /** How many clusters there are. */
  readonly clusters: Float64Array;
}

/**
 * Checks a table of scores and works out what all its sweeps need.
 *
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw.
 */
export function sweepContext(table: ScoredTable): SweepContext {
  const bits = columnsToTable(table);
  return {
    table,
    positives: positivesOf(bits),
    clusters: table.clusters === undefined ? null : numberClusters(table.clusters, bits.examples),
    positiveLabels: sizeOf(bits.labelledPositive, bits.weights).weight,
  };
}

/**
 * Sweeps one member's threshold: O(n), sorting included.
 *
 * @throws {EvaluationError} `EVAL_MEMBER_UNKNOWN`
 */
export function sweepMember(context: SweepContext, name: string): MemberSweep {
  const { positives, positiveLabels } = context;
  const { table: bits, any, twoOrMore } = positives;
  const place = bits.members.indexOf(memberNamed(bits, name, 'A sweep of the threshold was asked of'));
  const member = context.table.members[place]!;
  const others = difference(any, difference(bits.members[place]!.positive, twoOrMore));
  const order = scoreOrder(member.column);
  const scores = distinctScores(order, member.column.scores);
  const limit = Math.fround(member.threshold);
  return {
    member,
    scores,
    current: stepsAbove(scores, limit),
    sums: sumUp({ order, scores: member.column.scores, others, context, steps: scores.length }),
    others: {
      truePositives: sizeOfBoth(others, bits.labelledPositive, bits.weights).weight,
      falsePositives: sizeOfBoth(others, bits.labelledNegative, bits.weights).weight,
    },
    positiveLabels,
  };
}

/** How many of the descending scores are positive at a threshold. */
export function stepsAbove(scores: Float32Array, threshold: number): number {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

function distinctScores(order: Uint32Array, scores: Float32Array): Float32Array {
  const distinct = new Float32Array(order.length);
  let count = 0;
  for (const example of order) {
    if (count === 0 || scores[example] !== distinct[count - 1]) distinct[count++] = scores[example]!;
  }
  return distinct.slice(0, count);
}

interface Summands {
  readonly order: Uint32Array;
  readonly scores: Float32Array;
  /** Where anybody else is positive. */
  readonly others: BitColumn;
  readonly context: SweepContext;
  readonly steps: number;
}

function sumUp({ order, scores, others, context, steps }: Summands): SweepSums {
  const { table: bits, anyFailed } = context.positives;
  const sums = createSums(steps + 1, context.clusters);
  const columns = columnsOf(sums);
  const addToCluster = clusterTally(context.clusters, sums.clusters);
  let step = 0;
  let score = Number.NaN;
  for (const example of order) {
    if (scores[example] !== score) {
      score = scores[example]!;
      step += 1;
      for (const column of columns) column[step] = column[step - 1]!;
    }
    if (hasBit(others, example)) continue;
    const isTrue = hasBit(bits.labelledPositive, example);
    if (!isTrue && !hasBit(bits.labelledNegative, example)) continue;
    const weight = bits.weights === null ? 1 : bits.weights[example]!;
    (isTrue ? sums.soleTrue : sums.soleFalse)[step]! += weight;
    if (hasBit(anyFailed, example)) continue;
    (isTrue ? sums.uniqueTrue : sums.uniqueFalse)[step]! += weight;
    (isTrue ? sums.uniqueTrueSquares : sums.uniqueFalseSquares)[step]! += weight * weight;
    addToCluster?.(step, { example, weight, isTrue });
  }
  return sums;
}

function createSums(length: number, clusters: Clusters | null): SweepSums {
  const zeros = (): Float64Array => new Float64Array(length);
  return {
    soleTrue: zeros(),
    soleFalse: zeros(),
    uniqueTrue: zeros(),
    uniqueFalse: zeros(),
    uniqueTrueSquares: zeros(),
    uniqueFalseSquares: zeros(),
    clusters:
      clusters === null ? null : { partSquares: zeros(), cross: zeros(), wholeSquares: zeros(), clusters: zeros() },
  };
}

function columnsOf({ clusters, ...sums }: SweepSums): Float64Array[] {
  return [...Object.values(sums), ...Object.values(clusters ?? {})];
}

/** Adds an example to its cluster and what that changes to the sums over clusters: (x + d)² − x² = d(2x + d). */
function clusterTally(
  clusters: Clusters | null,
  moments: ClusterColumns | null,
): ((step: number, one: { example: number; weight: number; isTrue: boolean }) => void) | null {
  if (clusters === null || moments === null) return null;
  const trueWeights = new Float64Array(clusters.length);
  const weights = new Float64Array(clusters.length);
  return (step, { example, weight, isTrue }) => {
    const cluster = clusters[example]!;
    const [a, b] = [trueWeights[cluster]!, weights[cluster]!];
    const gain = isTrue ? weight : 0;
    moments.partSquares[step]! += gain * (2 * a + gain);
    moments.wholeSquares[step]! += weight * (2 * b + weight);
    moments.cross[step]! += (a + gain) * (b + weight) - a * b;
    if (b === 0) moments.clusters[step]! += 1;
    trueWeights[cluster] = a + gain;
    weights[cluster] = b + weight;
  };
}
