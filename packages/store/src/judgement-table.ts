import { checkColumnNames } from './column-names.ts';
import { type Cell, judgementCell, keyCell, labelCell, weightCell } from './cells.ts';
import { StoreError } from './errors.ts';
import type { RowFault } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

/** Judgements made elsewhere: what `clamor evaluate --table` measures. Fits `evaluate` of @clamor/evaluation. */
export interface StoredJudgements {
  /** Shape [n]. */
  readonly labels: readonly (0 | 1 | null)[];
  /** Shape [n], or `null` when there is no weight column. */
  readonly weights: readonly number[] | null;
  /** Shape [n], or `null` when there is no key column. */
  readonly keys: readonly string[] | null;
  /** In the order of the columns. */
  readonly members: readonly { readonly name: string; readonly judgements: readonly (0 | 1 | null | 'failed')[] }[];
  /** Rows that could not be read and are in none of the arrays above. */
  readonly unreadable: readonly { readonly row: number; readonly fault: RowFault }[];
}

const LABEL = 'label';
const WEIGHT = 'weight';
const KEYS = ['key', 'id'];
const SHOWN_FAULTS = 5;

/**
 * Reads a CSV or Parquet file with the column `label` (1, 0, empty), optionally `weight` and `key` or `id`; every other
 * column is a member: 1, 0, empty (abstained) or `failed`.
 *
 * A wrong value is refused, because figures without that row would be other figures; all of them are reported together.
 * A row that cannot be split into its columns is counted in `unreadable`.
 *
 * @throws {StoreError} `STORE_LABEL_COLUMN_MISSING`, `STORE_MEMBER_COLUMN_MISSING`, `STORE_LABEL_INVALID`,
 * `STORE_WEIGHT_INVALID`, `STORE_JUDGEMENT_INVALID`, `STORE_KEY_DUPLICATE`, `STORE_FILE_EMPTY`, and those of `readRows`
 */
export async function readJudgementTable(file: string): Promise<StoredJudgements> {
  if (rowFormatOf(file) === 'jsonl') {
    throw new StoreError('STORE_FORMAT_UNKNOWN', `"${file}" is JSONL; a table of judgements is CSV or Parquet.`);
  }
  const table = new TableBuilder(file);
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
  readonly #keys: string[] = [];
  readonly #faults: RowFault[] = [];
  readonly #seen = new Map<string, number>();
  #columns: string[] | null = null;
  #keyColumn: string | undefined;
  #members: { name: string; judgements: (0 | 1 | null | 'failed')[] }[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(row: number, value: { [column: string]: unknown }): void {
    if (this.#columns === null) this.#open(Object.keys(value));
    this.#labels.push(this.#value(labelCell(value[LABEL], this.#place(LABEL, row)), null));
    this.#weights.push(this.#value(weightCell(value[WEIGHT], this.#place(WEIGHT, row)), 1));
    for (const member of this.#members) {
      member.judgements.push(this.#value(judgementCell(value[member.name], this.#place(member.name, row)), null));
    }
    if (this.#keyColumn !== undefined) this.#addKey(row, keyCell(value[this.#keyColumn]) ?? `row ${row}`);
  }

  finish(): StoredJudgements {
    if (this.#columns === null) {
      const unread = this.unreadable.length === 0 ? '' : ` (${this.unreadable.length} could not be read)`;
      throw new StoreError(
        'STORE_FILE_EMPTY',
        `"${this.#file}" has a header and no rows${unread}; judgements were wanted.`,
      );
    }
    this.#throwFaults();
    return {
      labels: this.#labels,
      weights: this.#columns.includes(WEIGHT) ? this.#weights : null,
      keys: this.#keyColumn === undefined ? null : this.#keys,
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
    const names = columns.filter((name) => name !== LABEL && name !== WEIGHT && name !== this.#keyColumn);
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

  #addKey(row: number, key: string): void {
    const before = this.#seen.get(key);
    if (before !== undefined) {
      const message = `Rows ${before} and ${row} of "${this.#file}" have the same key ${JSON.stringify(key.slice(0, 60))}; an example counts once.`;
      this.#faults.push({ code: 'STORE_KEY_DUPLICATE', message });
    }
    this.#seen.set(key, row);
    this.#keys.push(key);
  }

  #throwFaults(): void {
    const first = this.#faults[0];
    if (first === undefined) return;
    const rest = this.#faults.length - SHOWN_FAULTS;
    const lines = this.#faults.slice(0, SHOWN_FAULTS).map((fault) => fault.message);
    throw new StoreError(first.code, [...lines, ...(rest > 0 ? [`… and ${rest} more like these.`] : [])].join('\n'));
  }
}
