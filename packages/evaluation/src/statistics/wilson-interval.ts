// Question: within which bounds does a share lie, given that many examples?
// Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209–212,
// https://doi.org/10.1080/01621459.1927.10502953; Kish, Survey Sampling, 1965, §8.2 (effective size under weights).
import type { SetSize } from '../table/bit-column.ts';
import { EvaluationError } from '../errors.ts';
import type { Interval } from '../figures/figures.ts';

/** The 97.5 % point of the normal distribution: 95 % lie within ± this. */
const Z = 1.959963984540054;

/** What {@link wilsonInterval} takes besides the counts. */
export interface WilsonIntervalOptions {
  /** How many equally weighted examples the total is worth, > 0. Default: the total. */
  readonly effectiveSize?: number;
}

/**
 * Wilson's 95 % interval of successes ÷ total.
 *
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n): stays within [0, 1] and has a width even where p is 0 or 1, which is
 * the usual case for unique positives.
 *
 * @param successes - Σd of the successes, ≥ 0.
 * @param total - Σd of all, ≥ successes.
 * @returns Lower and upper end; `null` when the total is 0.
 * @throws {EvaluationError} `EVAL_COUNT_INVALID`
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
  if (total === 0 || n === 0) return null;
  const share = Math.min(1, successes / total);
  const centre = share + (Z * Z) / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return [
    share === 0 ? 0 : Math.max(0, (centre - half) / scale),
    share === 1 ? 1 : Math.min(1, (centre + half) / scale),
  ];
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
