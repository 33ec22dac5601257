import { describe, expect, it } from 'vitest';
import { applyMove } from './apply-move.ts';
import { rowTable } from '../../test/row-table.ts';

const table = rowTable([{ count: 1, label: 1, scores: { a: 1, b: 1 } }]);
const shown = ({ members }: typeof table): unknown => members.map(({ name, threshold }) => [name, threshold]);

describe('applyMove', () => {
  it('removes a member, moves a threshold, or does several together', () => {
    const raise = { kind: 'threshold', member: 'b', from: 0.5, to: 0.75 } as const;
    const remove = { kind: 'remove', member: 'a' } as const;
    expect(shown(applyMove(table, remove))).toEqual([['b', 0.5]]);
    expect(shown(applyMove(table, raise))).toEqual([
      ['a', 0.5],
      ['b', 0.75],
    ]);
    expect(shown(applyMove(table, { kind: 'together', moves: [raise, remove] }))).toEqual([['b', 0.75]]);
  });

  it('leaves the table as it is', () => {
    applyMove(table, { kind: 'remove', member: 'a' });
    expect(table.members).toHaveLength(2);
  });

  it('refuses a member that is not there and a threshold that is no number', () => {
    expect(() => applyMove(table, { kind: 'remove', member: 'c' })).toThrow(
      expect.objectContaining({ code: 'EVAL_MEMBER_UNKNOWN' }),
    );
    expect(() => applyMove(table, { kind: 'threshold', member: 'a', from: 0.5, to: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'EVAL_THRESHOLD_INVALID' }),
    );
  });
});
