import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** What the content of a package is read from. */
export interface ContentSource {
  readonly dir: string;
  /** Absolute path of the file to import; `null` when there is none, and the content is the assets. */
  readonly entry: string | null;
}

/** A file of a package's code or assets. */
export interface ContentFile {
  /** Relative to its folder. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * The files that decide how a package judges: those beside its entry and its assets, in a fixed order. Without tests, source
 * maps and nested `node_modules`, which are the business of the lockfile of npm.
 */
export async function* contentFiles({ dir, entry }: ContentSource): AsyncGenerator<ContentFile> {
  const folders = [...(entry === null ? [] : [dirname(entry)]), join(dir, 'assets')];
  for (const folder of folders) {
    for (const file of await listFiles(folder)) yield { path: relative(folder, file), bytes: await readFile(file) };
  }
}

/**
 * Hash over the content of one package.
 *
 * @returns SHA-256, 64 lower-case hex digits.
 */
export async function contentHash(source: ContentSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const { path, bytes } of contentFiles(source)) {
    hash.update(`${path}\0${bytes.byteLength}\0`);
    hash.update(bytes);
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/\.(test|test-d)\.ts$|\.map$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(sep).includes('node_modules'))
    .toSorted();
}
