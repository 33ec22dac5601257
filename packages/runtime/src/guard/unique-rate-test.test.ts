import { createRandom } from '@clamor/evaluation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UniqueRateTest, type WhoIsPositive, containedWithin } from './unique-rate-test.ts';

const RATES = [0, 1e-9, 0.0001, 0.01, 0.2, 0.63, 0.9, 0.999];
const rates = fc.constantFrom(...RATES);
const WHO = ['alone', 'nobody', 'others'] as const;
const stream = fc.array(fc.constantFrom<WhoIsPositive>(...WHO), { maxLength: 40 });

function after(rate: number, xs: readonly WhoIsPositive[], runLength = 1e6, ownRate = rate): UniqueRateTest {
  const test = new UniqueRateTest({ rate, ownRate, runLength });
  for (const x of xs) test.observe(x);
  return test;
}

/** The definition, read off the books once more: Rₙ = Σ w Σ_ν Π L, and the likeliest (alternative, ν). Rates within (0, 1). */
function byDefinition(
  rate: number,
  ownRate: number,
  xs: readonly WhoIsPositive[],
): { statistic: number; from: number } {
  const risen: number[] = [];
  for (let odds = 2; ; odds *= 2) {
    risen.push((odds * rate) / (1 - rate + odds * rate));
    if ((odds * rate) / (1 - rate) >= 50) break;
  }
  const alternatives = [
    ...risen.map((p) => ({
      weight: 0.5 / risen.length,
      starts: WHO as readonly string[],
      ratio: (x: WhoIsPositive): number => (x === 'alone' ? p / rate : (1 - p) / (1 - rate)),
    })),
    {
      weight: 0.5,
      starts: ['alone', 'nobody'],
      ratio: (x: WhoIsPositive): number => ({ alone: 1 / ownRate, nobody: 0, others: 1 })[x],
    },
  ];
  let [statistic, highest, from] = [0, 1, xs.length + 1];
  for (const { weight, starts, ratio } of alternatives) {
    for (let start = 0; start < xs.length; start++) {
      const likelihood = xs.slice(start).reduce((product, x) => product * ratio(x), 1);
      if (starts.includes(xs[start]!)) statistic += weight * likelihood;
      if (likelihood > highest * (1 + 1e-9)) [highest, from] = [likelihood, start + 1];
    }
  }
  return { statistic, from };
}

/** Examples until the alarm; `Infinity` when there is none within `limit`. */
function delay(test: UniqueRateTest, draw: () => WhoIsPositive, limit: number): number {
  for (let n = 1; n <= limit; n++) if (test.observe(draw())) return n;
  return Infinity;
}

