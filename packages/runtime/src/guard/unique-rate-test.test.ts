import { createRandom } from '@clamor/evaluation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UniqueRateTest, examplesToContain } from './unique-rate-test.ts';

const RATES = [0, 1e-9, 0.0001, 0.01, 0.2, 0.63, 0.9, 0.999];
const rates = fc.constantFrom(...RATES);
const stream = fc.array(fc.boolean(), { maxLength: 40 });

function after(rate: number, xs: readonly boolean[], runLength = 1e6): UniqueRateTest {
  const test = new UniqueRateTest({ rate, runLength });
  for (const x of xs) test.observe(x);
  return test;
}

/** The definition, read off the books once more: Rₙ = Σ_θ w_θ Σ_ν Π L, and the likeliest (θ, ν). Rates within (0, 1). */
function byDefinition(rate: number, xs: readonly boolean[]): { statistic: number; from: number } {
  const alternatives: number[] = [];
  for (let odds = 2; ; odds *= 2) {
    const p1 = (odds * rate) / (1 - rate + odds * rate);
    alternatives.push(p1);
    if ((odds * rate) / (1 - rate) >= 50) break;
  }
  const weighted = [...alternatives.map((p1) => ({ p1, w: 0.75 / alternatives.length })), { p1: 1, w: 0.25 }];
  let [statistic, highest, from] = [0, 1, xs.length + 1];
  for (const { p1, w } of weighted) {
    for (let start = 0; start < xs.length; start++) {
      const likelihood = xs.slice(start).reduce((l, x) => l * (x ? p1 / rate : (1 - p1) / (1 - rate)), 1);
      statistic += w * likelihood;
      if (likelihood > highest * (1 + 1e-9)) [highest, from] = [likelihood, start + 1];
    }
  }
  return { statistic, from };
}

/** Examples until the alarm; `Infinity` when there is none within `limit`. */
function delay(test: UniqueRateTest, draw: () => boolean, limit: number): number {
  for (let n = 1; n <= limit; n++) if (test.observe(draw())) return n;
  return Infinity;
}

