// Question: two versions of one member on the same examples: how far did its scores move, and is their order the same?
// Source: Spearman, The proof and measurement of association between two things, 1904: Pearson's r of the ranks, tied ones averaged.
import { SCORED, isSameScore } from '@clamor/contract';

import { checkVersions, type VersionColumns } from './judgement-changes.ts';

/** How the scores of two versions differ, over the examples that both have scored. */
export interface ScoreShift {
  /** Examples that both versions have scored. */
  readonly compared: number;
  /** Of these: how many scores differ by more than the contract's tolerance, which is relative above 1. */
  readonly differing: number;
  /** Of |after − before|; `null` when nothing is compared. Likewise the median. */
  readonly largest: number | null;
  readonly median: number | null;
  /** Spearman's ρ in [−1, 1]; 1 is the same order. `null` where either version has fewer than two different scores. */
  readonly rankCorrelation: number | null;
}

/**
 * How the scores of two versions of a member differ. A shift that leaves every judgement as it was is still to be known: who
 * tunes thresholds or stacks scores depends on it.
 *
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`
 * @example
 * const at = (scores) => ({ column: column(scores, (x) => x), threshold: 0.5 });
 * scoreShift({ before: at([0.25, 0.5]), after: at([0.25, 0.75]) }).differing // 1
 */
export function scoreShift({ before, after }: VersionColumns): ScoreShift {
  const examples = before.column.scores.length;
  checkVersions({ before, after }, examples);
  const both = Array.from({ length: examples }, (_, i) => i).filter(
    (i) => before.column.status[i] === SCORED && after.column.status[i] === SCORED,
  );
  const old = both.map((i) => before.column.scores[i]!);
  const fresh = both.map((i) => after.column.scores[i]!);
  const shifts = Float64Array.from(fresh, (score, k) => Math.abs(score - old[k]!)).toSorted();
  return {
    compared: both.length,
    differing: fresh.filter((score, k) => !isSameScore(score, old[k]!)).length,
    largest: shifts.at(-1) ?? null,
    median: shifts.length === 0 ? null : (shifts[(shifts.length - 1) >> 1]! + shifts[shifts.length >> 1]!) / 2,
    rankCorrelation: correlation(ranks(old), ranks(fresh)),
  };
}

/** Ranks from 1; tied values have the mean of theirs. */
function ranks(values: readonly number[]): Float64Array {
  const order = Array.from(values.keys()).toSorted((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) result[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return result;
}

/** Pearson's r; `null` where either side does not vary. */
function correlation(a: Float64Array, b: Float64Array): number | null {
  const mean = (a.length + 1) / 2; // Of ranks, tied or not.
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - mean) * (b[i]! - mean);
    aa += (a[i]! - mean) ** 2;
    bb += (b[i]! - mean) ** 2;
  }
  if (aa === 0 || bb === 0) return null;
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}
