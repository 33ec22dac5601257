import { describe, expect, it } from 'vitest';
import { binomialCoverage } from './binomial-coverage.ts';
import { simulateCoverage } from './coverage.ts';
import { meanOf } from './coverage-row.ts';

describe('binomialCoverage', () => {
  // One toss: Wilson's interval of 0 of 1 is [0, .793], of 1 of 1 [.207, 1]; both hold one half, and only the second .9.
  it('adds up the counts whose interval holds the share', () => {
    expect(binomialCoverage(1, 0.5)).toBeCloseTo(1, 12);
    expect(binomialCoverage(1, 0.9)).toBeCloseTo(0.9, 12);
  });
});

describe('simulateCoverage', () => {
  it(
    'finds the intervals of evaluate near 95 %, and the percentiles of a bootstrap far from it',
    { tags: ['slow'] },
    () => {
      const { wilson, weighted, rules, independentFigures, clusteredFigures } = simulateCoverage({
        seed: 1,
        scale: 0.05,
      });
      const meanByRule = new Map(rules.map(({ name, cells }) => [name, meanOf(cells)]));
      expect(meanByRule.get('percentiles of the bootstrap')).toBeLessThan(0.85);
      expect(meanByRule.get('Wilson, clusters ignored')).toBeLessThan(0.85);
      const used = rules.filter(({ name }) => name === 'what `evaluate` does');
      for (const { name, cells } of [...wilson, ...weighted, ...used, ...independentFigures, ...clusteredFigures]) {
        // Twenty samples a cell: a mean over the grid is known to about ± .01.
        expect([name, Math.abs(meanOf(cells) - 0.95) < 0.03]).toEqual([name, true]);
      }
    },
  );
});
