// Question: how many independent examples is a set worth whose examples are near-copies of each other?
// Source: Kish, Survey Sampling, 1965, §8.2 (the design effect); the variance of a ratio over resampled clusters as in Cochran,
// Sampling Techniques, 3rd ed. 1977, §9A.2, which is what a cluster bootstrap comes to with ever more draws.
import { type BitColumn, sizeOf, type Weights } from '../table/bit-column.ts';
import { type Clusters, type ClusterSums, clusterSums } from './clusters.ts';

/** How the examples of a share were drawn. */
export interface ClusteredSample {
  readonly weights: Weights;
  /** Shape [n]; `null` when all examples are independent. */
  readonly clusters: Clusters | null;
}

/**
 * The design effect of a share part ÷ (part ∪ rest): by what its variance exceeds that of independent examples.
 *
 * Over clusters with the sums a and b of part and whole, p = Σa ÷ Σb, and Kish's effective size n of the whole:
 *
 *     deff = Σ(a − pb)² ÷ (Σb)²  ÷  (p(1 − p) ÷ n),  at least 1
 *
 * Kish's n already has what the weights do; n ÷ deff is the number of independent examples that tell as much. Where p is 0
 * or 1, or there is a single cluster, the variance is 0 and says nothing; a cluster then counts as one example:
 * n ÷ deff = (Σb)² ÷ Σb². No C ÷ (C − 1) in the variance: it is the bootstrap's, so that copies that always agree count as
 * exactly one example, and independent ones as exactly one each.
 *
 * @param part - The successes, for example the true positives.
 * @param rest - The failures; disjoint from the successes.
 * @returns ≥ 1, because clusters never sharpen; 1 without clusters and for two empty sets.
 * @example
 * // Two pairs of copies, one pair right and one wrong: two examples, not four.
 * designEffect(Uint32Array.of(0b0011), Uint32Array.of(0b1100), { weights: null, clusters: Int32Array.of(0, 0, 1, 1) }) // 2
 */
export function designEffect(part: BitColumn, rest: BitColumn, { weights, clusters }: ClusteredSample): number {
  if (clusters === null) return 1;
  const [successes, failures] = [sizeOf(part, weights), sizeOf(rest, weights)];
  const whole = { weight: successes.weight + failures.weight, squares: successes.squares + failures.squares };
  if (whole.weight === 0) return 1;
  const share = successes.weight / whole.weight;
  const sums = clusterSums({ part, rest }, { weights, clusters });
  const isSilent = share === 0 || share === 1 || sums.whole.length === 1;
  // The (Σb)² of variance and effective size cancel.
  const effect = isSilent
    ? sumOfSquares(sums.whole) / whole.squares
    : residualSquares(sums, share) / (share * (1 - share) * whole.squares);
  return Math.max(1, effect);
}

/** Σ(a − pb)². */
function residualSquares({ part, whole }: ClusterSums, share: number): number {
  return sumOfSquares(part.map((a, c) => a - share * whole[c]!));
}

function sumOfSquares(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return squares;
}
