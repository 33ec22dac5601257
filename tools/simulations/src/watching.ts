// Question: how often is a figure wrong at some time, when somebody looks at it after every observation, and what does a
// bound that allows for this cost?
// Source: the bound of Waudby-Smith & Ramdas, JRSS B 86 (2024), 1–27; the comparison is ours.
import {
  bettingInterval,
  createBettingBound,
  createRandom,
  extendBettingBound,
  type Random,
  wilsonInterval,
} from '@clamor/evaluation';

import type { Simulation, SimulationOptions } from './simulation.ts';

const RUNS = 1000;
const SHARES = [0.5, 0.9, 0.99, 0.999] as const;
/** Where the widths are taken; the last one is how long each stream is watched. */
const LENGTHS = [100, 1000, 10_000] as const;
/** Wilson's interval is looked at from here on: before, everybody would know better. */
const FIRST_LOOK = 10;

/** What came out for one share. */
export interface WatchedShare {
  readonly share: number;
  readonly runs: number;
  /** Streams in which the true share was outside at any time. */
  readonly wrong: { readonly betting: number; readonly wilson: number; readonly wilsonEvery100: number };
  /** Streams in which Wilson's interval was wrong at the last observation. */
  readonly wilsonAtEnd: number;
  /** Mean widths at each of the lengths. */
  readonly widths: readonly { readonly length: number; readonly betting: number; readonly wilson: number }[];
}

/** After a fall from one share to another: how many further observations until the bound says that the mean has moved. */
export interface WatchedFall {
  readonly from: number;
  readonly to: number;
  readonly runs: number;
  readonly median: number | null;
  /** Streams in which it was not said within the time watched. */
  readonly unsaid: number;
}

/** Streams of 1 and 0, watched from the first observation to the last. */
export const watching: Simulation = {
  name: 'watching',
  title: 'Watching a figure over time',
  run(options) {
    const random = createRandom(options.seed);
    return page(
      simulateShares(options, random),
      [
        [0.99, 0.9],
        [0.99, 0.95],
        [0.99, 0.98],
      ].map(([from, to]) => simulateFall({ from: from!, to: to! }, options, random)),
    );
  },
};

/** Every share of the grid. */
export function simulateShares({ scale, onProgress }: SimulationOptions, random: Random): WatchedShare[] {
  const runs = Math.ceil(RUNS * scale);
  return SHARES.map((share, s) => {
    const wrong = { betting: 0, wilson: 0, wilsonEvery100: 0 };
    const widths = LENGTHS.map((length) => ({ length, betting: 0, wilson: 0 }));
    let wilsonAtEnd = 0;
    for (let run = 0; run < runs; run++) {
      onProgress?.(s * runs + run, SHARES.length * runs);
      const stream = drawStream(LENGTHS.at(-1)!, share, random);
      const seen = watchBetting(stream, share);
      if (seen.isWrong) wrong.betting += 1;
      for (const [i, width] of seen.widths.entries()) widths[i]!.betting += width / runs;
      const wilson = watchWilson(stream, share);
      if (wilson.isWrong) wrong.wilson += 1;
      if (wilson.isWrongEvery100) wrong.wilsonEvery100 += 1;
      if (wilson.isWrongAtEnd) wilsonAtEnd += 1;
      for (const [i, width] of wilson.widths.entries()) widths[i]!.wilson += width / runs;
    }
    return { share, runs, wrong, wilsonAtEnd, widths };
  });
}

function watchBetting(stream: readonly number[], share: number): { isWrong: boolean; widths: number[] } {
  let bound = createBettingBound();
  const widths: number[] = [];
  let isWrong = false;
  for (const length of LENGTHS) {
    bound = extendBettingBound(bound, stream.slice(bound.observations, length));
    // The interval only narrows, so who was outside at any time is outside at the end. Where nothing is left, the stream
    // has been called moved though it had not.
    const interval = bettingInterval(bound);
    isWrong = interval === null || !holds(interval, share);
    widths.push(interval === null ? 0 : interval[1] - interval[0]);
  }
  return { isWrong, widths };
}

interface WatchedWilson {
  readonly isWrong: boolean;
  readonly isWrongEvery100: boolean;
  readonly isWrongAtEnd: boolean;
  readonly widths: readonly number[];
}

