import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BettingBound, bettingInterval, createBettingBound, extendBettingBound } from './betting-bound.ts';
import { createRandom } from './random.ts';

const after = (observations: readonly number[], confidence?: number): BettingBound =>
  extendBettingBound(createBettingBound(confidence === undefined ? {} : { confidence }), observations);

function bernoulli(n: number, p: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => (random() < p ? 1 : 0));
}

/** The definition, read off the paper once more: is m ever outside of {m : max(K⁺ ÷ 2, K⁻ ÷ 2) < 1/α}? */
function isRuledOut(observations: readonly number[], m: number, alpha: number): boolean {
  let logHigher = 0;
  let logLower = 0;
  for (let t = 1; t <= observations.length; t++) {
    const past = observations.slice(0, t - 1);
    const means = past.map((_, i) => (0.5 + past.slice(0, i + 1).reduce((a, b) => a + b, 0)) / (i + 2));
    const variance = (0.25 + past.reduce((sum, x, i) => sum + (x - means[i]!) ** 2, 0)) / t;
    const bet = Math.sqrt((2 * Math.log(2 / alpha)) / (variance * t * Math.log(t + 1)));
    const x = observations[t - 1]!;
    logHigher += Math.log(1 + Math.min(bet, 0.5 / m) * (x - m));
    logLower += Math.log(1 - Math.min(bet, 0.5 / (1 - m)) * (x - m));
    if (Math.max(logHigher, logLower) + Math.log(0.5) >= Math.log(1 / alpha)) return true;
  }
  return false;
}

describe('createBettingBound', () => {
  it('starts without observations, with every candidate at capital 1', () => {
    const { observations, first, higher, movedAfter } = createBettingBound();
    expect({ observations, first, candidates: higher.length, movedAfter }).toEqual({
      observations: 0,
      first: 0,
      candidates: 4001,
      movedAfter: null,
    });
  });

  it.each([0, 1, 95, Number.NaN])('refuses confidence %d', (confidence) => {
    expect(() => createBettingBound({ confidence })).toThrow(
      expect.objectContaining({ code: 'EVAL_CONFIDENCE_INVALID' }),
    );
  });
});

describe('extendBettingBound', () => {
  it('gives the same in one go, one by one, and by way of JSON', () => {
    const observations = bernoulli(60, 0.8, 7);
    let oneByOne = createBettingBound();
    for (const x of observations) {
      oneByOne = JSON.parse(JSON.stringify(extendBettingBound(oneByOne, [x]))) as BettingBound;
    }
    expect(oneByOne).toEqual(after(observations));
  });

  it('leaves the bound that it is given as it was', () => {
    const bound = after([1, 0, 1]);
    const before = structuredClone(bound);
    extendBettingBound(bound, [0, 0, 0]);
    expect(bound).toEqual(before);
  });

  it('says when the mean has moved, and then only counts', () => {
    const moved = after([...bernoulli(1000, 0.99, 1), ...bernoulli(1000, 0.5, 2)]);
    expect(moved.movedAfter).toBeGreaterThan(1000);
    expect(moved.movedAfter).toBeLessThan(1200);
    expect(bettingInterval(moved)).toBeNull();
    const later = extendBettingBound(moved, [1, 1]);
    expect([later.observations, later.movedAfter]).toEqual([2002, moved.movedAfter]);
  });

  it('stays small and finite over a hundred thousand equal observations', () => {
    const bound = after(Array.from({ length: 100_000 }, () => 1));
    expect(bound.higher.length).toBeLessThan(100);
    expect([...bound.higher, ...bound.lower].every(Number.isFinite)).toBe(true);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses an observation of %d, and all of them at once', (x) => {
    expect(() => after([1, x, x])).toThrow(
      expect.objectContaining({ code: 'EVAL_OBSERVATION_INVALID', faults: expect.objectContaining({ length: 2 }) }),
    );
  });
});

describe('bettingInterval', () => {
  it('returns null without observations', () => {
    expect(bettingInterval(createBettingBound())).toBeNull();
  });

  it('is a bound after two observations by hand', () => {
    // α = ⅔, hence the limit 2 ÷ α = 3. The bets are √(2 ln 3 ÷ (¼ · ln 2)) = 3.56 and, with μ̂ = ¾ and
    // σ̂² = (¼ + 1⁄16) ÷ 2, √(2 ln 3 ÷ (σ̂² · 2 ln 3)) = 2.53; at m > .2 both are capped to ½ ÷ m. So the capital is
    // (1 + ½ (1 ÷ m − 1))², which is 3 at m = ½ ÷ (√3 − ½) = .4058.
    const [lower, upper] = bettingInterval(after([1, 1], 1 / 3))!;
    expect(lower).toBeLessThanOrEqual(0.4058);
    expect(lower).toBeGreaterThan(0.4053);
    expect(upper).toBe(1);
  });

  it.each([
    ['balanced', bernoulli(80, 0.5, 3)],
    ['mostly 1', bernoulli(150, 0.97, 4)],
    ['all 0', Array.from({ length: 50 }, () => 0)],
    ['between 0 and 1', Array.from(bernoulli(80, 0.5, 5), (x, i) => (x + (i % 7) / 6) / 2)],
  ])('agrees with the definition on a grid of candidates: %s', (_, observations) => {
    const [lower, upper] = bettingInterval(after(observations, 0.9))!;
    // The ends are rounded outwards by at most one step of the grid, π ÷ 8000 · sin 2θ ≤ .0004.
    const step = 0.0004;
    const candidates = Array.from({ length: 1000 }, (_value, g) => (g + 0.5) / 1000);
    const left = candidates.filter((m) => !isRuledOut(observations, m, 0.1));
    expect(left.every((m) => m > lower && m < upper)).toBe(true);
    const wellInside = candidates.filter((m) => m > lower + step && m < upper - step);
    expect(wellInside.filter((m) => !left.includes(m))).toEqual([]);
  });

  it('only narrows (property)', () => {
    const number = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 40 }),
        fc.array(number, { maxLength: 40 }),
        (early, late) => {
          const before = bettingInterval(after(early));
          const now = bettingInterval(after([...early, ...late]));
          fc.pre(before !== null && now !== null);
          expect(now[0]).toBeGreaterThanOrEqual(before[0]);
          expect(now[1]).toBeLessThanOrEqual(before[1]);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });

  it('mirrors when the observations do', () => {
    const observations = bernoulli(120, 0.9, 9);
    const [lower, upper] = bettingInterval(after(observations))!;
    const mirrored = bettingInterval(after(observations.map((x) => 1 - x)))!;
    expect(mirrored[0]).toBeCloseTo(1 - upper, 12);
    expect(mirrored[1]).toBeCloseTo(1 - lower, 12);
  });

  it('holds the mean at every time in at least 95 % of the streams', { tags: ['slow'] }, () => {
    let wrong = 0;
    for (let seed = 1; seed <= 200; seed++) {
      let bound = createBettingBound();
      bound = extendBettingBound(bound, bernoulli(2000, 0.9, seed));
      const interval = bettingInterval(bound);
      // It only narrows: whoever was outside at any time is outside at the end.
      if (interval === null || interval[0] > 0.9 || interval[1] < 0.9) wrong += 1;
    }
    expect(wrong / 200).toBeLessThanOrEqual(0.05);
  });
});
