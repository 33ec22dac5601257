// Question: on which keys does a member count while it is rolled out to a percentage?
// Source: Kohavi, Tang, Xu, Trustworthy Online Controlled Experiments, 2020, chapter 14: assign by a hash of experiment and unit.
import { hash } from 'node:crypto';

/**
 * Where a key stands in the rollout of a member: the rollout reaches it as soon as its percentage is above this.
 *
 * u ÷ 2³² · 100, with u the first 32 bits (big-endian) of SHA-256 over `member`, a line feed and `key` in UTF-8. Nothing else
 * goes in: no seed, no version, no process. So it is the same in every process and on every machine, what a rollout reaches at
 * 10 % it also reaches at 20 %, and two members at 10 % are on different keys: they share 1 % of them, as by chance.
 *
 * @param member - Name of the member, without a line feed.
 * @param key - Key of the example.
 * @returns In [0, 100), in steps of 100 ÷ 2³².
 * @example rolloutBucket('words', 'mail-1') // 9.5523
 */
export function rolloutBucket(member: string, key: string): number {
  const digest = hash('sha256', `${member}\n${key}`, 'buffer');
  return (digest.readUInt32BE(0) / 2 ** 32) * 100;
}

/**
 * Whether the rollout of a member to a percentage reaches a key: bucket < percent.
 *
 * @param percent - In [0, 100]; 0 reaches no key and 100 every one.
 * @example isRolledOut({ member: 'words', percent: 10 }, 'mail-1') // true
 */
export function isRolledOut({ member, percent }: { member: string; percent: number }, key: string): boolean {
  if (percent <= 0) return false;
  return percent >= 100 || rolloutBucket(member, key) < percent;
}
