import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateProbabilities, type GateEvidence } from './gate-probabilities.ts';

function evidence(unique: [number, number], others: [number, number]): GateEvidence {
  return {
    unique: { truePositives: unique[0], falsePositives: unique[1] },
    others: { truePositives: others[0], falsePositives: others[1] },
  };
}

const policy = { lossBudget: 0.005, meritFloor: 0.9 };

describe('gateProbabilities', () => {
  // Summed by another program, in another language, on midpoint grids
  // of 40,000 × 1,200 × 6,000 cells over the arcsine scale.
  it.each([
    { unique: [8, 0], others: [534, 8], delta: 0.005, harm: 0.98467103 },
    { unique: [17, 4], others: [517, 4], delta: 0.005, harm: 0.23838014 },
    { unique: [50, 3], others: [20, 2], delta: 0.002, harm: 0.7360977 },
    { unique: [0, 3], others: [78, 143], delta: 0.002, harm: 0.2575583 },
    { unique: [0, 1], others: [0, 1], delta: 0.002, harm: 0.5148357 },
  ] as const)('gives harm $harm for $unique beside $others at a budget of $delta', (one) => {
    const { harm } = gateProbabilities(evidence([...one.unique], [...one.others]), {
      lossBudget: one.delta,
      meritFloor: 0.9,
    });
    expect(Math.abs(harm! - one.harm)).toBeLessThan(5e-6);
  });

  it('holds the line of the blueprint for 8/0 beside 534/8 with .38 and has merit with .81', () => {
    const { atLeastOthers, merit } = gateProbabilities(evidence([8, 0], [534, 8]), policy);
    expect(atLeastOthers).toBeCloseTo(0.38, 2);
    expect(merit).toBeCloseTo(0.81, 2);
  });

  it('needs 96 perfect unique positives beside 534/8 before the line is held with .9', () => {
    expect(gateProbabilities(evidence([95, 0], [534, 8])).atLeastOthers).toBeLessThan(0.9);
    expect(gateProbabilities(evidence([96, 0], [534, 8])).atLeastOthers).toBeGreaterThan(0.9);
  });

  it('is one half for equal evidence', () => {
    expect(gateProbabilities(evidence([7, 2], [7, 2])).atLeastOthers).toBeCloseTo(0.5, 10);
    expect(gateProbabilities(evidence([1e5, 1e4], [1e5, 1e4])).atLeastOthers).toBeCloseTo(0.5, 8);
  });

  it('returns null for all three when one of the sets is empty, with its nearest pass', () => {
    const nothing = { atLeastOthers: null, harm: null, merit: null };
    expect(gateProbabilities(evidence([0, 0], [5, 1]), policy)).toEqual(nothing);
    expect(gateProbabilities(evidence([5, 1], [0, 0]), policy)).toEqual(nothing);
    expect(gateProbabilities(evidence([1, 0], [0, 1]), policy).merit).toBeGreaterThan(0);
  });

  it('takes no budget to be the line itself', () => {
    const { atLeastOthers, harm } = gateProbabilities(evidence([9, 3], [80, 20]), { lossBudget: 0, meritFloor: 0.5 });
    expect(harm).toBe(atLeastOthers);
  });

  it('stays within [0, 1], mirrors, and grows with the budget', () => {
    const count = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 100_000 }), fc.double({ min: 0, max: 5, noNaN: true }));
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        fc.pre(a + b > 0 && c + d > 0);
        const at = (lossBudget: number): number =>
          gateProbabilities(evidence([a, b], [c, d]), { lossBudget, meritFloor: 0.9 }).harm!;
        const [none, small, large] = [at(0), at(0.002), at(0.1)];
        expect(none).toBeGreaterThanOrEqual(0);
        expect(small).toBeGreaterThanOrEqual(none - 1e-5);
        expect(large).toBeGreaterThanOrEqual(small - 1e-5);
        expect(large).toBeLessThanOrEqual(1);
        const swapped = gateProbabilities(evidence([c, d], [a, b])).atLeastOthers!;
        expect(none + swapped).toBeCloseTo(1, 6);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [evidence([-1, 0], [1, 0]), policy, 'EVAL_COUNT_INVALID'],
    [evidence([1, 0], [Number.NaN, 0]), policy, 'EVAL_COUNT_INVALID'],
    [evidence([1, 0], [1, 0]), { lossBudget: 0.1, meritFloor: 1.1 }, 'EVAL_GATE_INVALID'],
  ])('refuses what cannot be counted or promised', (counts, promised, code) => {
    expect(() => gateProbabilities(counts, promised)).toThrow(expect.objectContaining({ code }));
  });
});
