// Question: what would a share have been, had other clusters been drawn?
// Source: Field & Welsh, Bootstrapping clustered data, JRSS B 69 (2007), 369–390 (whole clusters, with replacement),
// https://doi.org/10.1111/j.1467-9868.2007.00593.x; Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13.
import type { BitColumn, Weights } from '../table/bit-column.ts';
import { type Clusters, clusterSums } from './clusters.ts';
import type { Interval } from '../figures/figures.ts';
import { createRandom } from './random.ts';

/** How clusters are drawn again. */
export interface ClusterBootstrapOptions {
  readonly weights: Weights;
  /** Shape [n]. */
  readonly clusters: Clusters;
  /** Number of samples drawn, ≥ 1. Default 2,000. */
  readonly draws?: number;
  /** A whole number from 1 to 2³² − 1. Default 1. */
  readonly seed?: number;
}

/** A share over samples of clusters. */
export interface BootstrappedShare {
  /** Standard deviation of the share over the samples. */
  readonly standardError: number;
  /** The middle 95 % of the shares ("percentile interval"): far too narrow near 0 and 1, see below. */
  readonly percentiles: Interval;
}

/**
 * A share part ÷ (part ∪ rest) over samples of as many clusters as there are, drawn with replacement.
 *
 * The intervals of `evaluate` do not read the percentiles: on simulated clusters these hold the share far less often than
 * 95 times in 100, and where no error was seen they have no width (docs/simulations/coverage.md). They use the variance of
 * this bootstrap, in the closed form that it comes to with ever more draws (`designEffect`); this function is the check.
 * One pass over the examples, then draws × clusters.
 *
 * @param part - The successes.
 * @param rest - The failures; disjoint from the successes.
 * @returns `null` when both are empty.
 * @example
 * bootstrapShare(Uint32Array.of(0b01), Uint32Array.of(0b10), { weights: null, clusters: Int32Array.of(0, 1) })?.percentiles // [0, 1]
 */
export function bootstrapShare(
  part: BitColumn,
  rest: BitColumn,
  { weights, clusters, draws = 2000, seed = 1 }: ClusterBootstrapOptions,
): BootstrappedShare | null {
  const sums = clusterSums({ part, rest }, { weights, clusters });
  const count = sums.whole.length;
  if (count === 0) return null;
  const random = createRandom(seed);
  const shares = Float64Array.from({ length: draws }, () => {
    let successes = 0;
    let total = 0;
    for (let drawn = 0; drawn < count; drawn++) {
      const c = Math.floor(random() * count);
      successes += sums.part[c]!;
      total += sums.whole[c]!;
    }
    return successes / total;
  }).toSorted();
  return { standardError: deviation(shares), percentiles: [quantile(shares, 0.025), quantile(shares, 0.975)] };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The value below which a share of the sorted values lies. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
