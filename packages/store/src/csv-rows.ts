import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';

import { checkColumnNames } from './column-names.ts';
import { literalPath, type RowBatch, streamQuery } from './database.ts';
import { StoreError } from './errors.ts';
import { parseCsvHeader } from './csv-header.ts';
import { MAX_ROW_BYTES, type Row } from './row.ts';

const MAX_HEADER_BYTES = 1024 * 1024;
const QUOTE = 0x22;
const REJECTS = 'SELECT line, error_type, error_message FROM reject_errors ORDER BY line';

/**
 * Streams the rows of a CSV file with a header; the separator is the comma, tab or semicolon that the header has most of.
 *
 * The columns are declared to DuckDB from the header instead of being sniffed: sniffing fails as a whole on one bad row,
 * and takes another decision for another sample of rows.
 */
export async function* readCsvRows(file: string, handle: FileHandle): AsyncGenerator<Row> {
  const head = new Uint8Array(MAX_HEADER_BYTES);
  const { bytesRead } = await handle.read(head, 0, MAX_HEADER_BYTES, 0);
  const header = parseCsvHeader(head.subarray(0, bytesRead), file);
  checkColumnNames(header.columns, file);
  let row = 0;
  for (const strict of [true, false]) {
    try {
      for await (const batch of streamCsv(file, { ...header, strict })) {
        if (batch.columns[0] === 'line') yield* rejected(batch, file);
        else for (const values of batch.rows) yield { row: (row += 1), value: byColumn(header.columns, values) };
      }
      return;
    } catch (cause) {
      // DuckDB's strict parser stops at a file that mixes line ends; the lenient one reads it, but lets an open quote
      // swallow what follows: then nothing is read.
      const mayReadLeniently = strict && row === 0 && errorMessage(cause).includes('invalid state');
      if (mayReadLeniently && (await hasClosedQuotes(handle))) continue;
      throw new StoreError('STORE_CSV_INVALID', `"${file}" cannot be read as CSV: ${firstLine(cause)}`, { cause });
    }
  }
}

/** Whether the quotes of a file come in pairs, as they do where each field that opens one closes it. */
async function hasClosedQuotes(handle: FileHandle): Promise<boolean> {
  const chunk = new Uint8Array(MAX_HEADER_BYTES);
  let quotes = 0;
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return quotes % 2 === 0;
    for (let i = 0; i < bytesRead; i++) if (chunk[i] === QUOTE) quotes++;
    position += bytesRead;
  }
}

interface CsvOptions {
  readonly columns: readonly string[];
  readonly separator: string;
  readonly strict: boolean;
}

function streamCsv(file: string, options: CsvOptions): AsyncGenerator<RowBatch> {
  const columns = options.columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const sql = `FROM read_csv($1, header = true, auto_detect = false, columns = {${columns}}, delim = '${options.separator}',
    quote = '"', escape = '"', ignore_errors = true, store_rejects = true, max_line_size = ${MAX_ROW_BYTES},
    hive_partitioning = false, compression = 'none', strict_mode = ${options.strict})`;
  return streamQuery(sql, { values: [literalPath(resolve(file))], then: REJECTS });
}

function* rejected(batch: RowBatch, file: string): Generator<Row> {
  for (const [line, type, message] of batch.rows) {
    const row = Number(line);
    const code = (type as string).startsWith('LINE SIZE') ? 'STORE_LINE_TOO_LONG' : 'STORE_ROW_INVALID';
    yield { row, fault: { code, message: `Line ${row} of "${file}" is left out: ${firstLine(message)}` } };
  }
}

function byColumn(columns: readonly string[], values: readonly unknown[]): { [column: string]: unknown } {
  return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null]));
}

function firstLine(error: unknown): string {
  return errorMessage(error).split('\n', 1)[0]!.slice(0, 300);
}
