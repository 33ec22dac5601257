import { checkColumnNames } from './column-names.ts';
import { type Cell, judgementCell, keyCell, labelCell, weightCell } from './cells.ts';
import { StoreError } from './errors.ts';
import { KeyColumn, throwRowFaults } from './row-faults.ts';
import type { RowFault } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

/** What {@link readJudgementTable} takes besides the file. */
export interface ReadJudgementTableOptions {
  /** Columns that divide the examples, for figures by slice: text, or empty for no value. Default none. */
  readonly slices?: readonly string[];
  /** Column whose equal values mark near-copies; empty: a cluster of its own. Default none. */
  readonly cluster?: string;
}

/** Judgements made elsewhere: what `clamor evaluate --table` measures. Fits `evaluate` of @clamor/evaluation. */
export interface StoredJudgements {
  /** Shape [n]. */
  readonly labels: readonly (0 | 1 | null)[];
  /** Shape [n], or `null` when there is no weight column. */
  readonly weights: readonly number[] | null;
  /** Shape [n], or `null` when there is no key column. */
  readonly keys: readonly string[] | null;
  /** Shape [n], or `null` when no column of clusters was named. */
  readonly clusters: readonly (string | null)[] | null;
  /** One per column asked for, values of shape [n]. */
  readonly slices: readonly { readonly name: string; readonly values: readonly (string | null)[] }[];
  /** In the order of the columns. */
  readonly members: readonly { readonly name: string; readonly judgements: readonly (0 | 1 | null | 'failed')[] }[];
  /** Rows that could not be read and are in none of the arrays above. */
  readonly unreadable: readonly { readonly row: number; readonly fault: RowFault }[];
}

const LABEL = 'label';
const WEIGHT = 'weight';
const KEYS = ['key', 'id'];

/**
 * Reads a CSV or Parquet file with the column `label` (1, 0, empty), optionally `weight` and `key` or `id`; every other
 * column is a member: 1, 0, empty (abstained) or `failed`.
 *
 * A wrong value is refused, because figures without that row would be other figures; all of them are reported together.
 * A row that cannot be split into its columns is counted in `unreadable`.
 *
 * @throws {StoreError} `STORE_LABEL_COLUMN_MISSING`, `STORE_MEMBER_COLUMN_MISSING`, `STORE_COLUMN_MISSING` for a column
 * of the options, `STORE_LABEL_INVALID`, `STORE_WEIGHT_INVALID`, `STORE_JUDGEMENT_INVALID`, `STORE_KEY_DUPLICATE`, `STORE_FILE_EMPTY`, and those of `readRows`
 */
export async function readJudgementTable(
  file: string,
  options: ReadJudgementTableOptions = {},
): Promise<StoredJudgements> {
  if (rowFormatOf(file) === 'jsonl') {
    throw new StoreError('STORE_FORMAT_UNKNOWN', `"${file}" is JSONL; a table of judgements is CSV or Parquet.`);
  }
  const table = new TableBuilder(file, options);
  for await (const row of readRows(file)) {
    if (row.fault === undefined) table.add(row.row, row.value as { [column: string]: unknown });
    else table.unreadable.push(row);
  }
  return table.finish();
}

/** Collects the rows, and every fault in them. */
class TableBuilder {
  readonly unreadable: { row: number; fault: RowFault }[] = [];
  readonly #file: string;
  readonly #labels: (0 | 1 | null)[] = [];
  readonly #weights: number[] = [];
  readonly #cluster: string | undefined;
  readonly #clusters: (string | null)[] = [];
  readonly #slices: { name: string; values: (string | null)[] }[];
  readonly #keys: KeyColumn;
  readonly #faults: RowFault[] = [];
  #columns: string[] | null = null;
  #keyColumn: string | undefined;
  #members: { name: string; judgements: (0 | 1 | null | 'failed')[] }[] = [];

  constructor(file: string, { slices = [], cluster }: ReadJudgementTableOptions) {
    this.#file = file;
    this.#cluster = cluster;
    this.#slices = [...new Set(slices)].map((name) => ({ name, values: [] }));
    this.#keys = new KeyColumn(file);
  }

  add(row: number, value: { [column: string]: unknown }): void {
    if (this.#columns === null) this.#open(Object.keys(value));
    this.#labels.push(this.#value(labelCell(value[LABEL], this.#place(LABEL, row)), null));
    this.#weights.push(this.#value(weightCell(value[WEIGHT], this.#place(WEIGHT, row)), 1));
    for (const slice of this.#slices) slice.values.push(keyCell(value[slice.name]));
    if (this.#cluster !== undefined) this.#clusters.push(keyCell(value[this.#cluster]));
    for (const member of this.#members) {
      member.judgements.push(this.#value(judgementCell(value[member.name], this.#place(member.name, row)), null));
    }
    if (this.#keyColumn !== undefined) this.#addKey(row, keyCell(value[this.#keyColumn]));
  }

  finish(): StoredJudgements {
    if (this.#columns === null) {
      const unread = this.unreadable.length === 0 ? '' : ` (${this.unreadable.length} could not be read)`;
      throw new StoreError(
        'STORE_FILE_EMPTY',
        `"${this.#file}" has a header and no rows${unread}; judgements were wanted.`,
      );
    }
    throwRowFaults(this.#faults);
    return {
      labels: this.#labels,
      weights: this.#columns.includes(WEIGHT) ? this.#weights : null,
      keys: this.#keyColumn === undefined ? null : this.#keys.keys,
      clusters: this.#cluster === undefined ? null : this.#clusters,
      slices: this.#slices,
      members: this.#members,
      unreadable: this.unreadable,
    };
  }

  #open(columns: string[]): void {
    checkColumnNames(columns, this.#file);
    if (!columns.includes(LABEL)) {
      throw new StoreError(
        'STORE_LABEL_COLUMN_MISSING',
        `"${this.#file}" has the columns ${columns.map((name) => `"${name}"`).join(', ')}; one must be called "label".\nName the column with the truth (1, 0 or empty) "label".`,
      );
    }
    this.#columns = columns;
    this.#keyColumn = KEYS.find((name) => columns.includes(name));
    const asked = [...this.#slices.map(({ name }) => name), ...(this.#cluster === undefined ? [] : [this.#cluster])];
    const missing = asked.filter((name) => !columns.includes(name));
    if (missing.length > 0) {
      throw new StoreError(
        'STORE_COLUMN_MISSING',
        `"${this.#file}" has no column ${missing.map((name) => `"${name}"`).join(', ')}; it has ${columns.map((name) => `"${name}"`).join(', ')}.\nName one of these.`,
      );
    }
    const others = new Set([LABEL, WEIGHT, this.#keyColumn, ...asked]);
    const names = columns.filter((name) => !others.has(name));
    if (names.length === 0) {
      throw new StoreError(
        'STORE_MEMBER_COLUMN_MISSING',
        `"${this.#file}" has no column of judgements; add one column per member, holding 1, 0, empty or failed.`,
      );
    }
    this.#members = names.map((name) => ({ name, judgements: [] }));
  }

  #place(column: string, row: number): { column: string; row: number; file: string } {
    return { column, row, file: this.#file };
  }

  #value<Value>(cell: Cell<Value>, otherwise: Value): Value {
    if (cell.fault === undefined) return cell.value;
    this.#faults.push(cell.fault);
    return otherwise;
  }

  /** A row without a key has its number for one. */
  #addKey(row: number, key: string | null): void {
    const fault = this.#keys.add(row, key ?? `row ${row}`);
    if (fault !== null) this.#faults.push(fault);
  }
}
