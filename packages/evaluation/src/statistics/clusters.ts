// Question: which examples are near-copies of each other, and what does each group of them add to a share?
// Source: the groups are the data's own; a ratio over resampled clusters needs the sums per cluster and nothing else (Cochran,
// Sampling Techniques, 3rd ed. 1977, ch. 9A).
import { type BitColumn, lowestBit, sizeOf, type Weights } from '../table/bit-column.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';

/** The cluster of every example, shape [n], numbered from 0. Examples of different clusters are independent. */
export type Clusters = Int32Array;

/**
 * Names of clusters as numbers, in the order in which they occur; numbers are checked and returned as they are.
 *
 * @param clusters - Shape [n]: examples with the same name share a cluster, and `null` is a cluster of its own. Or the
 * numbers, each from 0 to n − 1.
 * @param examples - n.
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`, `EVAL_CLUSTER_INVALID` when a number is outside 0 … n − 1.
 * @example numberClusters(['a', null, 'a', null], 4) // [0, 1, 0, 2]
 */
export function numberClusters(clusters: readonly (string | null)[] | Clusters, examples: number): Clusters {
  const faults: EvaluationFault[] = [];
  if (clusters.length !== examples) {
    faults.push({
      code: 'EVAL_LENGTH_MISMATCH',
      message: `There are ${clusters.length} clusters for ${examples} examples; there must be one per example, null for an example without near-copies.`,
    });
  }
  const numbers = clusters instanceof Int32Array ? clusters : numberNames(clusters);
  for (let i = 0; i < numbers.length; i++) {
    const cluster = numbers[i]!;
    if (cluster >= 0 && cluster < numbers.length) continue;
    faults.push({
      code: 'EVAL_CLUSTER_INVALID',
      message: `The cluster of example ${i} is ${cluster}; ${numbers.length} examples are in clusters 0 to ${numbers.length - 1}. Number them from 0, or pass their names.`,
    });
  }
  throwFaults(faults);
  return numbers;
}

function numberNames(names: readonly (string | null)[]): Clusters {
  const known = new Map<string, number>();
  let next = 0;
  return Int32Array.from(names, (name) => {
    const number = name === null ? undefined : known.get(name);
    if (number !== undefined) return number;
    if (name !== null) known.set(name, next);
    return next++;
  });
}

/** What each cluster adds to a share: the weights of the part, and of the whole. Clusters outside the whole are left out. */
export interface ClusterSums {
  /** Shape [C]. */
  readonly part: Float64Array;
  /** Shape [C], each above 0. */
  readonly whole: Float64Array;
}

/**
 * The sums of a share part ÷ (part ∪ rest) by cluster, one pass over the examples in it: a small set costs little, however
 * many clusters there are beside it.
 *
 * @param sets - Two disjoint sets.
 */
export function clusterSums(
  { part, rest }: { readonly part: BitColumn; readonly rest: BitColumn },
  { weights, clusters }: { readonly weights: Weights; readonly clusters: Clusters },
): ClusterSums {
  const examples = sizeOf(part, null).weight + sizeOf(rest, null).weight;
  const placeOf = createPlaces(examples, clusters.length);
  const parts = new Float64Array(examples);
  const wholes = new Float64Array(examples);
  let touched = 0;
  const add = (column: BitColumn, share: 0 | 1): void => {
    for (let w = 0; w < column.length; w++) {
      for (let bits = column[w]!; bits !== 0; bits &= bits - 1) {
        const i = w * 32 + lowestBit(bits);
        const weight = weights === null ? 1 : weights[i]!;
        const place = placeOf(clusters[i]!);
        touched = Math.max(touched, place + 1);
        parts[place]! += share * weight;
        wholes[place]! += weight;
      }
    }
  };
  add(part, 1);
  add(rest, 0);
  return { part: parts.slice(0, touched), whole: wholes.slice(0, touched) };
}

/** Numbers clusters as they occur: by an array, unless few of many can occur. */
function createPlaces(examples: number, clusters: number): (cluster: number) => number {
  let next = 0;
  if (examples * 32 < clusters) {
    const places = new Map<number, number>();
    return (cluster) => {
      const known = places.get(cluster);
      if (known !== undefined) return known;
      places.set(cluster, next);
      return next++;
    };
  }
  // 0: not yet seen.
  const places = new Int32Array(clusters);
  return (cluster) => (places[cluster] ||= ++next) - 1;
}
