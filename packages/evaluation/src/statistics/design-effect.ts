// Question: how many independent examples is a set worth whose examples are near-copies of each other?
// Source: Kish, Survey Sampling, 1965, §8.2 (the design effect); Cochran, Sampling Techniques, 3rd ed. 1977, §6.3 and ch. 9A (the
// variance of a ratio over clusters), which is what a cluster bootstrap comes to with ever more draws.
import { type BitColumn, type SetSize, sizeOf, type Weights } from '../table/bit-column.ts';
import { type Clusters, clusterSums } from './clusters.ts';
import { effectiveSize } from './wilson-interval.ts';

/** How the examples of a share were drawn. */
export interface ClusteredSample {
  readonly weights: Weights;
  /** Shape [n]; `null` when all examples are independent. */
  readonly clusters: Clusters | null;
}

/** Of a whole cluster: what is taken to agree before anything is seen, as Jeffreys' prior takes half an example. */
const PRIOR_CLUSTERS = 0.5;

/**
 * The design effect of a share part ÷ (part ∪ rest): by what its variance exceeds that of independent examples.
 *
 * Over clusters with the sums a and b of part and whole, p = Σa ÷ Σb, residuals d(y − p) of single examples, and Kish's
 * effective size n of the whole:
 *
 *     seen  = Σ(a − pb)² ÷ Σd²(y − p)²         the variance over resampled clusters ÷ that over resampled examples
 *     worst = Σb² ÷ Σd²                        the same if all of a cluster were one example
 *     deff  = (e · seen + k · worst) ÷ (e + k), at least 1, with e = p(1 − p)n and k = worst ÷ 2
 *
 * Kish's n already has what the weights do; n ÷ deff is the number of independent examples that tell as much. What is seen
 * rests on the rarer outcome, of which there are about e; near 0 and 1 these are few, and whether they came in one cluster
 * is chance. So half a cluster whose examples agree is added to them: where p is 0 or 1, or there is a single cluster, the
 * variance says nothing and the worst is taken; where there is evidence it decides. docs/simulations/coverage.md has what
 * this does to intervals, and what the variance alone would do.
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
  const sums = clusterSums({ part, rest }, { weights, clusters });
  return designEffectOf({
    successes,
    failures,
    partSquares: sumOfSquares(sums.part),
    cross: sums.part.reduce((sum, a, c) => sum + a * sums.whole[c]!, 0),
    wholeSquares: sumOfSquares(sums.whole),
    clusters: sums.whole.length,
  });
}

/** What a design effect is made of: sums over the clusters of a share, a being the weight of the part and b of the whole. */
export interface ClusterMoments {
  readonly successes: SetSize;
  readonly failures: SetSize;
  /** Σa² */
  readonly partSquares: number;
  /** Σab */
  readonly cross: number;
  /** Σb² */
  readonly wholeSquares: number;
  /** How many there are. */
  readonly clusters: number;
}

/** {@link designEffect} from its sums, for those who keep them up while a set grows. The whole must not be empty. */
export function designEffectOf(moments: ClusterMoments): number {
  const { successes, failures, wholeSquares } = moments;
  const whole = { weight: successes.weight + failures.weight, squares: successes.squares + failures.squares };
  const worst = wholeSquares / whole.squares;
  if (moments.clusters === 1) return Math.max(1, worst);
  const share = successes.weight / whole.weight;
  const rarer = share * (1 - share) * effectiveSize(whole);
  const agreeing = PRIOR_CLUSTERS * worst;
  const residuals = (1 - share) ** 2 * successes.squares + share ** 2 * failures.squares;
  // Σ(a − pb)²
  const clusterResiduals = moments.partSquares - 2 * share * moments.cross + share * share * wholeSquares;
  const seen = residuals === 0 ? worst : Math.max(0, clusterResiduals) / residuals;
  return Math.max(1, (rarer * seen + agreeing * worst) / (rarer + agreeing));
}

function sumOfSquares(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return squares;
}
