// Question: within which bounds does a share lie, given that many examples?
// Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209–212,
// https://doi.org/10.1080/01621459.1927.10502953; Kish, Survey Sampling, 1965, §8.2 (effective size under weights).
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { SetSize } from '../table/bit-column.ts';
import { EvaluationError } from '../errors.ts';
import type { Interval } from '../figures/figures.ts';

/** The 97.5 % point of the normal distribution: 95 % lie within ± this. */
const Z_95 = 1.959963984540054;

/** What {@link wilsonInterval} takes besides the counts. */
export interface WilsonIntervalOptions {
  /** How many equally weighted examples the total is worth, > 0. Default: the total. */
  readonly effectiveSize?: number;
  /** How often the interval holds the share, in (0, 1). Default .95. */
  readonly confidence?: number;
}

/**
 * Wilson's interval of successes ÷ total, 95 % unless asked otherwise.
 *
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n): stays within [0, 1] and has a width even where p is 0 or 1, which is
 * the usual case for unique positives.
 *
 * @param successes - Σd of the successes, ≥ 0.
 * @param total - Σd of all, ≥ successes.
 * @returns Lower and upper end; `null` when the total is 0.
 * @throws {EvaluationError} `EVAL_COUNT_INVALID`, `EVAL_CONFIDENCE_INVALID`
 * @example wilsonInterval(8, 10) // [0.490, 0.943]
 */
export function wilsonInterval(successes: number, total: number, options: WilsonIntervalOptions = {}): Interval | null {
  const n = options.effectiveSize ?? total;
  // Sums of weights in another order may differ in the last digits.
  const isPossible = successes >= 0 && successes <= total * (1 + 1e-9) && Number.isFinite(total);
  if (!isPossible || !(n >= 0) || !Number.isFinite(n)) {
    throw new EvaluationError([
      {
        code: 'EVAL_COUNT_INVALID',
        message: `An interval was asked for ${successes} of ${total} at effective size ${n}; wanted 0 ≤ successes ≤ total, all finite.`,
      },
    ]);
  }
  const z = normalPoint(options.confidence ?? 0.95);
  if (total === 0 || n === 0) return null;
  const share = Math.min(1, successes / total);
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [
    share === 0 ? 0 : Math.max(0, (centre - half) / scale),
    share === 1 ? 1 : Math.min(1, (centre + half) / scale),
  ];
}

/**
 * The point z with P(|X| ≤ z) = confidence for X from the standard normal distribution.
 *
 * @throws {EvaluationError} `EVAL_CONFIDENCE_INVALID`
 */
function normalPoint(confidence: number): number {
  if (confidence === 0.95) return Z_95;
  if (confidence > 0 && confidence < 1) return normalQuantile((1 + confidence) / 2, 0, 1);
  throw new EvaluationError([
    {
      code: 'EVAL_CONFIDENCE_INVALID',
      message: `The confidence of an interval is ${confidence}; it must be above 0 and below 1, for example 0.95.`,
    },
  ]);
}

/**
 * Kish's effective size of a set: (Σd)² ÷ Σd², the number of equally weighted examples that tell as much.
 *
 * @returns 0 for an empty set, and never more than the number of examples.
 * @example effectiveSize({ weight: 4, squares: 10 }) // 1.6: weights 3 and 1 are worth less than two examples
 */
export function effectiveSize({ weight, squares }: SetSize): number {
  return squares === 0 ? 0 : (weight * weight) / squares;
}
