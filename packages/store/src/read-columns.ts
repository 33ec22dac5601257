import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorMessage, type FailureReason, scoreColumn } from '@clamor/contract';

import { type ColumnManifest, manifestFaults, type StoredColumn } from './column-manifest.ts';
import { StoreError } from './errors.ts';
import { openRegularFile } from './file.ts';
import { readParquetRows } from './parquet-rows.ts';
import { hashIds } from './splits.ts';

/** What {@link readColumns} takes. */
export interface ReadColumnsOptions {
  /** Hash of the dataset in use: a column made over another version is refused. */
  readonly datasetHash?: string;
}

/**
 * Reads every column of a folder that {@link writeColumns} wrote, and verifies each against its manifest.
 *
 * @returns By file name.
 * @throws {StoreError} `STORE_FILE_MISSING`, `STORE_MANIFEST_INVALID`, `STORE_COLUMN_HASH_MISMATCH`,
 * `STORE_COLUMN_INVALID`, `STORE_DATASET_MISMATCH`, `STORE_PARQUET_INVALID`
 */
export async function readColumns(folder: string, options: ReadColumnsOptions = {}): Promise<StoredColumn[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new StoreError(
      'STORE_FILE_MISSING',
      `The folder "${folder}" of columns cannot be read: ${errorMessage(cause)}.`,
      {
        cause,
      },
    );
  });
  const columns: StoredColumn[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.json')).toSorted()) {
    columns.push(await readColumn(folder, name, options));
  }
  return columns;
}

/** Reads one column, by the name of its manifest; as {@link readColumns}. */
export async function readColumn(
  folder: string,
  name: string,
  options: ReadColumnsOptions = {},
): Promise<StoredColumn> {
  const manifest = await readManifest(join(folder, name));
  if (options.datasetHash !== undefined && manifest.datasetHash !== options.datasetHash) {
    throw new StoreError(
      'STORE_DATASET_MISMATCH',
      `Column "${manifest.name}" in "${folder}" was made over ${manifest.dataset} with hash ${manifest.datasetHash}; the dataset in use has ${options.datasetHash}.\nScore the member again.`,
    );
  }
  const file = join(folder, manifest.file);
  await using handle = await openRegularFile(file);
  const sha256 = createHash('sha256')
    .update(await handle.readFile())
    .digest('hex');
  if (sha256 !== manifest.sha256) throw mismatch(file, `SHA-256 ${sha256}`, manifest.sha256);
  const stored = await readScores(file, manifest);
  const idsHash = hashIds(stored.ids);
  if (idsHash !== manifest.ids) throw mismatch(file, `ids with hash ${idsHash}`, manifest.ids);
  return stored;
}

async function readManifest(file: string): Promise<ColumnManifest> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StoreError('STORE_MANIFEST_INVALID', `"${file}" cannot be read: ${errorMessage(cause)}.`, { cause });
  });
  return parseManifest(text, file);
}

/**
 * The manifest that a text holds.
 *
 * @param file - For the message.
 * @throws {StoreError} `STORE_MANIFEST_INVALID`
 */
export function parseManifest(text: string, file: string): ColumnManifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new StoreError(
      'STORE_MANIFEST_INVALID',
      `"${file}" is not JSON: ${errorMessage(cause)}. Write the column again.`,
      { cause },
    );
  }
  const faults = manifestFaults(manifest);
  if (faults.length === 0) return manifest as ColumnManifest;
  throw new StoreError('STORE_MANIFEST_INVALID', `"${file}": ${faults.join('; ')}. Write the column again.`);
}

async function readScores(file: string, manifest: ColumnManifest): Promise<StoredColumn> {
  const ids: string[] = [];
  const scores: number[] = [];
  const status: number[] = [];
  const reasons = new Map<number, FailureReason>();
  for await (const row of readParquetRows(file)) {
    if (row.fault !== undefined) continue;
    const value = row.value as { readonly [column: string]: unknown };
    if (typeof value['reason_code'] === 'string') {
      reasons.set(ids.length, { code: value['reason_code'], message: (value['reason'] ?? '') as string });
    }
    ids.push(String(value['id']));
    scores.push(typeof value['score'] === 'number' ? value['score'] : Number.NaN);
    status.push(Number(value['status']));
  }
  if (ids.length !== manifest.count || new Set(ids).size !== ids.length || status.some((s) => ![0, 1, 2].includes(s))) {
    throw new StoreError(
      'STORE_COLUMN_INVALID',
      `"${file}" holds ${ids.length} rows (${new Set(ids).size} ids); ${manifest.count} with a status of 0, 1 or 2 were wanted.`,
    );
  }
  return { manifest, ids, column: scoreColumn(scores, status, reasons) };
}

function mismatch(file: string, found: string, wanted: string): StoreError {
  return new StoreError(
    'STORE_COLUMN_HASH_MISMATCH',
    `"${file}" has ${found}; its manifest says ${wanted}.\nRestore the file, or score the member again.`,
  );
}
