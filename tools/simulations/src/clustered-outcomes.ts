// Question: what do examples look like that come in near-copies which agree more or less?
// Source: Lunn & Davies, A note on generating correlated binary variables, Biometrika 85 (1998), 487–490: each example takes
// its cluster's outcome with probability √ρ and one of its own otherwise, which makes ρ the correlation within clusters.
import type { Random } from '@clamor/evaluation';

/** Sizes of the 469 clusters of the spam corpus's valid split, as [size, clusters of this size]. */
const MAIL_SIZES: readonly (readonly [size: number, clusters: number])[] = [
  [1, 322], [2, 69], [3, 22], [4, 10], [5, 14], [6, 6], [7, 7], [8, 4], [9, 6], [10, 1],
  [11, 1], [13, 1], [17, 1], [18, 1], [19, 1], [22, 1], [23, 1], [29, 1],
]; // prettier-ignore

const SIZES = MAIL_SIZES.flatMap(([size, clusters]) => Array.from({ length: clusters }, () => size));

/** Draws sizes of clusters as in mail: two in three are alone, some come by the dozen. */
export function drawClusterSizes(clusters: number, random: Random): number[] {
  return Array.from({ length: clusters }, () => SIZES[Math.floor(random() * SIZES.length)]!);
}

/** An outcome for every example of one cluster. */
export function drawOutcomes(
  size: number,
  { share, agreement }: { readonly share: number; readonly agreement: number },
  random: Random,
): boolean[] {
  const ofCluster = random() < share;
  const loyalty = Math.sqrt(agreement);
  return Array.from({ length: size }, () => (random() < loyalty ? ofCluster : random() < share));
}
