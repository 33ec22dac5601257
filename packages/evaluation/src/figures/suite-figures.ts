// Question: what do the members say together, and how much of it is true?
// Source: verdict = OR over the members; an undetermined verdict is counted apart and bounded from both sides.
import { type BitColumn, type SetSize, difference, sizeOf, sizeOfBoth } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import type { Interval, SuiteFigures, UndeterminedBounds } from './figures.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';
import { type Counts, ratios } from './ratios.ts';
import { effectiveSize, wilsonInterval } from '../statistics/wilson-interval.ts';

/** The figures of the suite. */
export function suiteFigures(positives: Positives): SuiteFigures {
  const { table, all, any, anyFailed } = positives;
  const { labelledPositive, labelledNegative, weights } = table;
  const undetermined = undeterminedOf(positives, any);
  const counts = countVerdicts(table, any, undetermined);
  const positiveLabels = sizeOf(labelledPositive, weights).weight;
  return {
    examples: table.counts?.reduce((sum, count) => sum + count, 0) ?? table.examples,
    weight: sizeOf(all, weights).weight,
    labelled: positiveLabels + sizeOf(labelledNegative, weights).weight,
    positiveLabels,
    positives: sizeOf(any, weights).weight,
    degraded: sizeOf(anyFailed, weights).weight,
    ...counts,
    undetermined: sizeOf(undetermined, weights).weight,
    undeterminedBounds: undeterminedBounds(table, counts, undetermined),
  };
}

type VerdictCounts = Pick<
  SuiteFigures,
  | 'truePositives'
  | 'falsePositives'
  | 'falseNegatives'
  | 'trueNegatives'
  | 'precision'
  | 'recall'
  | 'f1'
  | 'precisionInterval'
  | 'recallInterval'
  | 'f1Interval'
>;

/** The four counts of verdicts with what follows from them; undetermined verdicts are in none of the four. */
function countVerdicts(table: BitTable, positive: BitColumn, undetermined: BitColumn): VerdictCounts {
  const { labelledPositive, labelledNegative, weights } = table;
  const truePositive = sizeOfBoth(positive, labelledPositive, weights);
  const falsePositive = sizeOfBoth(positive, labelledNegative, weights);
  const falseNegative = sizeOf(difference(difference(labelledPositive, positive), undetermined), weights);
  const trueNegative = sizeOf(difference(difference(labelledNegative, positive), undetermined), weights);
  const counts: Counts = {
    truePositives: truePositive.weight,
    falsePositives: falsePositive.weight,
    falseNegatives: falseNegative.weight,
  };
  return {
    ...counts,
    trueNegatives: trueNegative.weight,
    ...ratios(counts),
    precisionInterval: shareInterval(truePositive, falsePositive),
    recallInterval: shareInterval(truePositive, falseNegative),
    f1Interval: f1Interval(truePositive, {
      weight: falsePositive.weight + falseNegative.weight,
      squares: falsePositive.squares + falseNegative.squares,
    }),
  };
}

/**
 * F1 rises with q = TP ÷ (TP + FP + FN), which is a share: its interval is mapped.
 *
 * @see Lam, Gopal, Qian, Confidence intervals for the F1 score: a comparison of four methods, 2023, arXiv:2309.14621
 * ("Wilson indirect").
 */
function f1Interval(truePositive: SetSize, wrong: SetSize): Interval | null {
  const interval = shareInterval(truePositive, wrong);
  return interval === null ? null : [(2 * interval[0]) / (1 + interval[0]), (2 * interval[1]) / (1 + interval[1])];
}

/**
 * Wilson's interval of a set's share in the union of two disjoint sets, at Kish's effective size of that union.
 *
 * @returns `null` when both are empty.
 */
export function shareInterval(part: SetSize, rest: SetSize): Interval | null {
  const whole = { weight: part.weight + rest.weight, squares: part.squares + rest.squares };
  return wilsonInterval(part.weight, whole.weight, { effectiveSize: effectiveSize(whole) });
}

/**
 * The ends between which the figures lie: every undetermined verdict right, or every one wrong.
 *
 * Precision, recall and F1 all grow with TP and fall with FP and FN, so that one assignment is best, and one worst, for all
 * three at once.
 */
function undeterminedBounds(table: BitTable, counts: Counts, undetermined: BitColumn): UndeterminedBounds | null {
  const missing = sizeOfBoth(undetermined, table.labelledPositive, table.weights).weight;
  const spurious = sizeOfBoth(undetermined, table.labelledNegative, table.weights).weight;
  if (missing + spurious === 0) return null;
  return {
    best: ratios({ ...counts, truePositives: counts.truePositives + missing }),
    worst: ratios({
      ...counts,
      falseNegatives: counts.falseNegatives + missing,
      falsePositives: counts.falsePositives + spurious,
    }),
  };
}
