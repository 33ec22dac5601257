import { ABSTAINED, FAILED, type FailureReason, type ScoreColumn, SCORED, scoreColumn } from '@clamor/contract';

import { keyCell, scoreCell } from './cells.ts';
import { checkColumnNames } from './column-names.ts';
import { StoreError } from './errors.ts';
import { KeyColumn, throwRowFaults } from './row-faults.ts';
import type { RowFault } from './row.ts';
import { readRows, rowFormatOf } from './rows.ts';

/** Scores of a candidate that is no package yet: what a notebook writes. */
export interface StoredScores {
  /** For messages. */
  readonly file: string;
  /** Shape [n], unique. */
  readonly keys: readonly string[];
  /** Shape [n], in the order of the keys. */
  readonly column: ScoreColumn;
  /** Rows that could not be read; their keys are not known. */
  readonly unreadable: readonly { readonly row: number; readonly fault: RowFault }[];
}

/** Scores in the order of the examples that were asked for. */
export interface JoinedScores {
  /** Shape [ids]. */
  readonly column: ScoreColumn;
  /** Keys of the file that are no id asked for, in its order; their scores are left out. */
  readonly unknown: readonly string[];
}

const KEYS = ['key', 'id'];
const SCORE = 'score';
const SHOWN_KEYS = 5;
const FAILED_IN_FILE: FailureReason = { code: 'SCORES_FAILED', message: 'The file of scores says failed.' };

/**
 * Reads a CSV or Parquet file with a column `key` or `id` and a column `score`, in upper or lower case; other columns are
 * ignored. A score is a number (higher is more positive, kept as float32), empty (abstained) or `failed`.
 *
 * NaN and infinite scores are refused: whether they mean abstained or failed, only the author can say.
 *
 * @throws {StoreError} `STORE_SCORE_COLUMN_MISSING`, `STORE_SCORE_INVALID`, `STORE_KEY_MISSING`, `STORE_KEY_DUPLICATE`,
 * each naming the rows; `STORE_FILE_EMPTY`, `STORE_FORMAT_UNKNOWN`, and those of `readRows`
 * @example
 * // mine.csv: key,score\neasy-ham-1/00001,-3.2\n
 * // (await readScores('mine.csv')).column.scores // Float32Array [-3.2]
 */
export async function readScores(file: string): Promise<StoredScores> {
  if (rowFormatOf(file) === 'jsonl') {
    throw new StoreError('STORE_FORMAT_UNKNOWN', `"${file}" is JSONL; a table of scores is CSV or Parquet.`);
  }
  const table = new ScoreTableBuilder(file);
  for await (const row of readRows(file)) {
    if (row.fault === undefined) table.add(row.row, row.value as { [column: string]: unknown });
    else table.unreadable.push(row);
  }
  return table.finish();
}

/**
 * Puts scores into the order of examples.
 *
 * @param ids - Shape [n]: the examples to be evaluated. Each must have a row; an empty score is an answer, a missing row is
 * not.
 * @throws {StoreError} `STORE_SCORES_INCOMPLETE`, saying how many are missing and which come first.
 */
export function joinScores(scores: StoredScores, ids: readonly string[]): JoinedScores {
  const places = new Map(scores.keys.map((key, i) => [key, i]));
  const missing = ids.filter((id) => !places.has(id));
  if (missing.length > 0) throw incomplete(scores, missing, ids.length);
  const wanted = new Set(ids);
  const at = ids.map((id) => places.get(id)!);
  return {
    column: scoreColumn(
      at.map((i) => scores.column.scores[i]!),
      at.map((i) => scores.column.status[i]!),
      new Map(at.flatMap((from, to) => (scores.column.reasons.has(from) ? [[to, FAILED_IN_FILE]] : []))),
    ),
    unknown: scores.keys.filter((key) => !wanted.has(key)),
  };
}

/** Collects the rows, and every fault in them. */
class ScoreTableBuilder {
  readonly unreadable: { row: number; fault: RowFault }[] = [];
  readonly #file: string;
  readonly #keys: KeyColumn;
  readonly #scores: number[] = [];
  readonly #status: number[] = [];
  readonly #reasons = new Map<number, FailureReason>();
  readonly #faults: RowFault[] = [];
  #columns: { readonly key: string; readonly score: string } | null = null;

  constructor(file: string) {
    this.#file = file;
    this.#keys = new KeyColumn(file);
  }

  add(row: number, value: { [column: string]: unknown }): void {
    this.#columns ??= findColumns(Object.keys(value), this.#file);
    const { key: keyName, score: scoreName } = this.#columns;
    const key = keyCell(value[keyName]);
    const score = scoreCell(value[scoreName], { column: scoreName, row, file: this.#file });
    const keyFault = key === null ? this.#withoutKey(row, keyName) : this.#keys.add(row, key);
    this.#faults.push(...[keyFault, score.fault].filter((fault) => fault !== null && fault !== undefined));
    if (key === null || score.fault !== undefined) return;
    if (score.value === 'failed') this.#reasons.set(this.#status.length, FAILED_IN_FILE);
    this.#status.push(score.value === null ? ABSTAINED : score.value === 'failed' ? FAILED : SCORED);
    this.#scores.push(typeof score.value === 'number' ? score.value : Number.NaN);
  }

  finish(): StoredScores {
    if (this.#columns === null) {
      const unread = this.unreadable.length === 0 ? '' : ` (${this.unreadable.length} could not be read)`;
      throw new StoreError(
        'STORE_FILE_EMPTY',
        `"${this.#file}" has a header and no rows${unread}; scores were wanted.`,
      );
    }
    throwRowFaults(this.#faults);
    return {
      file: this.#file,
      keys: this.#keys.keys,
      column: scoreColumn(this.#scores, this.#status, this.#reasons),
      unreadable: this.unreadable,
    };
  }

  #withoutKey(row: number, column: string): RowFault {
    return {
      code: 'STORE_KEY_MISSING',
      message: `Row ${row} of "${this.#file}" has nothing in column "${column}"; the id of an example was wanted.`,
    };
  }
}

function findColumns(names: readonly string[], file: string): { key: string; score: string } {
  checkColumnNames(
    names.map((name) => name.toLowerCase()),
    file,
  );
  const find = (wanted: string): string | undefined => names.find((name) => name.toLowerCase() === wanted);
  const key = find(KEYS[0]!) ?? find(KEYS[1]!);
  const score = find(SCORE);
  if (key !== undefined && score !== undefined) return { key, score };
  const lacks = [...(key === undefined ? ['"key" (or "id")'] : []), ...(score === undefined ? ['"score"'] : [])];
  throw new StoreError(
    'STORE_SCORE_COLUMN_MISSING',
    `"${file}" has the columns ${names.map((name) => `"${name}"`).join(', ')} and lacks ${lacks.join(' and ')}.\nWrite two columns: the id of each example as "key", and its "score".`,
  );
}

function incomplete({ file, unreadable }: StoredScores, missing: readonly string[], total: number): StoreError {
  const shown = missing.slice(0, SHOWN_KEYS).map((id) => JSON.stringify(id));
  const more = missing.length > SHOWN_KEYS ? ', …' : '';
  const unread = unreadable.length === 0 ? '' : ` ${unreadable.length} of its rows could not be read.`;
  return new StoreError(
    'STORE_SCORES_INCOMPLETE',
    `"${file}" has no row for ${missing.length} of the ${total} examples: ${shown.join(', ')}${more}.${unread}\nWrite a row for every example of the split; leave the score empty where the candidate abstains.`,
  );
}
