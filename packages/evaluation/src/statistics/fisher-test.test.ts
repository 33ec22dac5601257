import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherTest } from './fisher-test.ts';

/** n! ÷ (k! (n − k)!), small enough to be exact. */
function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return Math.round(result);
}

describe('fisherTest', () => {
  // The lady tasting tea: (16 + 1 + 16 + 1) ÷ 70. 1/9 and 11/3: the example of Wikipedia's article on the test, .002759.
  it('gives the published probabilities', () => {
    expect(fisherTest([3, 1], [1, 3])).toBeCloseTo(34 / 70, 12);
    expect(fisherTest([1, 9], [11, 3])).toBeCloseTo(0.002759, 6);
  });

  it('is 1 where there is nothing to compare', () => {
    expect(fisherTest([0, 0], [3, 4])).toBe(1);
    expect(fisherTest([0, 5], [0, 4])).toBe(1);
    expect(fisherTest([5, 0], [4, 0])).toBe(1);
  });

  it('is the sum over the tables with these margins that are not more likely', () => {
    const count = fc.nat({ max: 9 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const probability = (k: number): number => choose(a + b, k) * choose(c + d, a + c - k);
        let all = 0;
        let rare = 0;
        for (let k = Math.max(0, a - d); k <= Math.min(a + b, a + c); k++) {
          all += probability(k);
          if (probability(k) <= probability(a)) rare += probability(k);
        }
        expect(fisherTest([a, b], [c, d])).toBeCloseTo(rare / all, 9);
        expect(fisherTest([c, d], [a, b])).toBeCloseTo(rare / all, 9);
      }),
    );
  });

  it('is quick and quiet for millions', () => {
    expect(fisherTest([5e6, 5e6], [5e6, 5e6])).toBeCloseTo(1, 6);
    expect(fisherTest([1e6, 0], [0, 1e6])).toBe(0);
  });
});
