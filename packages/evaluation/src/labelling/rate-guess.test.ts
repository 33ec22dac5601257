import { describe, expect, it } from 'vitest';
import { ASSUMED_RATES, concentrations, guessRates, type LabelCounts } from './rate-guess.ts';

const counts = (kind: LabelCounts['kind'], labels: number, positive: number, concentration = 1): LabelCounts => ({
  kind,
  labels,
  positive,
  concentration,
});

describe('guessRates', () => {
  it('is the assumed rate without labels', () => {
    const [unique, none] = guessRates([counts('unique', 0, 0), counts('none', 0, 0)], ASSUMED_RATES);
    expect(unique).toBe(0.5);
    expect(none).toBeCloseTo(0.01, 12);
  });

  it('is Jeffreys’s mean of the kind, and shrinks a stratum to it', () => {
    // The kind has 9 of 9: 9.5 ÷ 10. The second stratum has no labels: .95. The first starts from 9.5 and .5.
    const rates = guessRates([counts('unique', 9, 9), counts('unique', 0, 0)], ASSUMED_RATES);
    expect(rates[0]).toBeCloseTo(18.5 / 19, 12);
    expect(rates[1]).toBeCloseTo(0.95, 12);
  });

  it('keeps kinds apart', () => {
    expect(guessRates([counts('unique', 9, 0), counts('shared', 0, 0)], ASSUMED_RATES)[1]).toBe(0.5);
  });

  it('expects more where positive labels are concentrated, but no more than half', () => {
    const rates = guessRates([counts('none', 0, 0, 100), counts('none', 0, 0, 5)], ASSUMED_RATES);
    expect(rates[0]).toBe(0.5);
    expect(rates[1]).toBeCloseTo(0.05, 12);
  });

  it('is never 0 and never 1', () => {
    for (const rate of guessRates([counts('none', 1000, 0), counts('unique', 1000, 1000)], ASSUMED_RATES)) {
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThan(1);
    }
  });
});

describe('concentrations', () => {
  it('gives each band the same number of positive labels, and leaves other strata at 1', () => {
    const band = { from: -1, to: 0 };
    // 20 examples in two bands: 4 × 2.5 = 16 × .625 = 10.
    expect(
      concentrations([
        { band: null, examples: 7 },
        { band, examples: 4 },
        { band, examples: 16 },
      ]),
    ).toEqual([1, 2.5, 0.625]);
  });
});