describe('UniqueRateTest', () => {
  it('is the statistic of the definition, and names the likeliest change (property)', () => {
    const both = fc.constantFrom<[number, number]>([0.01, 0.01], [0.01, 0.3], [0.2, 0.2], [0.2, 0.5], [0.63, 0.63]);
    fc.assert(
      fc.property(both, stream, ([rate, ownRate], xs) => {
        const test = after(rate, xs, Infinity, ownRate);
        const { statistic, from } = byDefinition(rate, ownRate, xs);
        expect(test.statistic / Math.max(statistic, 1e-9)).toBeCloseTo(xs.length === 0 ? 0 : 1, 9);
        const change = test.likelyChange();
        // Several places may be equally likely, up to rounding.
        const since = xs.slice(change.example - 1);
        const fromThere = byDefinition(rate, ownRate, since).from + change.example - 1;
        expect([from, fromThere]).toContain(change.example);
        expect(change.uniquePositives).toBe(since.filter((x) => x === 'alone').length);
        expect(test.earliestChange()).toBeLessThanOrEqual(change.example);
      }),
    );
  });

  it('grows by at most 1 per example on average when all is well, whatever came before (property)', () => {
    // From E[Rₙ | the past] ≤ 1 + Rₙ₋₁ the run length follows. Others are positive on a share of the examples.
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const against = fc.constantFrom<('declared' | 'own')[]>('declared', 'own');
    fc.assert(
      fc.property(
        fc.constantFrom(...RATES.slice(1)),
        stream,
        share,
        share,
        against,
        (rate, xs, others, part, which) => {
          const ownRate = Math.sqrt(rate); // larger
          const before = after(rate, xs, Infinity, ownRate).statistic;
          const next = (x: WhoIsPositive): number => {
            const test = after(rate, xs, Infinity, ownRate);
            test.observe(x, which);
            return test.statistic;
          };
          const alone = part * Math.min(which === 'own' ? ownRate : rate, (1 - others) * ownRate);
          const mean = alone * next('alone') + (1 - others - alone) * next('nobody') + others * next('others');
          expect(mean / (1 + before)).toBeLessThan(1 + 1e-9);
        },
      ),
    );
  });

  it.each([0.001, 0.2, 0.63])('grows by exactly 1 at the declared rate when others are silent: %d', (rate) => {
    const xs = ['alone', 'nobody', 'others', 'alone'] as const;
    const mean =
      rate * after(rate, [...xs, 'alone'], Infinity).statistic +
      (1 - rate) * after(rate, [...xs, 'nobody'], Infinity).statistic;
    expect(mean / (1 + after(rate, xs, Infinity).statistic)).toBeCloseTo(1, 9);
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
          delay(test, () => (random() < rate ? 'alone' : 'nobody'), limit),
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
    const test = after(0.01, ['alone', 'alone', 'alone', 'alone']);
    expect([test.alarmed, test.examples]).toEqual([true, 4]);
    expect([test.observe('nobody'), test.examples]).toEqual([true, 4]);
  });

  it('alarms at the first unique positive when none is declared, never when all are', () => {
    expect(after(0, ['nobody', 'others', 'nobody'], 1e18, 0.5).alarmed).toBe(false);
    expect(after(0, ['nobody', 'others', 'alone'], 1e18, 0.5).alarmed).toBe(true);
    const always = new UniqueRateTest({ rate: 1, runLength: 10 });
    expect(delay(always, () => 'alone', 1000)).toBe(Infinity);
  });

  it('sees yes to everything through the positives of others, where the declared rate is too generous to', () => {
    // Alone on every second example, which is below .63; but on each that the others leave open.
    const test = new UniqueRateTest({ rate: 0.63 });
    expect(delay(test, () => (test.examples % 2 === 0 ? 'alone' : 'others'), 1000)).toBeLessThanOrEqual(
      2 * containedWithin({ rate: 0.63 })!,
    );
  });

  it('does not alarm on quiet alone, however rare a positive was declared to be', () => {
    // Rₙ grows by about ½ per quiet example here; so it is above 1,000 after 4,000, and that is nobody's fault.
    const quiet = Array.from({ length: 4000 }, () => 'nobody' as const);
    const test = after(1e-9, quiet, 1000);
    expect([test.statistic > 1000, test.alarmed]).toEqual([true, false]);
  });

  it('stays finite over long quiet and long noise', () => {
    for (const rate of RATES.slice(1)) {
      const test = new UniqueRateTest({ rate, runLength: Number.MAX_VALUE });
      for (let n = 0; n < 5000 && !test.alarmed; n++) test.observe(n % 7 > 5 ? 'alone' : WHO[1 + (n % 2)]!);
      expect(test.statistic).not.toBeNaN();
    }
  });
});

describe('containedWithin', () => {
  it('is at most 50 up to an own rate of .77, at the run length of a million', () => {
    expect(containedWithin({ rate: 0.01, ownRate: 0.77 })).toBe(50);
    expect(containedWithin({ rate: 0.01, ownRate: 0.78 })).toBeGreaterThan(50);
  });

  it('is what the sum of powers says', () => {
    // ½ Σ p₁⁻ᵏ for k = 1 … n ≥ 10⁶: at p₁ = ½ that is 2ⁿ − 1 ≥ 10⁶, n = 20; at .05 ½ · 20⁵ is 1.6e6 and ½ · 20⁴ (1 + …) 8.4e4: n = 5.
    expect([containedWithin({ rate: 0.5 }), containedWithin({ rate: 0.05 })]).toEqual([20, 5]);
  });

  it('holds whatever came before, whatever others say, and whatever the declared rate (property)', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), stream, stream, (ownRate, part, past, others) => {
        const rate = part * ownRate;
        const test = after(rate, past, 1e6, ownRate);
        let turned = 0;
        for (let n = 0; !test.alarmed && n < 100_000; n++) {
          const who = others[n % (others.length + 1)] === 'others' ? 'others' : 'alone';
          if (who === 'alone') turned += 1;
          test.observe(who);
        }
        expect(turned).toBeLessThanOrEqual(containedWithin({ rate, ownRate })!);
      }),
    );
  });

  it('is 1 when no positive is declared, and null when nothing but positives is', () => {
    expect([containedWithin({ rate: 0 }), containedWithin({ rate: 0.1, ownRate: 1 })]).toEqual([1, null]);
  });
});
