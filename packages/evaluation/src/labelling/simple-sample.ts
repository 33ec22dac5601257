// Question: which examples are drawn, so that each has the same chance?
// Source: Fisher & Yates, Statistical Tables, 1938, as a partial shuffle (Knuth, TAOCP 2, 3rd ed. 1997, §3.4.2, algorithm P).
import type { Random } from '../statistics/random.ts';

/**
 * Draws without replacement: every subset of that size is equally likely.
 *
 * @param count - At most as many as there are.
 * @returns Ascending.
 */
export function drawExamples(examples: readonly number[], count: number, random: Random): number[] {
  const pool = [...examples];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count).toSorted((a, b) => a - b);
}
