import { describe, expect, it } from 'vitest';
import { falsePassRate } from './false-pass-rate.ts';
import { meritOf } from './gate-probabilities.ts';

const rules = { meritFloor: 0.9, meritConfidence: 0.8 };

/** P(merit is shown) of a candidate at the floor, summed outcome by outcome. */
function byDefinition(n: number): number {
  let [rate, chance] = [0, (1 - rules.meritFloor) ** n];
  for (let k = 0; k <= n; k++) {
    if (meritOf({ truePositives: k, falsePositives: n - k }, rules.meritFloor)! >= rules.meritConfidence)
      rate += chance;
    chance *= ((n - k) / (k + 1)) * (rules.meritFloor / (1 - rules.meritFloor));
  }
  return rate;
}

describe('falsePassRate', () => {
  it('is .9⁸ for one candidate at the floor with eight unique positives, because 8/0 shows merit and 7/1 does not', () => {
    expect(falsePassRate(1, { ...rules, uniquePositives: 8 })).toBeCloseTo(0.9 ** 8, 12);
  });

  it('is 0 where no count shows merit, and after no query', () => {
    expect(falsePassRate(5, { ...rules, uniquePositives: 7 })).toBe(0);
    expect(falsePassRate(0, rules)).toBe(0);
  });

  it('takes the number of labels at which luck helps most when none is given', () => {
    expect(falsePassRate(1, rules)).toBeCloseTo(0.9 ** 8, 12);
  });

  it.each([9, 23, 40, 160])('is the binomial tail for %d unique positives', (uniquePositives) => {
    expect(falsePassRate(1, { ...rules, uniquePositives })).toBeCloseTo(byDefinition(uniquePositives), 10);
  });

  it('comes to 1 − c₂ for one candidate with many labels', () => {
    expect(falsePassRate(1, { ...rules, uniquePositives: 100_000 })).toBeCloseTo(0.2, 2);
  });

  it('grows with the queries as if they were independent', () => {
    const one = falsePassRate(1, { ...rules, uniquePositives: 40 });
    expect(falsePassRate(10, { ...rules, uniquePositives: 40 })).toBeCloseTo(1 - (1 - one) ** 10, 12);
  });

  it.each([
    [-1, rules],
    [1.5, rules],
    [1, { ...rules, uniquePositives: Number.NaN }],
  ])('refuses %d queries with %o', (queries, options) => {
    expect(() => falsePassRate(queries, options)).toThrow(expect.objectContaining({ code: 'EVAL_COUNT_INVALID' }));
  });
});
