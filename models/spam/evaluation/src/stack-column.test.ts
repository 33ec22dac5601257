import { scoreColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { stackColumn } from './stack-column.ts';

const STACK = {
  bias: 1,
  members: [
    { name: 'a', weight: 2, centre: 0.5, whenAbstained: -1 },
    { name: 'b', weight: 10, centre: 0, whenAbstained: -3 },
  ],
};

describe('stackColumn', () => {
  // 1 + 2 · (1.5 − .5) + 10 · 2 = 23; with b abstained 1 + 2 − 3 = 0
  it('adds weighted scores, and for an abstention what it is worth', () => {
    const columns = [scoreColumn([1.5, 1.5]), scoreColumn([2, 0], [0, 1])];
    expect([...stackColumn(STACK, columns).scores]).toEqual([23, 0]);
  });

  it('fails where a member failed, and says which', () => {
    const column = stackColumn(STACK, [scoreColumn([1, 1]), scoreColumn([Number.NaN, 1])]);
    expect([...column.status]).toEqual([2, 0]);
    expect(column.reasons.get(0)?.message).toContain('"b"');
  });
});
