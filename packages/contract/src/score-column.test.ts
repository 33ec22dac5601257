import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { column, failedColumn, scoreColumn } from './score-column.ts';

describe('column', () => {
  it('scores each example as float32', () => {
    expect([...column([0.7], (x) => x).scores]).toEqual([Math.fround(0.7)]);
  });

  it('abstains on null, and only on null', () => {
    const { scores, status, reasons } = column([1, null, Number.NaN, Infinity], (x) => x);
    expect([...status]).toEqual([0, 1, 2, 2]);
    expect([...scores]).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
    expect(reasons.get(2)?.code).toBe('MEMBER_SCORE_NOT_FINITE');
    expect(reasons.has(1)).toBe(false);
  });

  it('fails a number that only float32 cannot hold', () => {
    expect([...column([1e39], (x) => x).status]).toEqual([2]);
  });
});

describe('scoreColumn', () => {
  it('copies what it is given', () => {
    const scores = Float32Array.of(1, 2);
    const made = scoreColumn(scores);
    scores[0] = 9;
    expect([...made.scores]).toEqual([1, 2]);
  });

  it('clears the scores of examples that were not scored', () => {
    expect([...scoreColumn([1, 2, 3], [0, 1, 2]).scores]).toEqual([1, Number.NaN, Number.NaN]);
  });

  it('refuses a status of another length', () => {
    expect(() => scoreColumn([1, 2], [0])).toThrowError(expect.objectContaining({ code: 'CONTRACT_COLUMN_INVALID' }));
  });

  it('has NaN exactly where the status is not scored, and a reason exactly where it failed itself (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ score: fc.float(), status: fc.constantFrom(0, 1) })), (entries) => {
        const made = scoreColumn(
          entries.map((entry) => entry.score),
          entries.map((entry) => entry.status),
        );
        for (const [i, status] of made.status.entries()) {
          expect(Number.isNaN(made.scores[i])).toBe(status !== 0);
          expect(made.reasons.has(i)).toBe(status === 2);
        }
      }),
    );
  });
});

describe('failedColumn', () => {
  it('fails every example for the one reason', () => {
    const reason = { code: 'MEMBER_LOAD_FAILED', message: 'no model' };
    expect(failedColumn(2, reason)).toEqual({
      scores: Float32Array.of(Number.NaN, Number.NaN),
      status: Uint8Array.of(2, 2),
      reasons: new Map([
        [0, reason],
        [1, reason],
      ]),
    });
  });
});
