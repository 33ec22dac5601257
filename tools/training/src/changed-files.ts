import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Path relative to the root → SHA-256 of the file. */
export type FileHashes = ReadonlyMap<string, string>;

const NOT_KEPT = new Set(['node_modules', 'dist', '.clamor']);

/** Hashes of all files below a folder, installed and built ones left out. */
export async function hashFiles(root: string): Promise<FileHashes> {
  const hashes = new Map<string, string>();
  const visit = async (dir: string): Promise<void> => {
    for (const entry of await readdir(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (entry.isDirectory() && !NOT_KEPT.has(entry.name)) await visit(path);
      if (!entry.isFile()) continue;
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      hashes.set(relative(root, path), sha256);
    }
  };
  await visit(root);
  return hashes;
}

/**
 * Files that were added, changed or removed, sorted.
 *
 * @example changedFiles(new Map([['a', '1'], ['b', '1']]), new Map([['a', '2']])) // ['a', 'b']
 */
export function changedFiles(before: FileHashes, after: FileHashes): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}
