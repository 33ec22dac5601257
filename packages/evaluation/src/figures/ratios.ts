// Question: precision, recall and F1 of counts, and what to say when there is nothing to divide by.
// Source: van Rijsbergen, Information Retrieval, 2nd ed. 1979, ch. 7 (F1 as 2 TP ÷ (2 TP + FP + FN)).
import type { RatioFigures } from './figures.ts';

/** The counts that precision, recall and F1 are made of. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** part ÷ whole; `null` when the whole is 0, because nothing was seen. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * Precision, recall and F1 of counts.
 *
 * F1 by its counts, not as a mean of the two: with positive labels and no positives precision is undefined, yet F1 is 0.
 *
 * @example ratios({ truePositives: 2, falsePositives: 0, falseNegatives: 2 }) // { precision: 1, recall: 0.5, f1: 0.667 }
 */
export function ratios({ truePositives, falsePositives, falseNegatives }: Counts): RatioFigures {
  return {
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}
