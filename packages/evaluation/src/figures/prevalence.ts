// Question: what is a precision worth where positives are rarer than in the evaluation set?
// Source: Bayes' rule in odds form; Elkan, The foundations of cost-sensitive learning, IJCAI 2001, theorem 2.
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import type { Interval } from './figures.ts';

/** Shares of positive labels, each in [0, 1]. */
export interface Rates {
  /** π̂, in the evaluation set: positiveLabels ÷ labelled. */
  readonly rateHere: number;
  /** π, where the precision is wanted. */
  readonly rateThere: number;
}

/** Like {@link Rates}, where the rate in production may be known only within bounds. */
export interface RatesWithin {
  readonly rateHere: number;
  readonly rateThere: number | Interval;
}

/**
 * The precision at another rate of positives: odds′ = odds · (π/π̂) ÷ ((1 − π)/(1 − π̂)).
 *
 * Assumes that P(example | label) is the same in both places: say so where the figure is shown. Recall does not change,
 * and no ranking of precisions does, so neither does a comparison of unique precision with that of the others. The rate
 * must not be folded into the sampling weights instead: they would depend on the label, and the intervals would be wrong.
 *
 * @param precision - In [0, 1] or `null`.
 * @returns `null` when the precision is, or when one of the labels does not occur here (there is nothing to map from).
 * @throws {EvaluationError} `EVAL_RATE_INVALID`
 * @example precisionAtRate(0.9, { rateHere: 0.335, rateThere: 0.02 }) // 0.267
 */
export function precisionAtRate(precision: number | null, { rateHere, rateThere }: Rates): number | null {
  const faults: EvaluationFault[] = [];
  checkShare('precision', precision ?? 0, faults);
  checkShare('rateHere', rateHere, faults);
  checkShare('rateThere', rateThere, faults);
  throwFaults(faults);
  if (precision === null || rateHere === 0 || rateHere === 1) return null;
  const positives = precision * (rateThere / rateHere);
  const negatives = (1 - precision) * ((1 - rateThere) / (1 - rateHere));
  return positives + negatives === 0 ? null : positives / (positives + negatives);
}

/**
 * The interval of a precision at another rate of positives.
 *
 * The map grows with precision and with the rate, so ends map to ends: the lower one at the lower rate, the upper one at
 * the upper rate.
 *
 * @returns `null` where {@link precisionAtRate} is.
 * @throws {EvaluationError} `EVAL_RATE_INVALID`, also when the ends of the rate are the wrong way round.
 * @example precisionIntervalAtRate([0.8, 0.9], { rateHere: 0.5, rateThere: [0.1, 0.2] }) // [0.308, 0.692]
 */
export function precisionIntervalAtRate(
  interval: Interval | null,
  { rateHere, rateThere }: RatesWithin,
): Interval | null {
  const [low, high] = typeof rateThere === 'number' ? [rateThere, rateThere] : rateThere;
  if (low > high) {
    throw new EvaluationError([
      { code: 'EVAL_RATE_INVALID', message: `rateThere is [${low}, ${high}]; the lower end comes first.` },
    ]);
  }
  const lower = precisionAtRate(interval?.[0] ?? null, { rateHere, rateThere: low });
  const upper = precisionAtRate(interval?.[1] ?? null, { rateHere, rateThere: high });
  return lower === null || upper === null ? null : [lower, upper];
}

function checkShare(what: string, value: number, faults: EvaluationFault[]): void {
  if (value >= 0 && value <= 1) return;
  faults.push({ code: 'EVAL_RATE_INVALID', message: `${what} is ${value}; it must be in [0, 1].` });
}
