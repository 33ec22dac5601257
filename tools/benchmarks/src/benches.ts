import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A program that measures: `bench/<name>.bench.ts` of a workspace package. */
export interface Bench {
  /** Relative to the workspace. */
  readonly file: string;
  /** Folder of its package, relative to the workspace. */
  readonly root: string;
  readonly name: string;
}

/** Every bench of a workspace, by file. */
export function findBenches(workspace: string): Bench[] {
  return globSync('{packages/*,tools/*,models/*/*}/bench/*.bench.ts', { cwd: workspace })
    .toSorted()
    .map((file) => ({ file, root: dirname(dirname(file)), name: basename(file, '.bench.ts') }));
}

/**
 * The benches that are meant by some words: each names a bench, or the folder of a package with all of its benches.
 *
 * @param words - None: all of them.
 * @throws {RangeError} when a word names nothing, with the words that would.
 * @example
 * // selectBenches(findBenches(workspace), ['evaluation', 'packages/runtime'])
 */
export function selectBenches(benches: readonly Bench[], words: readonly string[]): Bench[] {
  const isMeant = ({ name, root }: Bench, word: string): boolean =>
    [name, root, basename(root), `@clamor/${basename(root)}`].includes(word);
  for (const word of words) {
    if (benches.some((bench) => isMeant(bench, word))) continue;
    const known = benches.map(({ name, root }) => `${name} (${root})`).join(', ');
    throw new RangeError(`"${word}" names no bench and no package with one; there are ${known}.`);
  }
  return words.length === 0 ? [...benches] : benches.filter((bench) => words.some((word) => isMeant(bench, word)));
}
