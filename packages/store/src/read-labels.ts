import { type Cell, keyCell, labelCell, weightCell } from './cells.ts';
import { checkColumnNames } from './column-names.ts';
import { StoreError } from './errors.ts';
import { KeyColumn, throwRowFaults } from './row-faults.ts';
import type { RowFault } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

/** Labels of a sample of examples: what comes back from labelling. */
export interface StoredLabels {
  /** For messages. */
  readonly file: string;
  /** Shape [n], unique. */
  readonly keys: readonly string[];
  /** Shape [n]; `null` where nobody has labelled the example yet. */
  readonly labels: readonly (0 | 1 | null)[];
  /** Shape [n]: how many examples each stands for; 1 without a column of weights. */
  readonly weights: readonly number[];
  /** Shape [n]: examples of a stratum were drawn with the same probability; `null` where it has no name. */
  readonly strata: readonly (string | null)[];
}

const WANTED = ['key', 'label'];

/**
 * Reads a CSV or Parquet file with `key`, `label` (1, 0, empty: not labelled yet), and optionally `weight` and `stratum`; other
 * columns are ignored. It is what `clamor label --out` writes, with labels filled in.
 *
 * Nothing is left out: a row that cannot be read refuses the file, because its label would be missing from its stratum.
 *
 * @throws {StoreError} `STORE_COLUMN_MISSING`, `STORE_KEY_MISSING`, `STORE_KEY_DUPLICATE`, `STORE_LABEL_INVALID`,
 * `STORE_WEIGHT_INVALID`, `STORE_ROW_INVALID`, each naming the rows; `STORE_FILE_EMPTY`, `STORE_FORMAT_UNKNOWN`, and those of
 * `readRows`
 * @example
 * // filled.csv: key,label,weight\na,1,20\n
 * // (await readLabels('filled.csv')).labels // [1]
 */
export async function readLabels(file: string): Promise<StoredLabels> {
  if (rowFormatOf(file) === 'jsonl') {
    throw new StoreError('STORE_FORMAT_UNKNOWN', `"${file}" is JSONL; a table of labels is CSV or Parquet.`);
  }
  const faults: RowFault[] = [];
  const keys = new KeyColumn(file);
  const labels: (0 | 1 | null)[] = [];
  const weights: number[] = [];
  const strata: (string | null)[] = [];
  const valueOf = <Value>(cell: Cell<Value>, otherwise: Value): Value => {
    if (cell.fault === undefined) return cell.value;
    faults.push(cell.fault);
    return otherwise;
  };
  for await (const row of readRows(file)) {
    if (row.fault !== undefined) {
      faults.push(row.fault);
      continue;
    }
    const value = row.value as { readonly [column: string]: unknown };
    if (labels.length === 0) checkColumns(Object.keys(value), file);
    const key = keyCell(value['key']);
    const keyFault = key === null ? withoutKey(row.row, file) : keys.add(row.row, key);
    if (keyFault !== null) faults.push(keyFault);
    labels.push(valueOf(labelCell(value['label'], { column: 'label', row: row.row, file }), null));
    weights.push(valueOf(weightCell(value['weight'], { column: 'weight', row: row.row, file }), 1));
    strata.push(keyCell(value['stratum']));
  }
  throwRowFaults(faults);
  if (labels.length === 0) {
    throw new StoreError('STORE_FILE_EMPTY', `"${file}" has a header and no rows; labels were wanted.`);
  }
  return { file, keys: keys.keys, labels, weights, strata };
}

function checkColumns(columns: string[], file: string): void {
  checkColumnNames(columns, file);
  const missing = WANTED.filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  throw new StoreError(
    'STORE_COLUMN_MISSING',
    `"${file}" has no column ${missing.map((name) => `"${name}"`).join(', ')}; it has ${columns.map((name) => `"${name}"`).join(', ')}.\nKeep the columns of the plan, and fill in "label".`,
  );
}

function withoutKey(row: number, file: string): RowFault {
  return {
    code: 'STORE_KEY_MISSING',
    message: `Row ${row} of "${file}" has nothing in column "key"; the id of an example was wanted.`,
  };
}
