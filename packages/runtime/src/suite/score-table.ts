import type { FailureReason, ScoreColumn } from '@clamor/contract';

/** Score columns of every member over n examples. */
export interface ScoreTable {
  /** Shape [n]. */
  readonly keys: readonly string[];
  /**
   * One column of shape [n] per installed version of a member that is not off, in the order of the suite; faulty ones
   * have failed columns. The version that counts goes by the member's name, another one by `name@version`.
   */
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  /** Index of an example that could not be read → why; it is failed in every column. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** Columns one below the other. */
export function joinColumns(columns: readonly ScoreColumn[]): ScoreColumn {
  const length = columns.reduce((sum, column) => sum + column.scores.length, 0);
  const scores = new Float32Array(length);
  const status = new Uint8Array(length);
  const reasons = new Map<number, FailureReason>();
  let start = 0;
  for (const column of columns) {
    scores.set(column.scores, start);
    status.set(column.status, start);
    for (const [i, reason] of column.reasons) reasons.set(start + i, reason);
    start += column.scores.length;
  }
  return { scores, status, reasons };
}
