import { checkColumnNames } from './column-names.ts';
import { type Cell, countCell, keyCell, labelCell } from './cells.ts';
import { StoreError } from './errors.ts';
import type { RowFault } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

/** A summary from a file. Fits `evaluate` of @clamor/evaluation, which checks that its sums fit together. */
export interface StoredSummary {
  readonly kind: 'summary';
  /** By name: the rows of a file that a database wrote come in any order. */
  readonly members: readonly string[];
  /** `slice` when the file has a column of that name, else `null`. */
  readonly slice: string | null;
  readonly sets: readonly {
    readonly positive: readonly string[];
    readonly failed: readonly string[];
    readonly label: 0 | 1 | null;
    readonly slice: string | null;
    readonly count: number;
    readonly weight: number;
    readonly squares: number;
  }[];
  readonly judged: readonly {
    readonly member: string;
    readonly label: 0 | 1 | null;
    readonly slice: string | null;
    readonly judged: number;
    readonly failed: number;
  }[];
}

/** Stands between the names of a set; hence no name may hold it. */
const SEPARATOR = '|';
const COLUMNS = [
  'member',
  'label',
  'positive',
  'failed',
  'count',
  'weight',
  'squares',
  'judged_weight',
  'failed_weight',
];
const SLICE = 'slice';
const SHOWN_FAULTS = 5;

/**
 * Reads a summary from a CSV or Parquet file, as the SQL in docs/summary.md writes it.
 *
 * A row with a `member` holds what that member judged and failed (`judged_weight`, `failed_weight`) of the examples with
 * that `label` and `slice`; a row without one holds `count`, `weight` and `squares` of the examples with that `label` and
 * `slice` on which exactly the members in `positive` are positive and those in `failed` failed, both being names joined by
 * `|`, empty for nobody. Other columns are refused, because a key that was forgotten would count examples twice.
 *
 * @throws {StoreError} `STORE_SUMMARY_COLUMN_INVALID`, `STORE_MEMBER_ROW_MISSING`, `STORE_MEMBER_NAME_INVALID`,
 * `STORE_LABEL_INVALID`, `STORE_COUNT_INVALID`, `STORE_ROW_INVALID`, and those of `readRows`
 */
export async function readSummary(file: string): Promise<StoredSummary> {
  if (rowFormatOf(file) === 'jsonl') {
    throw new StoreError('STORE_FORMAT_UNKNOWN', `"${file}" is JSONL; a summary is CSV or Parquet.`);
  }
  const summary = new SummaryBuilder(file);
  for await (const row of readRows(file)) {
    if (row.fault === undefined) summary.add(row.row, row.value as { [column: string]: unknown });
    else summary.faults.push(row.fault);
  }
  return summary.finish();
}

/** Collects the rows of both kinds, and every fault in them. */
class SummaryBuilder {
  readonly faults: RowFault[] = [];
  readonly #file: string;
  readonly #sets: StoredSummary['sets'][number][] = [];
  readonly #judged: StoredSummary['judged'][number][] = [];
  #columns: readonly string[] | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  add(row: number, value: { [column: string]: unknown }): void {
    this.#columns ??= this.#checkedColumns(Object.keys(value));
    const count = (column: string): number => this.#value(countCell(value[column], this.#place(column, row)), 0);
    const label = this.#value(labelCell(value['label'], this.#place('label', row)), null);
    const slice = keyCell(value[SLICE]);
    const member = keyCell(value['member']);
    if (member === null) {
      const [positive, failed] = [names(value['positive']), names(value['failed'])];
      const sums = { count: count('count'), weight: count('weight'), squares: count('squares') };
      this.#sets.push({ positive, failed, label, slice, ...sums });
      return;
    }
    if (member.includes(SEPARATOR)) {
      const message = `Row ${row} of "${this.#file}": the name ${JSON.stringify(member)} holds "${SEPARATOR}", which stands between the names of a set. Rename the member.`;
      this.faults.push({ code: 'STORE_MEMBER_NAME_INVALID', message });
    }
    this.#judged.push({ member, label, slice, judged: count('judged_weight'), failed: count('failed_weight') });
  }

  finish(): StoredSummary {
    this.#throwFaults();
    if (this.#columns === null) {
      throw new StoreError('STORE_FILE_EMPTY', `"${this.#file}" has a header and no rows; a summary was wanted.`);
    }
    if (this.#judged.length === 0) {
      throw new StoreError(
        'STORE_MEMBER_ROW_MISSING',
        `"${this.#file}" has ${this.#sets.length} rows of sets and none with a member.\nAdd the rows that say what each member judged: the second half of the SQL in docs/summary.md.`,
      );
    }
    return {
      kind: 'summary',
      members: [...new Set(this.#judged.map(({ member }) => member))].toSorted(),
      slice: this.#columns.includes(SLICE) ? SLICE : null,
      sets: this.#sets,
      // A member that only ever abstained has rows of zeros: its name is kept, and a row of zeros says no more.
      judged: this.#judged.filter(({ judged, failed }) => judged > 0 || failed > 0),
    };
  }

  #checkedColumns(columns: string[]): readonly string[] {
    checkColumnNames(columns, this.#file);
    const missing = COLUMNS.filter((name) => !columns.includes(name));
    const unknown = columns.filter((name) => name !== SLICE && !COLUMNS.includes(name));
    if (missing.length === 0 && unknown.length === 0) return columns;
    throw new StoreError(
      'STORE_SUMMARY_COLUMN_INVALID',
      `"${this.#file}" lacks the columns ${listed(missing)} and has the unknown ones ${listed(unknown)}; a summary has ${listed(COLUMNS)} and may have "${SLICE}".\nWrite it with the SQL in docs/summary.md.`,
    );
  }

  #place(column: string, row: number): { column: string; row: number; file: string } {
    return { column, row, file: this.#file };
  }

  #value<Value>(cell: Cell<Value>, otherwise: Value): Value {
    if (cell.fault === undefined) return cell.value;
    this.faults.push(cell.fault);
    return otherwise;
  }

  #throwFaults(): void {
    const first = this.faults[0];
    if (first === undefined) return;
    const rest = this.faults.length - SHOWN_FAULTS;
    const lines = this.faults.slice(0, SHOWN_FAULTS).map((fault) => fault.message);
    throw new StoreError(first.code, [...lines, ...(rest > 0 ? [`… and ${rest} more like these.`] : [])].join('\n'));
  }
}

function listed(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ') || 'none';
}

function names(cell: unknown): string[] {
  const text = keyCell(cell);
  return text === null ? [] : text.split(SEPARATOR);
}
