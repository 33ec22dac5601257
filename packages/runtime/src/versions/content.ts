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
  readonly isAsset: boolean;
}

/**
 * The files that decide how a package judges: those beside its entry and its assets, in a fixed order. Without tests, source
 * maps and nested `node_modules`, which are the business of the lockfile of npm.
 */
export async function* contentFiles({ dir, entry }: ContentSource): AsyncGenerator<ContentFile> {
  const assets = join(dir, 'assets');
  for (const folder of [...(entry === null ? [] : [dirname(entry)]), assets]) {
    for (const file of await listFiles(folder)) {
      // An entry at the top of its package has the assets beside it.
      const isAsset = file.startsWith(assets + sep);
      yield { path: relative(folder, file), bytes: await readFile(file), isAsset };
    }
  }
}

/** Hashes over one package, each SHA-256 in 64 lower-case hex digits. */
export interface ContentHashes {
  /** Over code and assets. */
  readonly contentHash: string;
  /** Over the files beside the entry, without the assets. */
  readonly codeHash: string;
}

/** Hashes the content of one package. */
export async function contentHashes(source: ContentSource): Promise<ContentHashes> {
  const content = createHash('sha256');
  const code = createHash('sha256');
  for await (const { path, bytes, isAsset } of contentFiles(source)) {
    for (const hash of isAsset ? [content] : [content, code])
      hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
  }
  return { contentHash: content.digest('hex'), codeHash: code.digest('hex') };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !/\.(test|test-d)\.ts$|\.map$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(sep).includes('node_modules'))
    .toSorted();
}
