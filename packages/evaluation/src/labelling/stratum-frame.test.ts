import { describe, expect, it } from 'vitest';
import { totalVariance } from './stratum-frame.ts';

describe('totalVariance', () => {
  it('is the variance of the estimated total over everything that may happen', () => {
    // Two examples, one of which is drawn; labels are 1 with probability ¼ each. The estimate is 2y. Var = E[Var given the
    // labels] = P(one of two is 1) · 1 = 2 · ¼ · ¾ = .375, which is b (1⁄1 − 1⁄2) with b = 2 · 2 · ¼ · ¾ = .75.
    expect(totalVariance(2, 2, 0.25) * (1 - 1 / 2)).toBeCloseTo(0.375, 12);
  });

  it('grows with the squares of the sampling weights', () => {
    expect(totalVariance(2, 8, 0.25)).toBe(4 * totalVariance(2, 2, 0.25));
  });
});
