// Question: which examples may a search learn from, so that the others tell how much of it holds?
// Source: sample splitting (Cox, A note on data-splitting, Biometrika 62 (1975), 441–444), whole clusters at a time.
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import { createRandom } from '../statistics/random.ts';

/**
 * Two halves of the examples. Near-copies stay together: one in each half would carry over what the search has learnt.
 *
 * @param clusters - Shape [n]; `undefined`: every example by itself.
 * @returns Indices of examples, ascending, about as many in either half.
 * @throws {EvaluationError} what `numberClusters` throws.
 */
export function clusterHalves(
  clusters: readonly (string | null)[] | undefined,
  { examples, seed }: { readonly examples: number; readonly seed: number },
): readonly [fitted: number[], heldOut: number[]] {
  const numbers = numberClusters(clusters ?? Array.from({ length: examples }, () => null), examples);
  const isHeldOut = drawHeldOut(numbers, seed);
  const halves: [number[], number[]] = [[], []];
  for (const [example, cluster] of numbers.entries()) halves[isHeldOut[cluster]!]!.push(example);
  return halves;
}

/** Deals the clusters in a random order, each to the half that is smaller so far; 1: held out. */
function drawHeldOut(clusters: Clusters, seed: number): Uint8Array {
  const sizes = new Uint32Array(clusters.length);
  for (const cluster of clusters) sizes[cluster]! += 1;
  const isHeldOut = new Uint8Array(clusters.length);
  const dealt: [number, number] = [0, 0];
  for (const cluster of shuffled(sizes.length, seed)) {
    const half = dealt[1] < dealt[0] ? 1 : 0;
    isHeldOut[cluster] = half;
    dealt[half] += sizes[cluster]!;
  }
  return isHeldOut;
}

/** 0 … length − 1 in a random order (Fisher & Yates). */
function shuffled(length: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}
