import { describe, expect, it } from 'vitest';
import { thresholdBetween } from './samples.ts';

describe('thresholdBetween', () => {
  it('lies in the middle of the widest gap, and is a float32', () => {
    expect(thresholdBetween([8, 1, 2])).toBe(5);
    const threshold = thresholdBetween([0.1, 0.2]);
    expect(Math.fround(threshold)).toBe(threshold);
    expect(threshold).toBeCloseTo(0.15, 6);
  });

  it('refuses scores that are all the same', () => {
    expect(() => thresholdBetween([3, 3])).toThrow(expect.objectContaining({ code: 'GENERATE_SAMPLES_ALIKE' }));
  });
});
