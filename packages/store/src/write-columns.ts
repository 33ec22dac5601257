import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { SCORED } from '@clamor/contract';

import type { ColumnManifest, ColumnToStore } from './column-manifest.ts';
import { withDatabase } from './database.ts';
import { StoreError } from './errors.ts';
import { hashIds } from './splits.ts';

const SCHEMA = 'id VARCHAR, score FLOAT, status UTINYINT, reason_code VARCHAR, reason VARCHAR';

/**
 * Writes columns into a folder: `<name>.parquet` (id, score, status, reason_code, reason) and its manifest
 * `<name>.json`, for each. The same column gives the same bytes.
 *
 * Each file is replaced as a whole, the Parquet first, so that a crash leaves an old pair, or a pair that
 * {@link readColumns} refuses.
 *
 * @returns The manifests, in the order given.
 * @throws {StoreError} `STORE_COLUMN_INVALID` when ids and scores do not fit together or two columns share a file.
 */
export async function writeColumns(folder: string, columns: readonly ColumnToStore[]): Promise<ColumnManifest[]> {
  const stems = columns.map(({ name }) => columnStem(name));
  for (const [i, column] of columns.entries()) {
    checkColumn(column);
    if (stems.indexOf(stems[i]!) < i) {
      throw new StoreError(
        'STORE_COLUMN_INVALID',
        `Two columns would be written to "${stems[i]}.parquet"; rename one.`,
      );
    }
  }
  const manifests: ColumnManifest[] = [];
  for (const [i, column] of columns.entries()) manifests.push(await writeColumn(folder, `${stems[i]}`, column));
  return manifests;
}

/** Name of a column's files without extension. */
export function columnStem(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Writes one column under a name; as {@link writeColumns}. */
export async function writeColumn(folder: string, stem: string, stored: ColumnToStore): Promise<ColumnManifest> {
  checkColumn(stored);
  await mkdir(folder, { recursive: true });
  const file = `${stem}.parquet`;
  const temporary = join(folder, `.${stem}.${process.pid}.tmp`);
  try {
    await writeParquet(temporary, stored);
    const { ids, column: _, ...about } = stored;
    const manifest: ColumnManifest = {
      ...about,
      threshold: Math.fround(stored.threshold),
      datasetHash: stored.datasetHash ?? null,
      ids: hashIds(ids),
      count: ids.length,
      file,
      sha256: createHash('sha256')
        .update(await readFile(temporary))
        .digest('hex'),
    };
    await rename(temporary, join(folder, file));
    await writeFile(temporary, `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(temporary, join(folder, `${stem}.json`));
    return manifest;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeParquet(file: string, { ids, column }: ColumnToStore): Promise<void> {
  await withDatabase(async (database) => {
    await database.run(`CREATE TABLE scores (${SCHEMA})`);
    const appender = await database.createAppender('scores');
    for (const [i, id] of ids.entries()) {
      appender.appendVarchar(id);
      if (column.status[i] === SCORED) appender.appendFloat(column.scores[i]!);
      else appender.appendNull();
      appender.appendUTinyInt(column.status[i]!);
      const reason = column.reasons.get(i);
      if (reason === undefined) appender.appendNull();
      else appender.appendVarchar(reason.code);
      if (reason === undefined) appender.appendNull();
      else appender.appendVarchar(reason.message);
      appender.endRow();
    }
    appender.flushSync();
    appender.closeSync();
    await database.run('COPY scores TO $1 (FORMAT parquet, COMPRESSION zstd)', [file]);
  });
}

function checkColumn({ name, ids, column, threshold }: ColumnToStore): void {
  const n = ids.length;
  const faults: string[] = [];
  if (column.scores.length !== n || column.status.length !== n) {
    faults.push(
      `${n} ids, ${column.scores.length} scores and ${column.status.length} statuses; all must be one per example`,
    );
  }
  if (new Set(ids).size !== n) faults.push('an id stands twice');
  if (!Number.isFinite(threshold)) faults.push(`the threshold is ${threshold}; it must be finite`);
  if (faults.length > 0) throw new StoreError('STORE_COLUMN_INVALID', `Column "${name}": ${faults.join('; ')}.`);
}
