import { resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';

import { literalPath, streamQuery } from './database.ts';
import { StoreError } from './errors.ts';
import type { Row } from './row.ts';

/** Streams the rows of a Parquet file. */
export async function* readParquetRows(file: string): AsyncGenerator<Row> {
  let row = 0;
  try {
    const sql = 'FROM read_parquet($1, hive_partitioning = false)';
    for await (const batch of streamQuery(sql, { values: [literalPath(resolve(file))] })) {
      for (const values of batch.rows) {
        yield {
          row: (row += 1),
          value: Object.fromEntries(batch.columns.map((name, i) => [name, plain(values[i])])),
        };
      }
    }
  } catch (cause) {
    const where = row === 0 ? '' : ` after row ${row}`;
    const why = errorMessage(cause).split('\n', 1)[0]!.slice(0, 300);
    throw new StoreError(
      'STORE_PARQUET_INVALID',
      `"${file}" cannot be read as Parquet${where}: ${why}. Is it complete? Write or copy it again.`,
      { cause },
    );
  }
}

/** 64-bit integers as numbers where they fit: an example is plain data, and JSON has no other integers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === undefined || value === null) return null;
  if (Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return value;
}
