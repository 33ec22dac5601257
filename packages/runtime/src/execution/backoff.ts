const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * Milliseconds to leave a member alone after so many losses in a row: 1 s, doubled with every further one, at most a minute.
 *
 * @param times - ≥ 1.
 * @example [1, 2, 3].map(backoffMs) // [1000, 2000, 4000]
 */
export function backoffMs(times: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - 1));
}
