// Question: what does one member say, what of it does nobody else say, and what would the suite be without it?
// Source: unique positives are `column & ~twoOrMore`; the suite without the member is `any` without those.
import { type BitColumn, difference, sizeOf, sizeOfBoth, sizeOfDifference, sizeOfRest } from '../table/bit-column.ts';
import type { BitMember } from '../table/bit-table.ts';
import type { FairShare } from './fair-shares.ts';
import type { GateProbabilities, MemberFigures, SuiteFigures } from './figures.ts';
import { type GatePolicy, gateProbabilities } from '../gate/gate-probabilities.ts';
import { effectiveCounts, type LabelledSizes, labelledSizes } from './labelled-sizes.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';
import { ratio, ratios } from './ratios.ts';
import { shareInterval } from './suite-figures.ts';

/** What the figures of a member need besides its columns. */
export interface MemberContext {
  readonly positives: Positives;
  readonly suite: SuiteFigures;
  readonly fairShare: FairShare;
  readonly gate: GatePolicy | undefined;
}

/** The figures of one member. */
export function memberFigures(member: BitMember, { positives, suite, fairShare, gate }: MemberContext): MemberFigures {
  const { table, any, twoOrMore, anyFailed, truePositive, falsePositive, labelledPositive, required, scratch } =
    positives;
  const { weights } = table;
  const hasFailures = suite.degraded > 0;
  const isFullyLabelled = weights === null && suite.labelled === suite.weight;
  const weightOf = (column: BitColumn, { true: right, false: wrong }: LabelledSizes): number =>
    isFullyLabelled ? right.weight + wrong.weight : sizeOf(column, weights).weight;
  const own = labelledSizes(table, member.positive);
  const missed = sizeOfRest(labelledPositive, { column: member.positive, size: own.true }, weights);

  // It alone is positive here. Where another member failed, nobody knows whether it would have been positive too: such an
  // example is counted as unknown and is in no unique figure. The suite without this member, however, is a matter of
  // record: what the others said, they said, so that all the sole positives leave it.
  const sole = difference(member.positive, twoOrMore, scratch);
  const soleSizes = labelledSizes(table, sole);
  const unique = hasFailures ? difference(sole, anyFailed) : sole;
  const uniqueSizes = hasFailures ? labelledSizes(table, unique) : soleSizes;
  const othersSizes = {
    true: sizeOfRest(truePositive, { column: sole, size: soleSizes.true }, weights),
    false: sizeOfRest(falsePositive, { column: sole, size: soleSizes.false }, weights),
  };
  const positiveLabelsWithout =
    required.size === 0
      ? suite.positiveLabels
      : sizeOfDifference(table.labelledPositive, undeterminedOf(positives, difference(any, sole), member.name), weights)
          .weight;

  const failed = hasFailures ? sizeOf(member.failed, weights).weight : 0;
  const judged = member.judged ?? weightJudged(member, positives, failed);
  return {
    name: member.name,
    judged,
    failed,
    coverage: ratio(judged, suite.weight),
    positives: weightOf(member.positive, own),
    truePositives: own.true.weight,
    falsePositives: own.false.weight,
    ...ratios({
      truePositives: own.true.weight,
      falsePositives: own.false.weight,
      falseNegatives: missed.weight,
    }),
    precisionInterval: shareInterval(own.true, own.false),
    recallInterval: shareInterval(own.true, missed),
    uniquePositives: weightOf(unique, uniqueSizes),
    uniqueUnknown: hasFailures ? sizeOfBoth(sole, anyFailed, weights).weight : 0,
    uniqueTruePositives: uniqueSizes.true.weight,
    uniqueFalsePositives: uniqueSizes.false.weight,
    uniquePrecision: ratio(uniqueSizes.true.weight, uniqueSizes.true.weight + uniqueSizes.false.weight),
    uniquePrecisionInterval: shareInterval(uniqueSizes.true, uniqueSizes.false),
    uniqueRecall: ratio(uniqueSizes.true.weight, suite.positiveLabels),
    precisionWithout: ratio(othersSizes.true.weight, othersSizes.true.weight + othersSizes.false.weight),
    recallWithout: ratio(othersSizes.true.weight, positiveLabelsWithout),
    fairShareTruePositives: fairShare.truePositives,
    fairShareFalsePositives: fairShare.falsePositives,
    gate: gateOf(uniqueSizes, othersSizes, gate),
  };
}

/** Counted and not subtracted where there are weights, like every rest. */
function weightJudged({ abstained, failed }: BitMember, { table, all }: Positives, weightFailed: number): number {
  if (table.weights === null) return table.examples - sizeOf(abstained, null).weight - weightFailed;
  return sizeOfDifference(difference(all, abstained), failed, table.weights).weight;
}

function gateOf(unique: LabelledSizes, others: LabelledSizes, policy: GatePolicy | undefined): GateProbabilities {
  return gateProbabilities({ unique: effectiveCounts(unique), others: effectiveCounts(others) }, policy);
}
