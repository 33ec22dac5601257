import { createHash } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import type { ColumnManifest, ColumnToStore, StoredColumn } from './column-manifest.ts';
import { StoreError } from './errors.ts';
import { parseManifest, readColumn } from './read-columns.ts';
import { ignoreMissing, removeOldest } from './remove-oldest.ts';
import { hashIds } from './splits.ts';
import { columnStem, writeColumn } from './write-columns.ts';

/** Which column is wanted. */
export interface CachedColumnRequest {
  /** Of the member. */
  readonly name: string;
  /** As {@link columnKey} makes it. */
  readonly key: string;
  /** Shape [n]: the examples that the key is about. */
  readonly ids: readonly string[];
}

/** Columns that a folder of {@link keepColumn} holds at most unless it is told otherwise. */
export const MAX_CACHED_COLUMNS = 64;

const KEY_DIGITS = 16;

/**
 * What scores are kept by: where it is the same, the scores are.
 *
 * @param scoreHash - Hash over all that decides what the member scores on an example.
 * @param examplesHash - Hash over the examples, as `ExamplesHash` makes it.
 * @returns SHA-256 over the two, each followed by a line feed; lower-case hex.
 * @example columnKey('a', 'b') // '911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2'
 */
export function columnKey(scoreHash: string, examplesHash: string): string {
  return createHash('sha256').update(`${scoreHash}\n${examplesHash}\n`).digest('hex');
}

/**
 * Looks for the column of a key in a folder: one that {@link keepColumn} kept, or one that `writeColumns` wrote with its `key`, as
 * columns are shipped. Every hash is checked.
 *
 * @returns `null` when there is none.
 * @throws {StoreError} when there is one and it cannot be used, for the reasons of `readColumns`; `STORE_COLUMN_INVALID` also for
 * one of another member or over other examples.
 */
export async function findColumn(folder: string, request: CachedColumnRequest): Promise<StoredColumn | null> {
  const kept = `${keyedStem(request)}.json`;
  if ((await keyOf(join(folder, kept))) !== null) return await readRequested(folder, kept, request);
  const shipped = `${columnStem(request.name)}.json`;
  if ((await keyOf(join(folder, shipped))) !== request.key) return null;
  return await readRequested(folder, shipped, request);
}

/**
 * Keeps a column for its key, and removes those of the folder that were not of use for longest.
 *
 * @param options.max - Columns that the folder holds afterwards at most; default {@link MAX_CACHED_COLUMNS}.
 * @throws {StoreError} `STORE_COLUMN_INVALID`
 */
export async function keepColumn(
  folder: string,
  column: ColumnToStore & { readonly key: string },
  { max = MAX_CACHED_COLUMNS }: { readonly max?: number } = {},
): Promise<ColumnManifest> {
  const manifest = await writeColumn(folder, keyedStem(column), column);
  await removeOldest(folder, { max, files: ['.parquet'] });
  return manifest;
}

/** Says that a column which {@link keepColumn} kept was of use, so that it is not among the first to be removed. */
export async function touchColumn(
  folder: string,
  column: Pick<CachedColumnRequest, 'name' | 'key'>,
  now: Date,
): Promise<void> {
  await utimes(join(folder, `${keyedStem(column)}.json`), now, now).catch(ignoreMissing);
}

/** Columns of one member by different keys stand side by side: two branches do not take theirs from each other. */
function keyedStem({ name, key }: Pick<CachedColumnRequest, 'name' | 'key'>): string {
  return `${columnStem(name)}-${key.slice(0, KEY_DIGITS)}`;
}

/** @returns `null` without such a file; the empty text when its manifest has no key. */
async function keyOf(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  return text === undefined ? null : (parseManifest(text, file).key ?? '');
}

async function readRequested(
  folder: string,
  file: string,
  { name, key, ids }: CachedColumnRequest,
): Promise<StoredColumn> {
  const stored = await readColumn(folder, file);
  const { manifest } = stored;
  const isWanted = manifest.kind === 'member' && manifest.name === name && manifest.key === key;
  if (isWanted && manifest.ids === hashIds(ids)) return stored;
  throw new StoreError(
    'STORE_COLUMN_INVALID',
    `"${join(folder, file)}" holds scores of ${manifest.kind} "${manifest.name}" over ${manifest.count} examples, by the key ${manifest.key?.slice(0, KEY_DIGITS)}…; wanted are those of member "${name}" over ${ids.length}, by ${key.slice(0, KEY_DIGITS)}….\nRemove it.`,
  );
}
