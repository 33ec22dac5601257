import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone, join, positivesOf, type Rules, thresholdRows, unionOf } from './systems.ts';

const RULES: Rules = { policy: { precisionFloor: 0.9, uniquePrecisionFloor: 0.5 }, spendShare: 2 / 3 };
// Nine spams and three hams that thresholds are chosen on, then a spam and a ham that are only measured.
const LABELS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0] as const;
const MAILS = LABELS.map((label, i) => ({
  id: String(i),
  label,
  cluster: String(i),
  role: i < 12 ? ('train' as const) : ('measured' as const),
  kind: label === 1 ? 'other' : null,
}));
const KNOWN = Uint8Array.from(LABELS, (_, i) => Number(i < 12));
const ROWS = thresholdRows(MAILS, KNOWN);

describe('alone', () => {
  // At 4.5 there are 5 true positives and none false; one step lower 5/6 < .9, two steps lower 6/7 < .9.
  it('takes the most true positives at the floor, chosen without the measured mails', () => {
    const scores = Float32Array.of(9, 8, 7, 6, 5, 3, 0, 0, 0, 4, 0, 0, 4.6, 4.4);
    expect(alone(scores, ROWS, RULES)).toMatchObject({ threshold: 4.5 });
    expect([...alone(scores, ROWS, RULES).positive]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });
});

describe('join', () => {
  const system = { positive: Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0) };
  // The budget is ⌊9 · .1 ÷ .9⌋ = 1, nothing is spent, so one is allowed: at 2.5 it adds 4 true and 1 false, 9/10 is the floor.
  it('spends what the system has left and adds its own positives', () => {
    const scores = Float32Array.of(0, 0, 0, 0, 0, 9, 8, 6, 5, 0, 7, 0, 0, 9);
    const joined = join(system, scores, ROWS, RULES);
    expect(joined.step).toMatchObject({ threshold: 2.5, budgetLeft: 1, newTruePositives: 4, newFalsePositives: 1 });
    expect([...joined.positive]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1]);
  });

  it('has nothing to spend beside a system that has spent all', () => {
    const spent = { positive: Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0) };
    const scores = Float32Array.of(0, 0, 0, 0, 0, 9, 8, 6, 5, 0, 7, 0, 0, 0);
    const joined = join(spent, scores, ROWS, RULES);
    // Above the ham at 7 it adds two: 7 true and 1 false are below .9. So it is positive nowhere.
    expect(joined.step).toMatchObject({
      threshold: 10,
      budgetLeft: 0,
      allowed: 0,
      newTruePositives: 0,
      newFalsePositives: 0,
    });
  });

  it('never loses a positive, whatever the scores (property)', () => {
    const scores = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN)), {
      minLength: 14,
      maxLength: 14,
    });
    const before = fc.array(fc.constantFrom(0, 1), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(before, scores, (positive, column) => {
        const joined = join({ positive: Uint8Array.from(positive) }, Float32Array.from(column), ROWS, RULES);
        expect(positive.filter((was, i) => was === 1 && joined.positive[i] === 0)).toEqual([]);
        expect(joined.step.newFalsePositives).toBeLessThanOrEqual(joined.step.allowed);
      }),
    );
  });
});

describe('positivesOf', () => {
  it('takes the threshold itself for positive and an abstention for none', () => {
    expect([...positivesOf(Float32Array.of(1, 0.5, Number.NaN), 1)]).toEqual([1, 0, 0]);
    expect([...unionOf([Uint8Array.of(1, 0, 0), Uint8Array.of(0, 0, 1)])]).toEqual([1, 0, 1]);
  });
});