describe('UniqueRateTest', () => {
  it('is the statistic of the definition, and names the likeliest change (property)', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.01, 0.2, 0.63), stream, (rate, xs) => {
        const test = after(rate, xs, Infinity);
        const { statistic, from } = byDefinition(rate, xs);
        expect(test.statistic / Math.max(statistic, 1e-9)).toBeCloseTo(xs.length === 0 ? 0 : 1, 9);
        const change = test.likelyChange();
        // Several places may be equally likely, up to rounding.
        const fromThere = byDefinition(rate, xs.slice(change.example - 1)).from + change.example - 1;
        expect([from, fromThere]).toContain(change.example);
        expect(change.uniquePositives).toBe(xs.slice(change.example - 1).filter(Boolean).length);
        expect(test.earliestChange()).toBeLessThanOrEqual(change.example);
      }),
    );
  });

  it('grows by 1 per example at the declared rate and by less below it, whatever came before (property)', () => {
    // E[Rₙ | the past] = 1 + Rₙ₋₁ at p₀, ≤ below: from this the run length follows.
    fc.assert(
      fc.property(
        fc.constantFrom(...RATES.filter((rate) => rate > 0)),
        stream,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (declared, xs, share) => {
          const before = after(declared, xs, Infinity).statistic;
          const mean = (p: number): number =>
            p * after(declared, [...xs, true], Infinity).statistic +
            (1 - p) * after(declared, [...xs, false], Infinity).statistic;
          expect(mean(declared) / (1 + before)).toBeCloseTo(1, 9);
          expect(mean(share * declared) / (1 + before)).toBeLessThan(1 + 1e-9);
        },
      ),
    );
  });

  it('keeps to that with a rate of its own for each example', () => {
    const test = (x: boolean): number => {
      const mixed = after(0.01, [true, false, true], Infinity);
      mixed.observe(x, 0.2);
      return mixed.statistic;
    };
    const before = after(0.01, [true, false, true], Infinity).statistic;
    expect((0.2 * test(true) + 0.8 * test(false)) / (1 + before)).toBeCloseTo(1, 9);
  });

  it.each([
    [0.001, 0.001],
    [0.05, 0.05],
    [0.05, 0.025],
    [0.3, 0.3],
  ])(
    'runs 1,000 examples or more on average before a false alarm when that is promised: declared %d, true %d',
    { tags: ['slow'] },
    (declared, rate) => {
      const random = createRandom(7);
      const limit = 20_000;
      const runs = Array.from({ length: 2000 }, () => {
        const test = new UniqueRateTest({ rate: declared, runLength: 1000 });
        return Math.min(
          limit,
          delay(test, () => random() < rate, limit),
        );
      });
      const mean = runs.reduce((a, b) => a + b, 0) / runs.length;
      // Cut at 20,000, the mean is too low; its standard error is below 1,000 ÷ √2000 · 5 = 112.
      expect(mean).toBeGreaterThan(1000);
    },
  );

  it('alarms never later than from a fresh start, whatever came before (property)', () => {
    fc.assert(
      fc.property(rates, stream, stream, (rate, past, future) => {
        const [fresh, grown] = [after(rate, []), after(rate, past)];
        for (const x of future) expect(Number(grown.observe(x))).toBeGreaterThanOrEqual(Number(fresh.observe(x)));
      }),
    );
  });

  it('says no more after an alarm', () => {
    const test = after(0.01, [true, true, true, true]);
    expect([test.alarmed, test.examples]).toEqual([true, 4]);
    expect([test.observe(false), test.examples]).toEqual([true, 4]);
  });

  it('alarms at the first unique positive when none is declared, never when all are', () => {
    expect([false, false, true].map((x, _, xs) => after(0, xs.slice(0, xs.indexOf(x) + 1)).alarmed)).toEqual([
      false,
      false,
      true,
    ]);
    const always = new UniqueRateTest({ rate: 1, runLength: 10 });
    expect(delay(always, () => true, 1000)).toBe(Infinity);
  });

  it('does not alarm on quiet alone, however rare a positive was declared to be', () => {
    // Rₙ is about n without a positive; so it is above 1,000 after 3,000 examples, and that is nobody's fault.
    const test = after(
      1e-9,
      Array.from({ length: 3000 }, () => false),
      1000,
    );
    expect([test.statistic > 1000, test.alarmed]).toEqual([true, false]);
  });

  it('stays finite over long quiet and long noise', () => {
    for (const rate of RATES.slice(1)) {
      const test = new UniqueRateTest({ rate, runLength: Number.MAX_VALUE });
      for (let n = 0; n < 5000 && !test.alarmed; n++) test.observe(n % 7 > 5);
      expect(test.statistic).not.toBeNaN();
    }
  });
});

describe('examplesToContain', () => {
  it('is at most 50 up to a rate of .76, at the run length of a million', () => {
    expect(examplesToContain({ rate: 0.76 })).toBe(49);
    expect(examplesToContain({ rate: 0.77 })).toBeGreaterThan(50);
  });

  it('is what the sum of yes-to-everything alone allows, or less', () => {
    // ¼ Σ p₀⁻ᵏ for k = 1…n ≥ 10⁶: at p₀ = ½ that is ½ (2ⁿ − 1) ≥ 10⁶, n = 21; at .05 it is n = 6 (¼ · 20⁶ = 1.6e7; 20⁵: 8e5 · 1.05).
    expect(examplesToContain({ rate: 0.5 })).toBeLessThanOrEqual(21);
    expect(examplesToContain({ rate: 0.05 })).toBeLessThanOrEqual(6);
  });

  it('grows with the rate and with the run length (property)', () => {
    const rate = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [fewer, more] = [examplesToContain({ rate: low })!, examplesToContain({ rate: high })!];
        expect(fewer).toBeLessThanOrEqual(more + 1); // the alternatives are steps, so it may be off by one
        expect(examplesToContain({ rate: low, runLength: 1000 })).toBeLessThanOrEqual(fewer);
      }),
    );
  });

  it('is 1 when no unique positive is declared, and null when nothing but unique positives is', () => {
    expect([examplesToContain({ rate: 0 }), examplesToContain({ rate: 1 })]).toEqual([1, null]);
  });
});
