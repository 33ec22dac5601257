// Question: how often does somebody pass by luck, when many are gated on the same evidence, or one again and again?
// Source: candidates whose truth is exactly at a boundary of the gate, so that a pass and a failure are equally right.
import { createRandom, falsePassRate, type GateRules, type Random } from '@clamor/evaluation';

import { type AskedGate, createAskedGate, RULES } from './asked-gate.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';

const SPLITS = 4000;
const CANDIDATES = [1, 10, 100] as const;
const LOOKS = [1, 10, 20] as const;

/** How often at least one passed, after so many. */
export interface FalsePasses {
  /** What the candidates or looks have in common. */
  readonly what: string;
  readonly uniquePositives: number;
  /** Share of the splits, in the order of 1, 10, 100 candidates or 1, 10, 20 looks. */
  readonly rates: readonly number[];
  /** What `falsePassRate` says of as many, or `null` where it does not apply. */
  readonly bounds: readonly number[] | null;
}

/** Many candidates at the boundary, and one that is looked at again. */
export const falsePasses: Simulation = {
  name: 'false-passes',
  title: 'How often somebody passes the gate by luck',
  run(options) {
    const random = createRandom(options.seed);
    return page({
      floor: simulateFloor(options, random),
      below: simulateBelow(options, random),
      budget: simulateBudget(options, random),
      looks: simulateLooks(options, random),
    });
  },
};

/**
 * Candidates at the floor. The others have 100 times their unique positives, so that harm is never in question.
 *
 * `shared` of the unique positives of each are drawn from one pool of twice as many examples, labelled once for all.
 */
export function simulateFloor({ scale }: SimulationOptions, random: Random): FalsePasses[] {
  const splits = Math.ceil(SPLITS * scale);
  const gate = createAskedGate(RULES);
  return [8, 20, 40, 80].flatMap((n) =>
    [0, 0.5, 1].map((shared): FalsePasses => {
      const firsts = Array.from({ length: splits }, () => {
        const pool = Array.from({ length: 2 * n }, () => (random() < RULES.meritFloor ? 1 : 0));
        return firstPass(CANDIDATES.at(-1)!, () => {
          const fromPool = Math.round(shared * n);
          const trues = drawFrom(pool, fromPool, random) + binomial(n - fromPool, RULES.meritFloor, random);
          return passes(gate, [trues, n - trues], [9850 * (n / 100), 150 * (n / 100)]);
        });
      });
      return {
        what: shared === 0 ? 'none' : `${100 * shared} % from one pool`,
        uniquePositives: n,
        rates: shareWithin(firsts, CANDIDATES),
        bounds: CANDIDATES.map((queries) => falsePassRate(queries, { ...RULES, uniquePositives: n })),
      };
    }),
  );
}

/** Candidates below the floor, who share no label. */
export function simulateBelow({ scale }: SimulationOptions, random: Random): FalsePasses[] {
  const splits = Math.ceil(SPLITS * scale);
  const gate = createAskedGate(RULES);
  return [0.85, 0.8].flatMap((u) =>
    [20, 40, 80].map((n): FalsePasses => {
      const firsts = Array.from({ length: splits }, () =>
        firstPass(CANDIDATES.at(-1)!, () => {
          const trues = binomial(n, u, random);
          return passes(gate, [trues, n - trues], [9850 * (n / 100), 150 * (n / 100)]);
        }),
      );
      return { what: `u = ${u}`, uniquePositives: n, rates: shareWithin(firsts, CANDIDATES), bounds: null };
    }),
  );
}

/** Candidates that lose exactly the budget: u = o − δ ÷ λ. The positives of the others are the same for all of a split. */
export function simulateBudget({ scale }: SimulationOptions, random: Random): FalsePasses[] {
  const splits = Math.ceil((SPLITS / 4) * scale);
  const rules: GateRules = { ...RULES, meritFloor: 0.5 };
  const gate = createAskedGate(rules);
  const [others, precision] = [542, 0.985];
  return [20, 40, 80].map((n): FalsePasses => {
    const u = precision - (rules.lossBudget * (n + others)) / n;
    const firsts = Array.from({ length: splits }, () => {
      const right = binomial(others, precision, random);
      return firstPass(CANDIDATES.at(-1)!, () => {
        const trues = binomial(n, u, random);
        return passes(gate, [trues, n - trues], [right, others - right]);
      });
    });
    return {
      what: `u = ${u.toFixed(3)}`,
      uniquePositives: n,
      rates: shareWithin(firsts, CANDIDATES),
      bounds: null,
    };
  });
}

/** One candidate at the floor, looked at after every few labels, by merit alone. */
export function simulateLooks({ scale }: SimulationOptions, random: Random): FalsePasses[] {
  const runs = Math.ceil(SPLITS * scale);
  return [0.8, 0.9].flatMap((meritConfidence) => {
    const gate = createAskedGate({ ...RULES, meritConfidence });
    return [5, 10, 25].map((step): FalsePasses => {
      const firsts = Array.from({ length: runs }, () => {
        let [trues, labels] = [0, 0];
        return firstPass(LOOKS.at(-1)!, () => {
          trues += binomial(step, RULES.meritFloor, random);
          labels += step;
          return passes(gate, [trues, labels - trues], [98_500, 1500]);
        });
      });
      return {
        what: `c₂ = ${meritConfidence}`,
        uniquePositives: step,
        rates: shareWithin(firsts, LOOKS),
        bounds: null,
      };
    });
  });
}

