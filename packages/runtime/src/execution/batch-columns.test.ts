import { type FailureReason, type ScoreColumn, column, failedColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { BatchColumns } from './batch-columns.ts';
import type { ScoreResult } from './worker-protocol.ts';

const REASON: FailureReason = { code: 'MEMBER_DEADLINE', message: 'late' };
const UNREADABLE: FailureReason = { code: 'EXAMPLE_INVALID', message: 'no text' };

function part(member: number, scores: readonly number[], unreadable: readonly number[] = []): ScoreResult {
  return {
    columns: [{ member, column: column(scores, (score) => score), timeMs: 2 }],
    unreadable: new Map(unreadable.map((i) => [i, UNREADABLE])),
    parseTimeMs: 1,
  };
}

function columnOf(columns: BatchColumns, member: number): ScoreColumn {
  return columns.result([member]).columns[0]?.column as ScoreColumn;
}

describe('BatchColumns', () => {
  it('puts a column together from pieces, each at its place', () => {
    const columns = new BatchColumns(4);
    columns.take(part(0, [3, 1]), [3, 1]);
    expect(columns.missing(0, [0, 1, 2, 3])).toEqual([0, 2]);
    columns.take(part(0, [0, 2]), [0, 2]);
    expect(columns.missing(0, [0, 1, 2, 3])).toEqual([]);
    expect([...columnOf(columns, 0).scores]).toEqual([0, 1, 2, 3]);
    expect(columns.result([0]).columns[0]?.timeMs).toBe(4);
  });

  it('keeps a whole column as it came', () => {
    const columns = new BatchColumns(2);
    const whole = part(5, [1, 2]);
    columns.take(whole, [0, 1]);
    expect(columnOf(columns, 5)).toBe(whole.columns[0]?.column);
    expect(columns.timeMsOf(5)).toBe(2);
  });

  it('fails a member on some examples and keeps what it said of the others', () => {
    const columns = new BatchColumns(2);
    columns.take(part(0, [7]), [1]);
    columns.fail(0, REASON, [0]);
    const { scores, status, reasons } = columnOf(columns, 0);
    expect([[...scores], [...status], [...reasons]]).toEqual([[Number.NaN, 7], [2, 0], [[0, REASON]]]);
  });

  it('fails an example that cannot be read in every column, also those that were scored before', () => {
    const columns = new BatchColumns(2);
    columns.take(part(0, [1, 2]), [0, 1]);
    columns.exclude(1, UNREADABLE);
    const { scores, status, reasons } = columnOf(columns, 0);
    expect([[...scores], [...status], [...reasons]]).toEqual([[1, Number.NaN], [0, 2], [[1, UNREADABLE]]]);
    expect(columns.missing(9, [0, 1])).toEqual([0]);
  });

  it('tells unreadable examples by their place in the batch', () => {
    const columns = new BatchColumns(3);
    columns.take({ ...part(0, []), columns: [], unreadable: new Map([[1, UNREADABLE]]) }, [0, 2]);
    expect([...columns.result([]).unreadable]).toEqual([[2, UNREADABLE]]);
    expect(columns.isExcluded(2)).toBe(true);
  });

  it('has a failed column for one that never answered', () => {
    const columns = new BatchColumns(1);
    columns.fail(3, REASON, [0]);
    expect(columnOf(columns, 3)).toMatchObject({ ...failedColumn(1, REASON) });
  });
});
