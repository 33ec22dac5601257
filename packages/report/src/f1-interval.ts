// How sure is an F1? F1 is a rising function of TP ÷ (TP + FP + FN), which is a proportion: map the ends of its interval.
// Source: Lam, Gopal, Qian, Confidence intervals for the F1 score: a comparison of four methods, 2023, arXiv:2309.14621
// (there "Wilson indirect").

import { type Interval, type SuiteFigures, wilsonInterval } from '@clamor/evaluation';

/**
 * 95% interval of F1 = 2q ÷ (1 + q) with q = TP ÷ (TP + FP + FN), from Wilson's interval of q.
 *
 * @returns `null` without any TP, FP or FN, and with sampling weights: the figures do not hold the effective size of q.
 * @example f1Interval({ truePositives: 8, falsePositives: 1, falseNegatives: 1, … }) // [0.657…, 0.970…]
 */
export function f1Interval(
  suite: Pick<SuiteFigures, 'examples' | 'weight' | 'truePositives' | 'falsePositives' | 'falseNegatives'>,
): Interval | null {
  if (Math.abs(suite.weight - suite.examples) > 1e-9 * suite.examples) return null;
  const { truePositives, falsePositives, falseNegatives } = suite;
  const interval = wilsonInterval(truePositives, truePositives + falsePositives + falseNegatives);
  return interval === null ? null : [toF1(interval[0]), toF1(interval[1])];
}

function toF1(q: number): number {
  return (2 * q) / (1 + q);
}
