// Question: what would the figures have been with other draws of added mails and with other measured mails?
// Source: Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1 (2007), 386–411,
// https://doi.org/10.1214/07-AOAS122: both factors of a crossed table are drawn again, each by itself; it errs to the wide
// side. Mails are drawn by whole clusters (Field & Welsh, JRSS B 69, 2007).
import { createRandom, type Interval, type Random } from '@clamor/evaluation';

import type { Arm, Cell, Experiment } from './experiment.ts';
import { STATISTICS, STATISTIC_NAMES, type StatisticName } from './statistics.ts';
import { type BaseCounts, sumTally } from './tally.ts';

/** A mean with the middle 95 % of what it is over the draws. */
export interface Estimate {
  readonly mean: number | null;
  readonly interval: Interval | null;
}

/** Name of an arm, or of the difference of two. */
export type Compared = Arm | 'suite − joint' | 'suite − beside' | 'beside − joint';

/** Figures of one kind, or of `all kinds` with the same weight each, at one size. */
export interface CellFigures {
  readonly kind: string;
  readonly size: Cell['size'];
  readonly figures: { readonly [C in Compared]: { readonly [S in StatisticName]: Estimate } };
}

/** What {@link bootstrapFigures} takes. */
export interface BootstrapOptions {
  readonly draws: number;
  /** A whole number from 1 to 2³² − 1. */
  readonly seed: number;
}

/** Name of the mean over the kinds. */
export const POOLED = 'all kinds';

const DIFFERENCES = [
  ['suite − joint', 'suite', 'joint'],
  ['suite − beside', 'suite', 'beside'],
  ['beside − joint', 'beside', 'joint'],
] as const;

/**
 * The figures of all cells, and of each size over the kinds, with intervals over both sources of variance.
 *
 * A draw takes clusters of measured mails and, in each cell, seeds, both with replacement; the same clusters for all cells and
 * the same seeds for all arms, so that differences are paired.
 */
export function bootstrapFigures(experiment: Experiment, { draws, seed }: BootstrapOptions): CellFigures[] {
  const random = createRandom(seed);
  const point = allFigures(experiment, null, (cell) => cell.runs.map(() => 1));
  const drawn = Array.from({ length: draws }, () =>
    allFigures(experiment, drawCounts(experiment.clusterCount, random), (cell) => [
      ...drawCounts(cell.runs.length, random),
    ]),
  );
  return point.map(({ kind, size, values }, c) => ({
    kind,
    size,
    figures: Object.fromEntries(
      Object.entries(values).map(([compared, statistics]) => [
        compared,
        Object.fromEntries(
          STATISTIC_NAMES.map((name) => [
            name,
            {
              mean: statistics[name],
              interval: middle(drawn.map((each) => each[c]!.values[compared as Compared][name])),
            },
          ]),
        ),
      ]),
    ) as unknown as CellFigures['figures'],
  }));
}

type Values = { [C in Compared]: { [S in StatisticName]: number | null } };

interface CellValues {
  readonly kind: string;
  readonly size: Cell['size'];
  readonly values: Values;
}

function allFigures(
  { cells, bases }: Experiment,
  clusters: Float64Array | null,
  drawSeeds: (cell: Cell) => readonly number[],
): CellValues[] {
  const summed = new Map(
    [...bases].map(([kind, each]) => [
      kind,
      each.map(({ suite, joint }) => ({ suite: sumTally(suite, clusters), joint: sumTally(joint, clusters) })),
    ]),
  );
  const values = cells.map((cell) => cellValues(cell, summed.get(cell.kind)!, clusters, drawSeeds(cell)));
  const sizes = [...new Set(cells.map(({ size }) => size))];
  return [
    ...values,
    ...sizes.map((size) =>
      pooled(
        size,
        values.filter((each) => each.size === size),
      ),
    ),
  ];
}

function cellValues(
  { kind, size, runs }: Cell,
  bases: readonly { readonly suite: BaseCounts; readonly joint: BaseCounts }[],
  clusters: Float64Array | null,
  times: readonly number[],
): CellValues {
  const arms = (['suite', 'joint', 'beside'] as const).map((arm) => {
    const changes = runs.map((run, r) => (times[r] === 0 ? null : sumTally(run.changes[arm], clusters)));
    const figures = STATISTIC_NAMES.map((name) => {
      const each = runs.map((run, r) => {
        const base = bases[run.assignment]![arm === 'suite' ? 'suite' : 'joint'];
        return changes[r] === null ? null : STATISTICS[name](base, changes[r]!);
      });
      return [name, weightedMean(each, times)] as const;
    });
    return [arm, Object.fromEntries(figures)] as const;
  });
  return { kind, size, values: withDifferences(Object.fromEntries(arms) as Values) };
}

function pooled(size: Cell['size'], cells: readonly CellValues[]): CellValues {
  const arms = (['suite', 'joint', 'beside'] as const).map((arm) => {
    const figures = STATISTIC_NAMES.map((name) => {
      const each = cells.map(({ values }) => values[arm][name]);
      return [
        name,
        weightedMean(
          each,
          each.map((value) => Number(value !== null)),
        ),
      ] as const;
    });
    return [arm, Object.fromEntries(figures)] as const;
  });
  return { kind: POOLED, size, values: withDifferences(Object.fromEntries(arms) as Values) };
}

function withDifferences(values: Values): Values {
  for (const [name, first, second] of DIFFERENCES) {
    values[name] = Object.fromEntries(
      STATISTIC_NAMES.map((statistic) => {
        const [a, b] = [values[first][statistic], values[second][statistic]];
        return [statistic, a === null || b === null ? null : a - b];
      }),
    ) as Values[Compared];
  }
  return values;
}

function weightedMean(values: readonly (number | null)[], weights: readonly number[]): number | null {
  let sum = 0;
  let whole = 0;
  for (const [i, value] of values.entries()) {
    if (weights[i] === 0) continue;
    if (value === null) return null;
    sum += weights[i]! * value;
    whole += weights[i]!;
  }
  return whole === 0 ? null : sum / whole;
}

/** How often each of `count` things is drawn in `count` draws with replacement. */
function drawCounts(count: number, random: Random): Float64Array {
  const counts = new Float64Array(count);
  for (let i = 0; i < count; i++) counts[Math.floor(random() * count)]!++;
  return counts;
}

/** The middle 95 %; draws in which nothing is defined are left out. */
function middle(values: readonly (number | null)[]): Interval | null {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return [at(0.025), at(0.975)];
}
