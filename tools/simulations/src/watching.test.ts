import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { simulateShares } from './watching.ts';

describe('simulateShares', () => {
  it(
    'finds the betting bound wrong in at most 5 % of the streams, and a Wilson interval that is looked at always in many',
    { tags: ['slow'] },
    () => {
      for (const { runs, wrong, widths } of simulateShares({ seed: 1, scale: 0.1 }, createRandom(1))) {
        // 100 streams: 11 or more of 100 would have a probability of .01 at 5 %.
        expect(wrong.betting / runs).toBeLessThanOrEqual(0.1);
        expect(wrong.wilson / runs).toBeGreaterThan(0.2);
        for (const { betting, wilson } of widths) expect(betting).toBeGreaterThan(wilson);
      }
    },
  );
});
