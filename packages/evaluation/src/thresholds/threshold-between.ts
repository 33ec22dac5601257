// Question: which float32 number parts two scores, so that the upper one is positive and the lower one is not?
// Source: IEEE 754 (2019), §5.3.1 (nextUp); the midpoint leaves the most room for scores that are not seen yet.

/**
 * A float32 threshold that lets the upper of two scores in and the lower one not.
 *
 * @param lower - float32, below `upper`.
 * @returns Strictly between the two; the upper one itself when no float32 lies between (score ≥ threshold is positive).
 * @example thresholdBetween(0.25, 0.5) // 0.375
 */
export function thresholdBetween(lower: number, upper: number): number {
  const middle = Math.fround(lower / 2 + upper / 2);
  return middle > lower ? middle : upper;
}

/**
 * The lowest float32 threshold that does not let a score in.
 *
 * @returns `null` when the score is the largest float32: no finite threshold lies above it.
 * @example thresholdAbove(1) // 1.0000001192092896
 */
export function thresholdAbove(score: number): number | null {
  const number = Float32Array.of(score === 0 ? 0 : score);
  const bits = new Int32Array(number.buffer);
  bits[0]! += score >= 0 ? 1 : -1;
  return Number.isFinite(number[0]) ? number[0]! : null;
}
