import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { precisionAtRate, precisionIntervalAtRate } from './prevalence.ts';

describe('precisionAtRate', () => {
  it('maps by odds: 9 to 1 at one half are 1 to 1 at one tenth', () => {
    expect(precisionAtRate(0.9, { rateHere: 0.5, rateThere: 0.1 })).toBeCloseTo(0.5, 12);
  });

  it('keeps every ranking of precisions, and comes back', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (a, b, rateHere, rateThere) => {
        const there = precisionAtRate(a, { rateHere, rateThere })!;
        expect(precisionAtRate(there, { rateHere: rateThere, rateThere: rateHere })).toBeCloseTo(a, 9);
        const other = precisionAtRate(b, { rateHere, rateThere })!;
        expect((there - other) * (a - b)).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it('returns null where a label does not occur here, and where there is no precision', () => {
    expect(precisionAtRate(0.9, { rateHere: 1, rateThere: 0.1 })).toBeNull();
    expect(precisionAtRate(0.9, { rateHere: 0, rateThere: 0.1 })).toBeNull();
    expect(precisionAtRate(null, { rateHere: 0.5, rateThere: 0.1 })).toBeNull();
  });

  it('returns null for certain precision where there are no positives at all', () => {
    expect(precisionAtRate(1, { rateHere: 0.5, rateThere: 0 })).toBeNull();
    expect(precisionAtRate(0.9, { rateHere: 0.5, rateThere: 0 })).toBe(0);
  });

  it('refuses what is not a share', () => {
    expect(() => precisionAtRate(1.2, { rateHere: 0.5, rateThere: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'EVAL_RATE_INVALID', faults: expect.objectContaining({ length: 2 }) }),
    );
  });
});

describe('precisionIntervalAtRate', () => {
  it('maps the ends alike', () => {
    const [lower, upper] = precisionIntervalAtRate([0.5, 0.9], { rateHere: 0.5, rateThere: 0.1 })!;
    expect(lower).toBeCloseTo(0.1, 12);
    expect(upper).toBeCloseTo(0.5, 12);
  });

  it('takes the lower end to the lower rate when the rate is known within bounds', () => {
    const [lower, upper] = precisionIntervalAtRate([0.5, 0.5], { rateHere: 0.5, rateThere: [0.1, 0.2] })!;
    expect([lower, upper].map((end) => end.toFixed(12))).toEqual(['0.100000000000', '0.200000000000']);
  });

  it('returns null of no interval, and refuses bounds the wrong way round', () => {
    expect(precisionIntervalAtRate(null, { rateHere: 0.5, rateThere: 0.1 })).toBeNull();
    expect(() => precisionIntervalAtRate([0.5, 0.6], { rateHere: 0.5, rateThere: [0.2, 0.1] })).toThrow(
      expect.objectContaining({ code: 'EVAL_RATE_INVALID' }),
    );
  });
});
