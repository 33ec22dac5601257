import { column, failedColumn, scoreColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBitTable } from './bit-table.ts';
import { columnsToTable } from './columns-to-table.ts';

describe('columnsToTable', () => {
  it('calls a score at the threshold positive, both rounded to float32', () => {
    const scores = column([0.7, 0.69, 0.71], (score) => score);
    const table = columnsToTable({ labels: [1, 0, null], members: [{ name: 'a', column: scores, threshold: 0.7 }] });
    expect(table).toEqual(toBitTable({ labels: [1, 0, null], members: [{ name: 'a', judgements: [1, 0, 1] }] }));
  });

  it('keeps abstentions and failures', () => {
    const scores = column([0.9, null, Number.NaN, 0.1], (score) => score);
    const table = columnsToTable({
      labels: [1, 1, 1, 1],
      weights: [1, 2, 3, 4],
      members: [
        { name: 'a', column: scores, threshold: 0.5 },
        { name: 'b', column: failedColumn(4, { code: 'MEMBER_LOAD_FAILED', message: 'no model' }), threshold: 0 },
      ],
    });
    expect(table).toEqual(
      toBitTable({
        labels: [1, 1, 1, 1],
        weights: [1, 2, 3, 4],
        members: [
          { name: 'a', judgements: [1, null, 'failed', 0] },
          { name: 'b', judgements: ['failed', 'failed', 'failed', 'failed'] },
        ],
      }),
    );
  });

  it('judges every example alike, whether the word it shares holds abstentions and failures or not', () => {
    const some = fc.constantFrom<number | null>(0.1, 0.5, 0.9, null, Number.NaN);
    const scored = fc.array(fc.constantFrom<number | null>(0.1, 0.5, 0.9), { minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(scored, fc.array(some, { maxLength: 40 }), scored, (first, mixed, last) => {
        const inputs = [...first, ...mixed, ...last];
        const judgements = inputs.map((score) =>
          score === null ? null : Number.isNaN(score) ? 'failed' : score >= 0.5 ? 1 : 0,
        );
        const labels = inputs.map(() => 1 as const);
        const members = [{ name: 'a', column: column(inputs, (score) => score), threshold: 0.5 }];
        expect(columnsToTable({ labels, members })).toEqual(
          toBitTable({ labels, members: [{ name: 'a', judgements }] }),
        );
      }),
    );
  });

  it('reports a wrong length, threshold and status together', () => {
    const scores = scoreColumn([0.5], [0]);
    const wrong = { ...scores, status: Uint8Array.of(7) };
    const members = [{ name: 'a', column: wrong, threshold: Number.NaN }];
    expect(() => columnsToTable({ labels: [1, 0], members })).toThrow(
      expect.objectContaining({
        faults: ['EVAL_LENGTH_MISMATCH', 'EVAL_LENGTH_MISMATCH', 'EVAL_THRESHOLD_INVALID', 'EVAL_STATUS_INVALID'].map(
          (code) => expect.objectContaining({ code }),
        ),
      }),
    );
  });

  it('refuses a scored example without a finite score: NaN is never read as negative', () => {
    const scores = { scores: Float32Array.of(Number.NaN), status: Uint8Array.of(0), reasons: new Map() };
    expect(() => columnsToTable({ labels: [1], members: [{ name: 'a', column: scores, threshold: 0 }] })).toThrow(
      expect.objectContaining({ code: 'EVAL_STATUS_INVALID' }),
    );
  });
});
