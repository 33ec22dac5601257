import { column, scoreColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreOrder } from './score-order.ts';

describe('scoreOrder', () => {
  it('puts the highest score first and leaves out what was not scored', () => {
    expect([...scoreOrder(column([0.1, null, 0.9, Number.NaN, -3], (score) => score))]).toEqual([2, 0, 4]);
  });

  it('keeps the order of examples with equal scores', () => {
    expect([...scoreOrder(scoreColumn([1, 2, 1, 2, 2]))]).toEqual([1, 3, 4, 0, 2]);
  });

  it('takes −0 for 0', () => {
    expect([...scoreOrder(scoreColumn([-0, 0, -0]))]).toEqual([0, 1, 2]);
  });

  it('is the order of a comparison sort, from the largest to the smallest numbers of float32', () => {
    const score = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 1, -1, 1e-45, -1e-45, 3.4028234663852886e38, -3.4028234663852886e38),
    );
    fc.assert(
      // Doubles that differ may be one float32.
      fc.property(fc.array(score.map(Math.fround)), (scores) => {
        const expected = scores.map((_, i) => i).toSorted((a, b) => scores[b]! - scores[a]! || a - b);
        expect([...scoreOrder(scoreColumn(scores))]).toEqual(expected);
      }),
    );
  });
});
