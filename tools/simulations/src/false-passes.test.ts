import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { simulateBelow, simulateFloor, simulateLooks } from './false-passes.ts';

const options = { seed: 1, scale: 0.1 };

describe('simulateFloor', () => {
  it(
    'finds one candidate at the floor passing as falsePassRate says, ten as it says or less, a hundred nearly always',
    { tags: ['slow'] },
    () => {
      for (const { what, rates, bounds } of simulateFloor(options, createRandom(1))) {
        // 400 splits: four standard errors are at most .1.
        expect(Math.abs(rates[0]! - bounds![0]!)).toBeLessThan(0.1);
        expect(rates[1]!).toBeLessThan(bounds![1]! + 0.1);
        const atLeast = what === 'none' ? bounds![1]! - 0.1 : 0; // an upper bound only where labels are shared
        expect(rates[1]!).toBeGreaterThan(atLeast);
        expect(rates[2]!).toBeGreaterThan(0.75);
      }
    },
  );
});

describe('simulateBelow', () => {
  it('finds the luck of a candidate below the floor shrinking with the labels', { tags: ['slow'] }, () => {
    const [few, more, most] = simulateBelow(options, createRandom(2)).filter(({ what }) => what === 'u = 0.8');
    expect(few!.rates[1]!).toBeGreaterThan(most!.rates[1]!);
    expect(more!.rates[2]!).toBeGreaterThan(most!.rates[2]!);
    expect(most!.rates[1]!).toBeLessThan(0.05);
  });
});

describe('simulateLooks', () => {
  it('finds twenty looks passing about twice as often as is asked of one', { tags: ['slow'] }, () => {
    for (const { what, rates } of simulateLooks(options, createRandom(3))) {
      const asked = what === 'c₂ = 0.8' ? 0.2 : 0.1;
      expect(rates[2]!).toBeGreaterThan(2 * asked);
      expect(rates[2]!).toBeLessThan(0.75);
      expect(rates[0]!).toBeLessThanOrEqual(rates[1]!);
    }
  });
});
