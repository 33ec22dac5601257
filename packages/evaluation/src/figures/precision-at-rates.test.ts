import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { precisionAtRates } from './precision-at-rates.ts';
import { precisionIntervalAtRate } from './prevalence.ts';

/** Half of the labels are 1; the suite's precision is 3/4, that of "urls" alone is 1/2 and "words" is always right. */
const evaluation = evaluate({
  labels: [1, 1, 1, 0, 0, 0],
  members: [
    { name: 'words', judgements: [1, 1, 0, 0, 0, 0] },
    { name: 'urls', judgements: [0, 1, 1, 1, 0, 0] },
  ],
});

describe('precisionAtRates', () => {
  // Odds of 3 at one half are odds of 3 · (1/9) = 1/3 at one tenth, and 1 · (1/9) are 1/9: 1/4 and 1/10.
  it('maps the suite and its members by odds, unique precision included', () => {
    const { rateHere, suite, members } = precisionAtRates(evaluation, 0.1);
    expect(rateHere).toBe(0.5);
    expect(suite.precision).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.25, 12)]);
    expect(members[1]?.uniquePrecision).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.1, 12)]);
    expect(members[0]?.precision).toEqual([1, 1]);
  });

  it('maps the ends of an interval to the ends of the rate', () => {
    const { suite, rateThere } = precisionAtRates(evaluation, [0.1, 0.2]);
    expect(rateThere).toEqual([0.1, 0.2]);
    expect(suite.precision).toEqual([expect.closeTo(0.25, 12), expect.closeTo(3 / 7, 12)]);
    expect(suite.precisionInterval).toEqual(
      precisionIntervalAtRate(evaluation.suite.precisionInterval, { rateHere: 0.5, rateThere: [0.1, 0.2] }),
    );
  });

  it('says what it assumes', () => {
    expect(precisionAtRates(evaluation, [0.0015, 0.02]).assumption).toBe(
      'Assumes that examples of one label look the same there as here, P(example | label), and that only the share of positive labels differs: 50 % here, 0.15 % to 2 % there.',
    );
  });

  it('returns null without labels, without one of them, and where a precision is null', () => {
    const members = [{ name: 'words', judgements: [1, 0] as const }];
    const none = { precision: null, precisionInterval: null };
    expect(precisionAtRates(evaluate({ labels: [null, null], members }), 0.1)).toMatchObject({
      rateHere: null,
      suite: none,
    });
    expect(precisionAtRates(evaluate({ labels: [1, 1], members }), 0.1).suite).toEqual(none);
    expect(precisionAtRates(evaluation, 0.1).members[0]).toMatchObject({ uniquePrecision: [1, 1] });
    const silent = evaluate({ labels: [1, 0], members: [{ name: 'words', judgements: [0, 0] }] });
    expect(precisionAtRates(silent, 0.1).members[0]).toEqual({
      name: 'words',
      ...none,
      uniquePrecision: null,
      uniquePrecisionInterval: null,
    });
  });

  it.each([-0.1, 1.1, Number.NaN, [0.2, 0.1] as const, [0, Number.NaN] as const])(
    'refuses the rate %j, also when there is nothing to map',
    (rate) => {
      const empty = evaluate({ labels: [], members: [] });
      for (const one of [evaluation, empty]) {
        expect(() => precisionAtRates(one, rate)).toThrow(expect.objectContaining({ code: 'EVAL_RATE_INVALID' }));
      }
    },
  );
});
