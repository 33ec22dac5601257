import { column, failedColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { hasBit, union } from '../table/bit-column.ts';
import { normalisedScores } from './normalised-scores.ts';
import type { ScoredTable } from '../table/scored-table.ts';

const scored = (name: string, threshold: number, scores: readonly (number | null)[]) => ({
  name,
  threshold,
  column: column(scores, (score) => score),
});

/** The same judgements from scores and thresholds twice as large. */
function doubled({ members, ...rest }: ScoredTable): ScoredTable {
  return {
    ...rest,
    members: members.map(({ name, threshold, column: { scores, status, reasons } }) => ({
      name,
      threshold: threshold * 2,
      column: { scores: scores.map((score) => score * 2), status, reasons },
    })),
  };
}

describe('normalisedScores', () => {
  // Scores 3 and above are two of four examples: tail(threshold) = 2/4. Tails of 4, 3, 2, 1: 1/4, 2/4, 3/4, 4/4.
  it('is the power of ten by which the tail at the threshold exceeds the tail at the score', () => {
    const table = { labels: [null, null, null, null], members: [scored('a', 2.5, [4, 3, 2, 1])] };
    const expected = [2, 1, 2 / 3, 1 / 2].map(Math.log10);
    expect([...normalisedScores(table)].map((r, i) => r - expected[i]!)).toEqual([0, 0, 0, 0]);
  });

  it('counts tails by sampling weight', () => {
    const table = { labels: [null, null], weights: [1, 9], members: [scored('a', 1.5, [2, 1])] };
    expect([...normalisedScores(table)]).toEqual([0, -1]);
  });

  it('takes the highest over the members', () => {
    const table = {
      labels: [null, null, null],
      members: [scored('a', 2.5, [3, 2, 1]), scored('b', 2.5, [1, 3, 2])],
    };
    const [first, second, third] = normalisedScores(table);
    expect([first, second]).toEqual([0, 0]);
    expect(third).toBeCloseTo(Math.log10(1 / 2), 12);
  });

  it('is −Infinity where nobody scored', () => {
    const failed = { name: 'b', threshold: 0, column: failedColumn(2, { code: 'MEMBER_THREW', message: '' }) };
    expect([...normalisedScores({ labels: [1, 0], members: [scored('a', 0, [1, null]), failed] })]).toEqual([
      0,
      -Infinity,
    ]);
    expect([...normalisedScores({ labels: [1, 0], members: [] })]).toEqual([-Infinity, -Infinity]);
  });

  it('keeps the order of the scores when the threshold lets nobody in', () => {
    const [high, low] = normalisedScores({ labels: [null, null], members: [scored('a', 9, [2, 1])] });
    expect(high).toBeCloseTo(Math.log10(1 / 2), 12);
    expect(low).toBeCloseTo(Math.log10(1 / 4), 12);
  });

  it('does not depend on the scale of the scores', () => {
    fc.assert(
      fc.property(arbitraryScoredTable(), (table) => {
        expect(normalisedScores(doubled(table))).toEqual(normalisedScores(table));
      }),
    );
  });

  it('is at least 0 exactly where the suite is positive', () => {
    fc.assert(
      fc.property(arbitraryScoredTable(), (table) => {
        const bits = columnsToTable(table);
        const any = union(
          bits.members.map(({ positive }) => positive),
          Math.ceil(bits.examples / 32),
        );
        const scores = [...normalisedScores(table)];
        expect(scores.map((r) => r >= 0)).toEqual(scores.map((_, i) => hasBit(any, i)));
      }),
    );
  });

  it('refuses what is no table', () => {
    expect(() => normalisedScores({ labels: [1], members: [scored('a', Number.NaN, [1])] })).toThrow(
      expect.objectContaining({ code: 'EVAL_THRESHOLD_INVALID' }),
    );
  });
});
