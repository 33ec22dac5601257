import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { CheckedMember } from '../discovery/check-member.ts';
import type { FoundSuite } from '../discovery/find-suite.ts';

/** Whether a member counts, is only recorded, or does not run. */
export type Mode = 'active' | 'shadow' | 'off';

const DIGITS = 16;

/**
 * Hash over code, artifacts, thresholds and policy of a suite: two hosts with the same one give the same judgements.
 *
 * Covers the suite's and each member's entry folder, assets and version. From source and from a build the code differs,
 * so the hash does.
 *
 * @returns 16 lower-case hex digits.
 */
export async function suiteVersion(suite: FoundSuite, members: readonly CheckedMember[]): Promise<string> {
  const hash = createHash('sha256');
  const parts = [{ ...suite.package, entry: suite.entry }, ...members];
  for (const part of parts.toSorted((a, b) => (a.package < b.package ? -1 : 1))) {
    hash.update(`${part.package}@${part.version}\n`);
    for (const folder of [dirname(part.entry), join(part.dir, 'assets')]) await hashFolder(hash, folder);
  }
  return hash.digest('hex').slice(0, DIGITS);
}

/**
 * Hash over what an operator can change without a release: the modes that are not `active`.
 *
 * @returns 16 lower-case hex digits.
 */
export function stateVersion(modes: { readonly [member: string]: Mode }): string {
  const changed = Object.entries(modes).filter(([, mode]) => mode !== 'active');
  const text = changed
    .map(([member, mode]) => `${member}=${mode}\n`)
    .toSorted()
    .join('');
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
}

async function hashFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile() && !/\.(test|test-d)\.ts$|\.map$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files) {
    hash.update(`${relative(folder, file)}\n`);
    hash.update(await readFile(file));
  }
}
