// Question: how sure are the figures when examples are near-copies of each other?
// Source: the sets are those of `suiteFigures` and `memberFigures`; a test compares the two where every cluster is one example.
import { type BitColumn, difference, intersection, sizeOf, union } from '../table/bit-column.ts';
import type { BitMember } from '../table/bit-table.ts';
import { clusteredInterval } from '../statistics/clustered-interval.ts';
import type { Clusters } from '../statistics/clusters.ts';
import { designEffect } from '../statistics/design-effect.ts';
import { effectiveCounts } from './labelled-sizes.ts';
import type { Evaluation, GateProbabilities, Interval, MemberFigures, SuiteFigures } from './figures.ts';
import { type GatePolicy, gateProbabilities, type PositiveCounts } from '../gate/gate-probabilities.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';

/** What intervals of clustered examples need besides the figures. */
export interface ClusteredContext {
  readonly positives: Positives;
  readonly clusters: Clusters;
  readonly gate: GatePolicy | undefined;
}

/**
 * The same figures, with the intervals and gate probabilities that clusters leave: each share at its own design effect.
 *
 * One pass over the examples per interval, linear in examples and members: 24 intervals for seven members.
 */
export function withClusters({ suite, members, overlaps }: Evaluation, context: ClusteredContext): Evaluation {
  return {
    suite: { ...suite, ...suiteIntervals(context) },
    members: members.map((figures, j) => ({
      ...figures,
      ...memberIntervals(context.positives.table.members[j]!, context),
    })),
    overlaps,
  };
}

type SuiteIntervals = Pick<SuiteFigures, 'precisionInterval' | 'recallInterval' | 'f1Interval'>;

function suiteIntervals(context: ClusteredContext): SuiteIntervals {
  const { any, table } = context.positives;
  const verdicts = outcomesOf(any, context);
  const missed = difference(difference(table.labelledPositive, any), undeterminedOf(context.positives, any));
  return {
    precisionInterval: intervalOf(verdicts, context),
    recallInterval: intervalOf({ right: verdicts.right, wrong: missed }, context),
    f1Interval: f1OfShare(
      intervalOf({ right: verdicts.right, wrong: union([verdicts.wrong, missed], any.length) }, context),
    ),
  };
}

type MemberIntervals = Pick<MemberFigures, 'precisionInterval' | 'recallInterval' | 'uniquePrecisionInterval' | 'gate'>;

function memberIntervals(member: BitMember, context: ClusteredContext): MemberIntervals {
  const { any, twoOrMore, anyFailed, table } = context.positives;
  const own = outcomesOf(member.positive, context);
  const sole = difference(member.positive, twoOrMore);
  const unique = outcomesOf(difference(sole, anyFailed), context);
  const others = outcomesOf(difference(any, sole), context);
  const missed = difference(table.labelledPositive, member.positive);
  return {
    precisionInterval: intervalOf(own, context),
    recallInterval: intervalOf({ right: own.right, wrong: missed }, context),
    uniquePrecisionInterval: intervalOf(unique, context),
    gate: gateOf({ unique, others }, context),
  };
}

/** Two disjoint sets that divide what a share is of. */
interface Outcomes {
  readonly right: BitColumn;
  readonly wrong: BitColumn;
}

/** The labelled examples of a set, by label. */
function outcomesOf(set: BitColumn, { positives: { table } }: ClusteredContext): Outcomes {
  return { right: intersection(set, table.labelledPositive), wrong: intersection(set, table.labelledNegative) };
}

function intervalOf({ right, wrong }: Outcomes, { positives, clusters }: ClusteredContext): Interval | null {
  return clusteredInterval(right, wrong, { weights: positives.table.weights, clusters });
}

/** F1 = 2q ÷ (1 + q) rises with the share q = TP ÷ (TP + FP + FN), so ends map to ends. */
function f1OfShare(interval: Interval | null): Interval | null {
  return interval && [(2 * interval[0]) / (1 + interval[0]), (2 * interval[1]) / (1 + interval[1])];
}

function gateOf(sets: { unique: Outcomes; others: Outcomes }, context: ClusteredContext): GateProbabilities {
  const unique = countsOf(sets.unique, context);
  const others = countsOf(sets.others, context);
  return gateProbabilities({ unique, others }, context.gate);
}

function countsOf({ right, wrong }: Outcomes, { positives, clusters }: ClusteredContext): PositiveCounts {
  const { weights } = positives.table;
  const sizes = { true: sizeOf(right, weights), false: sizeOf(wrong, weights) };
  return effectiveCounts(sizes, designEffect(right, wrong, { weights, clusters }));
}
