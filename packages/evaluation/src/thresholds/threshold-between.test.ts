import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdAbove, thresholdBetween } from './threshold-between.ts';

const score = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('thresholdBetween', () => {
  it('is the midpoint where that is a float32', () => {
    expect(thresholdBetween(0.25, 0.5)).toBe(0.375);
    expect(thresholdBetween(-1, 1)).toBe(0);
  });

  // 1 + 2⁻²³ is the next float32 after 1.
  it('is the upper score where no float32 lies between', () => {
    expect(thresholdBetween(1, 1 + 2 ** -23)).toBe(1 + 2 ** -23);
    expect(thresholdBetween(0, 2 ** -149)).toBe(2 ** -149);
  });

  it('is strictly between where a float32 lies between', () => {
    expect(thresholdBetween(1, 1 + 2 ** -22)).toBe(1 + 2 ** -23);
  });

  it('lets the upper score in and the lower one not, over the whole range', () => {
    fc.assert(
      fc.property(score, score, (a, b) => {
        fc.pre(a !== b);
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
        const threshold = thresholdBetween(lower, upper);
        expect(Math.fround(threshold)).toBe(threshold);
        expect([upper >= threshold, lower >= threshold]).toEqual([true, false]);
      }),
    );
  });
});

describe('thresholdAbove', () => {
  it('is the next float32', () => {
    expect(thresholdAbove(1)).toBe(1 + 2 ** -23);
    expect(thresholdAbove(0)).toBe(2 ** -149);
    expect(thresholdAbove(-0)).toBe(2 ** -149);
    expect(thresholdAbove(-1)).toBe(-1 + 2 ** -24);
  });

  it('is null above the largest float32', () => {
    expect(thresholdAbove(3.4028234663852886e38)).toBeNull();
  });
});
