/**
 * One line of a member's `assets/samples.jsonl`: an input written for the purpose and the score it must get.
 *
 * Parity checks at load, warm-up and the testkit use them.
 */
export interface Sample {
  readonly key: string;
  /** What the suite's schema accepts, as JSON. */
  readonly input: unknown;
  /** Float32; `null` where the member abstains. */
  readonly score: number | null;
}

/** How far a score may be from its record before it counts as another score: |Δ| ≤ 1e-6 · max(1, |recorded|). */
export const SCORE_TOLERANCE = 1e-6;

/**
 * Whether a score is the recorded one within {@link SCORE_TOLERANCE}.
 *
 * @example isSameScore(10.000001, 10) // true
 */
export function isSameScore(score: number, recorded: number): boolean {
  return Math.abs(score - recorded) <= SCORE_TOLERANCE * Math.max(1, Math.abs(recorded));
}
