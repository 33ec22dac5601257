import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { withDatabase } from '../src/database.ts';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder of its own. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** A Parquet file with the rows of a query. */
export async function parquetFile(query: string): Promise<string> {
  const file = join(temporaryFolder(), 'rows.parquet');
  await withDatabase((database) => database.run(`COPY (${query}) TO $1 (FORMAT parquet)`, [file]));
  return file;
}

/** All that an async iterable yields. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  return await Array.fromAsync(items);
}
