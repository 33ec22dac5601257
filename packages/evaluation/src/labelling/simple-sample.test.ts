import { describe, expect, it } from 'vitest';
import { createRandom } from '../statistics/random.ts';
import { drawExamples } from './simple-sample.ts';

describe('drawExamples', () => {
  it('draws each example at most once, ascending', () => {
    const drawn = drawExamples([7, 3, 9, 5], 3, createRandom(1));
    expect(new Set(drawn).size).toBe(3);
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
  });

  it('takes all when all are asked for, and none when none', () => {
    expect(drawExamples([7, 3, 9], 3, createRandom(1))).toEqual([3, 7, 9]);
    expect(drawExamples([7, 3, 9], 0, createRandom(1))).toEqual([]);
  });

  it('draws every pair equally often', () => {
    const random = createRandom(1);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const pair = drawExamples([0, 1, 2, 3], 2, random).join(' ');
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    // Six pairs, 1,000 each; the standard deviation is √(6000 · 1⁄6 · 5⁄6) = 29.
    expect([...counts.values()].every((count) => Math.abs(count - 1000) < 100)).toBe(true);
    expect(counts.size).toBe(6);
  });
});
