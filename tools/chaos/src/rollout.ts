import { createHash } from 'node:crypto';

/**
 * Whether a rollout reaches a key, written a second time from the documentation alone: first 32 bits of SHA-256 over the
 * member's name, a line feed and the key, as a percentage.
 *
 * @param percent - In [0, 100].
 * @example reaches('words', 100, 'mail-1') // true
 */
export function reaches(member: string, percent: number, key: string): boolean {
  const hash = createHash('sha256').update(`${member}\n${key}`).digest().readUInt32BE(0);
  return (hash / 2 ** 32) * 100 < percent;
}
