import { createHash } from 'node:crypto';

/** Folds of the cross-fitting. */
export const FOLDS = 5;

/** Part of what a fold is drawn from; changing it draws all folds anew. */
const FOLD_SEED = 0;

/**
 * The fold of a cluster: near-copies are never on both sides of a fit.
 *
 * SHA-256 of `<seed>:<cluster>` as a number, modulo the number of folds, so that a new mail moves no other.
 *
 * @param seed - Which assignment; default that of the releases.
 * @param folds - How many; default {@link FOLDS}.
 * @returns Integer in [0, folds).
 * @example foldOf('0456a0df8da9') // the same on every machine
 */
export function foldOf(cluster: string, seed: number = FOLD_SEED, folds: number = FOLDS): number {
  const hex = createHash('sha256').update(`${seed}:${cluster}`).digest('hex');
  return Number(BigInt(`0x${hex}`) % BigInt(folds));
}
