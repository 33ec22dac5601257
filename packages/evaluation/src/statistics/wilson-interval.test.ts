import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveSize, wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3: 81/263 → .2553 to .3662, 15/148 → .0624 to .1605,
  // 0/20 → .0000 to .1611, 1/29 → .0061 to .1718.
  it.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('gives the published interval of %d of %d', (successes, total, lower, upper) => {
    expect(wilsonInterval(successes, total)?.map((end) => end.toFixed(4))).toEqual([lower, upper]);
  });

  it('returns null of nothing, and an interval of one', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(0, 1)?.[0]).toBe(0);
  });

  it('uses the effective size and the share, not the sums of weights', () => {
    expect(wilsonInterval(40, 100, { effectiveSize: 10 })).toEqual(wilsonInterval(4, 10));
  });

  // z = 2.575829: (.8 + .331745 ± 2.575829 √(.016 + .016587)) ÷ 1.663490 with z² = 6.634897.
  it('is wider at a higher confidence', () => {
    const [lower, upper] = wilsonInterval(8, 10, { confidence: 0.99 })!;
    expect(lower).toBeCloseTo(0.400819, 6);
    expect(upper).toBeCloseTo(0.959869, 6);
    expect(wilsonInterval(8, 10, { confidence: 0.95 })).toEqual(wilsonInterval(8, 10));
  });

  it.each([0, 1, 95, Number.NaN])('refuses a confidence of %d', (confidence) => {
    expect(() => wilsonInterval(8, 10, { confidence })).toThrow(
      expect.objectContaining({ code: 'EVAL_CONFIDENCE_INVALID' }),
    );
  });

  it('lies within [0, 1], holds the share, and mirrors', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const total = successes + failures;
        const [lower, upper] = wilsonInterval(successes, total)!;
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(successes / total);
        expect(upper).toBeGreaterThanOrEqual(successes / total);
        expect(wilsonInterval(failures, total)![0]).toBeCloseTo(1 - upper, 12);
      }),
    );
  });

  it.each([
    [2, 1],
    [-1, 1],
    [0, Number.NaN],
  ])('refuses %d of %d', (successes, total) => {
    expect(() => wilsonInterval(successes, total)).toThrow(expect.objectContaining({ code: 'EVAL_COUNT_INVALID' }));
  });
});

describe('effectiveSize', () => {
  it('is the number of examples at equal weights', () => {
    expect(effectiveSize({ weight: 15, squares: 45 })).toBe(5);
  });

  it('is less at unequal weights, and 0 of nothing', () => {
    expect(effectiveSize({ weight: 4, squares: 10 })).toBe(1.6);
    expect(effectiveSize({ weight: 0, squares: 0 })).toBe(0);
  });
});
