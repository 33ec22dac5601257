// Question: what does one member say, what of it does nobody else say, and what would the suite be without it?
// Source: unique positives are `column & ~twoOrMore`; the suite without the member is `any` without those.
import { difference, sizeOf, sizeOfBoth } from '../table/bit-column.ts';
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
  const { table, all, any, twoOrMore, anyFailed } = positives;
  const { weights } = table;
  const own = labelledSizes(table, member.positive);
  const missed = sizeOf(difference(table.labelledPositive, member.positive), weights);

  // It alone is positive here. Where another member failed, nobody knows whether it would have been positive too: such an
  // example is counted as unknown and is in no unique figure. The suite without this member, however, is a matter of
  // record: what the others said, they said, so that all the sole positives leave it.
  const sole = difference(member.positive, twoOrMore);
  const unique = difference(sole, anyFailed);
  const uniqueSizes = labelledSizes(table, unique);
  const others = difference(any, sole);
  const othersSizes = labelledSizes(table, others);
  const positiveLabelsWithout = sizeOf(
    difference(table.labelledPositive, undeterminedOf(positives, others, member.name)),
    weights,
  ).weight;

  // Counted, not subtracted from the whole: with weights that would leave 1e-14 where it must be 0.
  const judged = member.judged ?? sizeOf(difference(difference(all, member.abstained), member.failed), weights).weight;
  return {
    name: member.name,
    judged,
    failed: sizeOf(member.failed, weights).weight,
    coverage: ratio(judged, suite.weight),
    positives: sizeOf(member.positive, weights).weight,
    truePositives: own.true.weight,
    falsePositives: own.false.weight,
    ...ratios({
      truePositives: own.true.weight,
      falsePositives: own.false.weight,
      falseNegatives: missed.weight,
    }),
    precisionInterval: shareInterval(own.true, own.false),
    recallInterval: shareInterval(own.true, missed),
    uniquePositives: sizeOf(unique, weights).weight,
    uniqueUnknown: sizeOfBoth(sole, anyFailed, weights).weight,
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

function gateOf(unique: LabelledSizes, others: LabelledSizes, policy: GatePolicy | undefined): GateProbabilities {
  return gateProbabilities({ unique: effectiveCounts(unique), others: effectiveCounts(others) }, policy);
}
