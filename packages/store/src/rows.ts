import { extname } from 'node:path';

import { readCsvRows } from './csv-rows.ts';
import { StoreError } from './errors.ts';
import { openRegularFile } from './file.ts';
import { readJsonLines } from './json-lines.ts';
import { readParquetRows } from './parquet-rows.ts';
import type { Row, RowFormat } from './row.ts';

/** What {@link readRows} takes. */
export interface ReadRowsOptions {
  /** Default by extension: .jsonl, .ndjson, .csv, .tsv, .parquet. */
  readonly format?: RowFormat;
}

const FORMATS: { readonly [extension: string]: RowFormat } = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.parquet': 'parquet',
};

/**
 * Streams the rows of a JSONL, CSV or Parquet file in bounded memory.
 *
 * A row that cannot be read is yielded with its fault and the rest is still read; in CSV such rows come last. A value is
 * what the line of JSONL holds, or an object by column: text or `null` in CSV; in Parquet numbers, text, `Uint8Array` …
 *
 * @throws {StoreError} `STORE_FILE_MISSING`, `STORE_FILE_EMPTY`, `STORE_FORMAT_UNKNOWN`, `STORE_CSV_INVALID`,
 * `STORE_PARQUET_INVALID`, `STORE_COLUMN_NAME_INVALID`
 */
export async function* readRows(file: string, options: ReadRowsOptions = {}): AsyncGenerator<Row> {
  const format = options.format ?? rowFormatOf(file);
  if (format === null) {
    throw new StoreError(
      'STORE_FORMAT_UNKNOWN',
      `"${file}" has the extension "${extname(file)}"; rows are read from ${Object.keys(FORMATS).join(', ')}.\nRename the file or name its format.`,
    );
  }
  await using handle = await openRegularFile(file);
  if (format === 'jsonl') yield* readJsonLines(handle.createReadStream({ autoClose: false }), file);
  else if (format === 'csv') yield* readCsvRows(file, handle);
  else yield* readParquetRows(file);
}

/**
 * The format that the extension of a file names, or `null`.
 *
 * @example rowFormatOf('mails.NDJSON') // 'jsonl'
 */
export function rowFormatOf(file: string): RowFormat | null {
  return FORMATS[extname(file).toLowerCase()] ?? null;
}