type Counts = readonly [truePositives: number, falsePositives: number];

function passes(gate: AskedGate, unique: Counts, others: Counts): boolean {
  const counts = ([truePositives, falsePositives]: Counts) => ({ truePositives, falsePositives });
  return gate({ unique: counts(unique), others: counts(others) }) === 'pass';
}

/** Which of so many is the first that passes, from 1; infinity when none does. */
function firstPass(most: number, isPass: () => boolean): number {
  for (let i = 1; i <= most; i++) if (isPass()) return i;
  return Number.POSITIVE_INFINITY;
}

function shareWithin(firsts: readonly number[], within: readonly number[]): number[] {
  return within.map((most) => firsts.filter((first) => first <= most).length / firsts.length);
}

/** The sum of so many of the pool, without replacement. */
function drawFrom(pool: number[], count: number, random: Random): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
    sum += pool[i]!;
  }
  return sum;
}

function binomial(n: number, share: number, random: Random): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (random() < share) count += 1;
  return count;
}

interface Simulated {
  readonly floor: readonly FalsePasses[];
  readonly below: readonly FalsePasses[];
  readonly budget: readonly FalsePasses[];
  readonly looks: readonly FalsePasses[];
}

function page({ floor, below, budget, looks }: Simulated): string {
  return `
A gate asks for confidence, so some candidates pass by luck. Here each candidate's truth is exactly at a boundary: it passes
no better than it fails. Rules of the spam suite: δ = ${RULES.lossBudget}, floor ${RULES.meritFloor}, c = ${RULES.harmConfidence}, c₂ = ${RULES.meritConfidence}.

## Many candidates at the floor, each asked once

How often at least one of 1, 10, 100 candidates passes on one evidence split, in ${SPLITS.toLocaleString('en')} splits (standard error at most
.008), and what \`falsePassRate\` says.

| unique positives each | shared labels | after 1 | after 10 | after 100 | \`falsePassRate\` |
| --------------------: | ------------- | ------: | -------: | --------: | ---------------- |
${floor.map((row) => `| ${row.uniquePositives} | ${row.what} | ${row.rates.map(fixed).join(' | ')} | ${row.bounds!.map(fixed).join(', ')} |`).join('\n')}

## Many candidates below the floor, each asked once

As above, without shared labels.

| unique positives each | truth | after 1 | after 10 | after 100 |
| --------------------: | ----- | ------: | -------: | --------: |
${below.map((row) => `| ${row.uniquePositives} | ${row.what} | ${row.rates.map(fixed).join(' | ')} |`).join('\n')}

## Many candidates that lose exactly the budget, each asked once

The others have 542 positives at a precision of .985, drawn once per split and the same for all; the floor is .5, so that harm
decides. ${(SPLITS / 4).toLocaleString('en')} splits (standard error at most .016).

| unique positives each | truth | after 1 | after 10 | after 100 |
| --------------------: | ----- | ------: | -------: | --------: |
${budget.map((row) => `| ${row.uniquePositives} | ${row.what} | ${row.rates.map(fixed).join(' | ')} |`).join('\n')}

## One candidate at the floor, looked at again

How often it has passed at any of 1, 10, 20 looks at a sample that grows; merit decides.

| labels between looks | confidence | at 1 look | within 10 | within 20 |
| -------------------: | ---------- | --------: | --------: | --------: |
${looks.map((row) => `| ${row.uniquePositives} | ${row.what} | ${row.rates.map(fixed).join(' | ')} |`).join('\n')}

## What follows

- **One query is not the asked 1 − c₂ = .2 but between nothing and .43**, because counts are whole: eight of eight are just
  enough, and a candidate at the floor has them with .9⁸ = .43. With 40 or more it is near .2.
- **Ten candidates at the boundary are enough for a pass by luck**, a hundred for several. What counts is the number of
  queries on the same evidence, so each is logged and the warning grows with it. \`falsePassRate\` is right when candidates
  share no labels and an upper bound when they do.
- **Who is clearly below** needs many attempts, and the more labels there are the more it needs: labels help where another
  attempt does not.
- **Looking again is an attempt, too.** Twenty looks at a growing sample pass ${fixed(looks[1]!.rates[2]!)} at the floor where one look passes ${fixed(looks[1]!.rates[0]!)} (ten
  labels between looks), ${fixed(looks[4]!.rates[2]!)} with c₂ = .9. One look per version of a candidate and evidence; to watch a figure as it
  grows use a betting bound (watching.md).
- New evidence starts the count again; another version of the same candidate does not.
`;
}

function fixed(rate: number): string {
  return rate.toFixed(2);
}
