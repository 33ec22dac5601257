import { describe, expect, it } from 'vitest';
import { confidenceBelow } from './band-evidence.ts';
import { createRandom } from '../statistics/random.ts';

describe('confidenceBelow', () => {
  // Floor ½: ∫ over q = sin² θ, θ ≤ π/4, of cos² θ is π/8 + ¼; π/4 normalises it; L(½) = ½. M = 2 (π/8 + ¼) ÷ (π/4) = 1 + 2/π.
  it('is 1 − 1/M of one false positive, worked out by hand', () => {
    expect(confidenceBelow({ truePositives: 0, falsePositives: 1 }, 0.5)).toBeCloseTo(1 - 1 / (1 + 2 / Math.PI), 12);
  });

  it('is 0 where the band speaks for the floor, and null without evidence', () => {
    expect(confidenceBelow({ truePositives: 9, falsePositives: 0 }, 0.5)).toBe(0);
    expect(confidenceBelow({ truePositives: 0, falsePositives: 0 }, 0.5)).toBeNull();
  });

  it('rises with every false positive, up to large counts', () => {
    const sure = [1, 3, 10, 100, 10_000].map((falsePositives) =>
      confidenceBelow({ truePositives: 0, falsePositives }, 0.9),
    );
    expect(sure).toEqual(sure.toSorted((a, b) => a! - b!));
    expect(sure.at(-1)).toBe(1);
  });

  it('needs no floor between 0 and 1: below 0 is nothing, below 1 is any false positive', () => {
    expect(confidenceBelow({ truePositives: 5, falsePositives: 5 }, 0)).toBe(0);
    expect(confidenceBelow({ truePositives: 5, falsePositives: 1 }, 1)).toBe(1);
    expect(confidenceBelow({ truePositives: 5, falsePositives: 0 }, 1)).toBe(0);
  });

  it(
    'says .9 of any band on the way in at most one walk of ten, when the precision is the floor',
    { tags: ['slow'] },
    () => {
      const random = createRandom(11);
      let wrong = 0;
      for (let walk = 0; walk < 500; walk++) {
        let [truePositives, falsePositives] = [0, 0];
        let highest = 0;
        for (let i = 0; i < 100; i++) {
          if (random() < 0.9) truePositives += 1;
          else falsePositives += 1;
          highest = Math.max(highest, confidenceBelow({ truePositives, falsePositives }, 0.9)!);
        }
        if (highest >= 0.9) wrong += 1;
      }
      expect(wrong / 500).toBeLessThanOrEqual(0.1);
      expect(wrong).toBeGreaterThan(0);
    },
  );
});
