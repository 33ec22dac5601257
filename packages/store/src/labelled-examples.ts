import { keyCell, labelCell, weightCell } from './cells.ts';
import { StoreError } from './errors.ts';
import type { LabelledExample } from './evaluation-source.ts';
import type { Row, RowFault } from './row.ts';
import { type ReadRowsOptions, readRows } from './rows.ts';

/** An example of a dataset, or the reason why it could not be read. */
export type LabelledRow =
  | { readonly row: number; readonly example: LabelledExample; readonly fault?: undefined }
  | { readonly row: number; readonly fault: RowFault };

/** A row as an input to be judged. */
export interface RowInput {
  /** The `key` or `id` of the row; otherwise the name of the file and the row. */
  readonly key: string;
  readonly input: unknown;
}

const ABOUT = ['key', 'id', 'label', 'weight', 'cluster'];

/**
 * Streams a labelled dataset from JSONL, CSV or Parquet in bounded memory.
 *
 * Columns: `label` (1, 0, empty), optionally `id` or `key`, `weight`, `cluster`; the input is as {@link rowInput} reads it.
 *
 * @throws {StoreError} `STORE_LABEL_COLUMN_MISSING` when the first readable row has no label column, and those of
 * {@link readRows}; a label or weight that is wrong is yielded as a fault with its row.
 */
export async function* readLabelledExamples(file: string, options: ReadRowsOptions = {}): AsyncGenerator<LabelledRow> {
  let first = true;
  for await (const row of readRows(file, options)) {
    if (row.fault !== undefined) yield row;
    else {
      if (first) checkLabelColumn(row.value, file);
      first = false;
      yield toExample(row, file);
    }
  }
}

/**
 * A row as an input to be judged.
 *
 * The input is the column `input`, or the bytes that `inputBase64` stands for; without either, the row itself without what is about it (`key`, `id`, `label`, `weight`,
 * `cluster`) and without empty columns. A row that is no object, for example a text, is the input.
 *
 * @example rowInput({ row: 1, value: { id: 'a', subject: 'Hi' } }, 'mails.csv') // { key: 'a', input: { subject: 'Hi' } }
 */
export function rowInput(row: Extract<Row, { fault?: undefined }>, file: string): RowInput {
  const byDefault = `${file}:${row.row}`;
  if (!isObject(row.value)) return { key: byDefault, input: row.value };
  const { value } = row;
  const key = keyCell(value['key']) ?? keyCell(value['id']) ?? byDefault;
  if (Object.hasOwn(value, 'input')) return { key, input: value['input'] };
  const base64 = value['inputBase64'];
  if (typeof base64 === 'string') return { key, input: new Uint8Array(Buffer.from(base64, 'base64')) };
  const fields = Object.entries(value).filter(([name, cell]) => !ABOUT.includes(name) && cell !== null);
  return { key, input: Object.fromEntries(fields) };
}

function toExample(row: Extract<Row, { fault?: undefined }>, file: string): LabelledRow {
  const value = isObject(row.value) ? row.value : {};
  const label = labelCell(value['label'], { column: 'label', row: row.row, file });
  if (label.fault !== undefined) return { row: row.row, fault: label.fault };
  const weight = weightCell(value['weight'], { column: 'weight', row: row.row, file });
  if (weight.fault !== undefined) return { row: row.row, fault: weight.fault };
  const { key, input } = rowInput(row, file);
  const cluster = keyCell(value['cluster']);
  const example: LabelledExample = {
    id: key,
    label: label.value,
    ...(Object.hasOwn(value, 'weight') ? { weight: weight.value } : {}),
    ...(cluster === null ? {} : { cluster }),
    input,
  };
  return { row: row.row, example };
}

function checkLabelColumn(value: unknown, file: string): void {
  if (isObject(value) && Object.hasOwn(value, 'label')) return;
  const found = isObject(value) ? Object.keys(value).slice(0, 20).join(', ') : typeof value;
  throw new StoreError(
    'STORE_LABEL_COLUMN_MISSING',
    `The first row of "${file}" has no "label" (found: ${found}).\nName the column with the truth (1, 0 or empty) "label".`,
  );
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
