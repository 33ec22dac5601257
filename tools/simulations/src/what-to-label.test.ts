import { columnsToTable, createRandom, evaluate } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { drawSpamStream } from './spam-stream.ts';
import { relativeBias, simulatePlans, truthsOf } from './what-to-label.ts';

describe('simulatePlans', () => {
  it(
    'finds the figures of a plan right on average, their intervals right and narrower than at random',
    { tags: ['slow'] },
    () => {
      const random = createRandom(1);
      const stream = truthsOf(evaluate(columnsToTable(drawSpamStream(200_000, random))));
      const tallies = simulatePlans({ seed: 1, scale: 0.06, known: 0 }, stream, random);
      expect(tallies).toHaveLength(9);
      for (const { ways } of tallies) {
        const { runs, coverage, meanWidth } = ways.plan;
        // The mean of that many errors has a standard error itself; the page, at full scale, asks for a tenth.
        expect(Math.abs(relativeBias(ways.plan) ?? 0)).toBeLessThan(0.1 + 3 / Math.sqrt(runs));
        expect(coverage).toBeGreaterThan(0.85);
        expect(meanWidth).toBeLessThan(ways.random.meanWidth);
      }
    },
  );
});
