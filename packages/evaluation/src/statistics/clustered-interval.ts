// Question: within which bounds does a share lie, when examples have weights and near-copies?
// Source: Wilson's interval at the effective size of a complex sample: Korn & Graubard, Confidence intervals for proportions
// with small expected number of positive counts estimated from survey data, Survey Methodology 24 (1998), 193–201; Dean &
// Pagano, Evaluating confidence interval methods for binomial proportions in clustered surveys, JSSAM 3 (2015), 484–503,
// https://doi.org/10.1093/jssam/smv024. The design effect is ours: docs/simulations/coverage.md.
import { type BitColumn, sizeOf } from '../table/bit-column.ts';
import { type ClusteredSample, designEffect } from './design-effect.ts';
import type { Interval } from '../figures/figures.ts';
import { effectiveSize, wilsonInterval } from './wilson-interval.ts';

/** How the examples of a share were drawn, and how sure its interval has to be. */
export interface ClusteredIntervalOptions extends ClusteredSample {
  /** In (0, 1). Default .95. */
  readonly confidence?: number;
}

/**
 * The interval of a share part ÷ (part ∪ rest): Wilson's, at Kish's effective size ÷ the design effect.
 *
 * @param part - The successes.
 * @param rest - The failures; disjoint from the successes.
 * @returns `null` when both are empty.
 * @throws {EvaluationError} `EVAL_CONFIDENCE_INVALID`
 * @example
 * // 8 of 10 by themselves lie within [0.490, 0.943]; as five pairs of copies they are worth five examples.
 * clusteredInterval(Uint32Array.of(0xff), Uint32Array.of(0x300), {
 *   weights: null,
 *   clusters: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4),
 * }) // [0.376, 0.964]
 */
export function clusteredInterval(
  part: BitColumn,
  rest: BitColumn,
  { confidence, ...sample }: ClusteredIntervalOptions,
): Interval | null {
  const [successes, failures] = [sizeOf(part, sample.weights), sizeOf(rest, sample.weights)];
  const whole = { weight: successes.weight + failures.weight, squares: successes.squares + failures.squares };
  return wilsonInterval(successes.weight, whole.weight, {
    effectiveSize: effectiveSize(whole) / designEffect(part, rest, sample),
    ...(confidence === undefined ? {} : { confidence }),
  });
}
