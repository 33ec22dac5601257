import { describe, expect, it } from 'vitest';
import { costOf, dealUnits } from './deal-units.ts';

// Members 0 to 2 read encoder 0, member 3 reads encoder 1, the others none.
const options = {
  encoderOf: (member: number) => [0, 0, 0, 1][member] ?? null,
  costMs: () => 1,
  encoderCostMs: (encoder: number) => [10, 2][encoder] ?? 0,
};

describe('dealUnits', () => {
  it('keeps the members on an encoder together, though another group would be cheaper', () => {
    // 13 for encoder 0 with three members, then 3, 1 and 1 in the other group.
    expect(dealUnits([4, 0, 3, 1, 5, 2], 2, options)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('deals members without an encoder as before', () => {
    expect(dealUnits([4, 5, 6], 2, { ...options, encoderOf: () => null })).toEqual([[4, 6], [5]]);
  });
});

describe('costOf', () => {
  it('counts each encoder once', () => {
    expect(costOf([0, 1, 3, 4], options)).toBe(10 + 1 + 1 + 2 + 1 + 1);
  });
});
