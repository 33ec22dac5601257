import { describe, expect, it } from 'vitest';

import { f1Interval } from './f1-interval.ts';

const counts = { examples: 100, weight: 100, truePositives: 8, falsePositives: 1, falseNegatives: 1 };

describe('f1Interval', () => {
  it('maps both ends of the interval of 8 of 10, which is [0.4902, 0.9433]', () => {
    const [low, high] = f1Interval(counts) ?? [0, 0];
    expect(low).toBeCloseTo((2 * 0.4901625) / 1.4901625, 6);
    expect(high).toBeCloseTo((2 * 0.9433178) / 1.9433178, 6);
  });

  it('returns null when there is nothing to count', () => {
    expect(f1Interval({ ...counts, truePositives: 0, falsePositives: 0, falseNegatives: 0 })).toBeNull();
  });

  it('returns null with sampling weights', () => {
    expect(f1Interval({ ...counts, weight: 163.4 })).toBeNull();
  });
});