function watchWilson(stream: readonly number[], share: number): WatchedWilson {
  let successes = 0;
  let [isWrong, isWrongEvery100, isWrongAtEnd] = [false, false, false];
  const widths: number[] = [];
  for (const [i, x] of stream.entries()) {
    successes += x;
    const length = i + 1;
    if (length < FIRST_LOOK) continue;
    const interval = wilsonInterval(successes, length)!;
    isWrongAtEnd = !holds(interval, share);
    isWrong ||= isWrongAtEnd;
    if (length % 100 === 0) isWrongEvery100 ||= isWrongAtEnd;
    if ((LENGTHS as readonly number[]).includes(length)) widths.push(interval[1] - interval[0]);
  }
  return { isWrong, isWrongEvery100, isWrongAtEnd, widths };
}

/** A share that falls after 2,000 observations, watched for 8,000 more. */
function simulateFall(
  { from, to }: { readonly from: number; readonly to: number },
  { scale }: SimulationOptions,
  random: Random,
): WatchedFall {
  const runs = Math.ceil((RUNS * scale) / 5);
  const fallsAfter = 2000;
  const delays = Array.from({ length: runs }, () => {
    const stream = [...drawStream(fallsAfter, from, random), ...drawStream(8000, to, random)];
    const { movedAfter } = extendBettingBound(createBettingBound(), stream);
    return movedAfter === null ? Number.POSITIVE_INFINITY : movedAfter - fallsAfter;
  }).toSorted((a, b) => a - b);
  const median = delays[Math.floor((runs - 1) / 2)]!;
  return {
    from,
    to,
    runs,
    median: Number.isFinite(median) ? median : null,
    unsaid: delays.filter((delay) => delay === Number.POSITIVE_INFINITY).length,
  };
}

function drawStream(length: number, share: number, random: Random): number[] {
  return Array.from({ length }, () => (random() < share ? 1 : 0));
}

function holds([lower, upper]: readonly [number, number], share: number): boolean {
  return lower <= share && share <= upper;
}

function page(shares: readonly WatchedShare[], falls: readonly WatchedFall[]): string {
  const [first] = shares;
  return `
A figure on a dashboard is looked at after every observation. An interval that is right 95 times in 100 at _one_ time that
was fixed before is wrong at _some_ time far more often. A betting bound (\`createBettingBound\`) may be looked at always.

${first!.runs.toLocaleString('en')} streams of ${LENGTHS.at(-1)!.toLocaleString('en')} observations for each share of 1s. "Ever wrong": the true share was outside of the
95 % interval after at least one observation; Wilson's interval is looked at from observation ${FIRST_LOOK} on.

## How often it is wrong

| true share | betting bound, ever wrong | Wilson, ever wrong | Wilson every 100, ever wrong | Wilson, wrong at the end |
| ---------: | ------------------------: | -----------------: | ---------------------------: | -----------------------: |
${shares
  .map(
    ({ share, runs, wrong, wilsonAtEnd }) =>
      `| ${share} | ${percent(wrong.betting, runs)} | ${percent(wrong.wilson, runs)} | ${percent(wrong.wilsonEvery100, runs)} | ${percent(wilsonAtEnd, runs)} |`,
  )
  .join('\n')}

## What it costs

Mean width after so many observations, and how many times as wide the betting bound is.

| true share | observations | betting bound | Wilson | ratio |
| ---------: | -----------: | ------------: | -----: | ----: |
${shares
  .flatMap(({ share, widths }) =>
    widths.map(
      ({ length, betting, wilson }) =>
        `| ${share} | ${length.toLocaleString('en')} | ${betting.toFixed(4)} | ${wilson.toFixed(4)} | ${(betting / wilson).toFixed(2)} |`,
    ),
  )
  .join('\n')}

## When the share falls

After 2,000 observations the share falls, and ${(8000).toLocaleString('en')} more are watched. The bound is for a mean that stays; when no mean fits all
of the stream, it says that the mean has moved (\`movedAfter\`). ${falls[0]!.runs} streams each.

| from | to | further observations until it says so, median | never said |
| ---: | -: | --------------------------------------------: | ---------: |
${falls
  .map(
    ({ from, to, runs, median, unsaid }) =>
      `| ${from} | ${to} | ${median === null ? 'over 8,000' : median.toLocaleString('en')} | ${percent(unsaid, runs)} |`,
  )
  .join('\n')}

## What follows

- Use Wilson's interval for a figure that is computed once, for example at a release. Use a betting bound for one that is
  watched, and for a rule that stops when the interval is good enough.
- Its memory is its strength and its weakness: everything since the start counts, so a small fall is seen late. Start a new
  bound with every release, and watch for sudden change by a test made for that.
`;
}

function percent(count: number, runs: number): string {
  return `${((100 * count) / runs).toFixed(1)} %`;
}
