// Question: after how many examples does the guard alarm when a member's unique positives have become more?
// Source: ours; the delay to be expected is ln A ÷ the divergence of the two rates (Lorden, Ann. Math. Statist. 42 (1971),
// 1897–1908).
import type { Random } from '@clamor/evaluation';
import { Guard, UniqueRateTest, type WhoIsPositive, containedWithin } from '@clamor/runtime';

import type { SimulationOptions } from './simulation.ts';

const RUNS = 10_000;
/** A stream is given up after so many examples. */
const LONGEST = 2_000_000;
const RUN_LENGTH = 1_000_000;

/** Quantiles of what was counted in many streams; `Infinity` where it did not come to an alarm. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** How long it takes from the change to the alarm. The test has just started, which is its slowest. */
export interface Delay {
  /** Declared rate. */
  readonly declared: number;
  /** The rate after the change. */
  readonly rate: number;
  readonly runs: number;
  readonly examples: Quantiles;
  /** Verdicts that it alone made positive until then. */
  readonly turned: Quantiles;
  /** ln A ÷ divergence. */
  readonly expected: number;
}

/** A member that says yes to everything, while others are positive on a share of the examples. */
export interface YesDelay extends Delay {
  readonly others: number;
  /** `containedWithin`: a bound for what it turns, whatever the others say. */
  readonly bound: number | null;
}

/** Yes to everything, by declared rate and by what the others say. */
export function simulateYes({ scale }: SimulationOptions, random: Random): YesDelay[] {
  const runs = Math.ceil(RUNS * scale);
  return [0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.63, 0.77].flatMap((declared) =>
    [0, 0.25, 0.5].map((others) => ({
      others,
      bound: containedWithin({ rate: declared }),
      ...delays({ declared, rate: 1 - others, elsewhere: 'others', runs }, random),
    })),
  );
}

/** A rate of 3, 10 and 100 times the declared one. */
export function simulateRises({ scale }: SimulationOptions, random: Random): (Delay & { readonly factor: number })[] {
  return [0.0001, 0.001, 0.01, 0.05, 0.2].flatMap((declared) =>
    [3, 10, 100]
      .filter((factor) => factor * declared <= 1)
      .map((factor) => {
        const runs = Math.ceil((RUNS * scale) / (declared * factor < 0.01 ? 20 : 2));
        return { factor, ...delays({ declared, rate: factor * declared, runs }, random) };
      }),
  );
}

/** A rate just above the declared one. */
export function simulateDrift({ scale }: SimulationOptions, random: Random): (Delay & { readonly factor: number })[] {
  const runs = Math.ceil((RUNS * scale) / 200);
  return [0.01, 0.05, 0.2].flatMap((declared) =>
    [1.1, 1.25, 1.5, 2].map((factor) => ({
      factor,
      ...delays({ declared, rate: factor * declared, runs }, random),
    })),
  );
}

interface Change {
  readonly declared: number;
  readonly rate: number;
  /** Who is positive where it is not alone. Default: nobody. */
  readonly elsewhere?: WhoIsPositive;
  readonly runs: number;
}

function delays({ declared, rate, elsewhere = 'nobody', runs }: Change, random: Random): Delay {
  const examples: number[] = [];
  const turned: number[] = [];
  for (let run = 0; run < runs; run++) {
    const test = new UniqueRateTest({ rate: declared, runLength: RUN_LENGTH });
    let positives = 0;
    while (!test.alarmed && test.examples < LONGEST) {
      const isAlone = random() < rate;
      positives += isAlone ? 1 : 0;
      test.observe(isAlone ? 'alone' : elsewhere);
    }
    examples.push(test.alarmed ? test.examples : Infinity);
    turned.push(test.alarmed ? positives : Infinity);
  }
  return {
    declared,
    rate,
    runs,
    examples: quantiles(examples),
    turned: quantiles(turned),
    expected: Math.log(RUN_LENGTH) / divergence(rate, declared),
  };
}

/** Kullback–Leibler divergence of two rates. */
function divergence(rate: number, from: number): number {
  return divergencePart(rate, from) + divergencePart(1 - rate, 1 - from);
}

function divergencePart(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log(p / q);
}

/** Which verdicts an alarm lists for re-judging, against the truth. */
export interface AffectedKeys {
  readonly declared: number;
  readonly rate: number;
  readonly runs: number;
  /** Share of the unique positives since the change that are listed. */
  readonly found: number;
  /** Listed ones from before the change, per alarm. */
  readonly tooMany: number;
}

const QUIET = 2000;

/** A rise after 2,000 examples at half the declared rate. */
export function simulateAffected({ scale }: SimulationOptions, random: Random): AffectedKeys[] {
  const runs = Math.ceil((RUNS * scale) / 10);
  return [
    { declared: 0.01, rate: 1 },
    { declared: 0.01, rate: 0.1 },
    { declared: 0.01, rate: 0.03 },
    { declared: 0.1, rate: 1 },
    { declared: 0.1, rate: 0.3 },
  ].map((change) => listed({ ...change, runs }, random));
}

function listed({ declared, rate, runs }: Change, random: Random): AffectedKeys {
  let [affected, found, tooMany] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const guard = new Guard({ members: [{ name: 'a', version: '1.0.0', rate: declared }], runLength: RUN_LENGTH });
    for (let n = 1; !guard.isAlarmed('a') && n < LONGEST; n++) {
      const isPositive = random() < (n > QUIET ? rate : declared / 2);
      if (n > QUIET && isPositive) affected += 1;
      for (const alarm of guard.observe(`${n}`, [judgement('a', isPositive)])) {
        const since = alarm.affected.filter((key) => Number(key) > QUIET).length;
        found += since;
        tooMany += alarm.affected.length - since;
      }
    }
  }
  return { declared, rate, runs, found: found / affected, tooMany: tooMany / runs };
}

/** What a member of a drawn suite says. */
export function judgement(member: string, isPositive: boolean): Parameters<Guard['observe']>[1][number] {
  const said = isPositive ? 'positive' : 'negative';
  return {
    member,
    version: '1.0.0',
    mode: 'active',
    judgement: said,
    score: isPositive ? 1 : 0,
    threshold: 1,
    timeMs: 0,
  };
}

/** The median, the 95 % quantile and the maximum, each one of the values. */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1)! };
}
