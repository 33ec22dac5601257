// Question: does a 95 % interval hold the truth 95 times in 100, for every figure, near 1 as well, and for near-copies?
// Source: ours; coverage as in Brown, Cai & DasGupta, Statistical Science 16 (2001), 101–133, and for clusters as in Dean &
// Pagano, JSSAM 3 (2015), 484–503.
import { clusteredInterval, createRandom, type Interval, type Random } from '@clamor/evaluation';

import { binomialCoverage } from './binomial-coverage.ts';
import { type CoverageRow, meanOf, outsideBand, tableOf } from './coverage-row.ts';
import { drawnIntervals, FIGURES, type SuiteTruth, trueFigures } from './drawn-suite.ts';
import { drawShare, INTERVAL_RULES } from './share-intervals.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';

const SHARES = [0.5, 0.8, 0.9, 0.95, 0.98, 0.995] as const;
const SIZES = [10, 20, 50, 100, 200, 500, 1000, 2000] as const;
const CLUSTERS = [10, 30, 100, 300, 1000] as const;
const AGREEMENTS = [0, 0.3, 0.7, 1] as const;
/** Weights of four strata, each sampled at its own rate. */
const WEIGHTS = [1, 2, 5, 10] as const;

/** Samples per cell of a grid. */
const SAMPLES = 800;
/** The bootstrap draws each of its samples 200 times more. */
const SLOW_SAMPLES = 80;
const SLOW_CLUSTERS = 300;

/** What came out, by part of the page. */
export interface Coverages {
  readonly wilson: readonly CoverageRow[];
  readonly weighted: readonly CoverageRow[];
  readonly rules: readonly CoverageRow[];
  readonly independentFigures: readonly CoverageRow[];
  readonly clusteredFigures: readonly CoverageRow[];
}

export const coverage: Simulation = {
  name: 'coverage',
  title: 'How often intervals hold the truth',
  run: (options) => page(simulateCoverage(options)),
};

/** Every part of the page. */
export function simulateCoverage(options: SimulationOptions): Coverages {
  const random = createRandom(options.seed);
  return {
    wilson: [wilsonRow()],
    weighted: [weightedRow(options, random)],
    rules: ruleRows(options, random),
    independentFigures: figureRows(suites([null]), options, random),
    clusteredFigures: figureRows(suites([0, 0.3, 0.7, 1]), options, random),
  };
}

function wilsonRow(): CoverageRow {
  const cells = SIZES.flatMap((n) =>
    SHARES.map((share) => ({ coverage: binomialCoverage(n, share), where: `n ${n}, share ${share}` })),
  );
  return { name: "Wilson's interval", cells };
}

function weightedRow({ scale }: SimulationOptions, random: Random): CoverageRow {
  const cells = SIZES.filter((n) => n >= 20).flatMap((n) =>
    SHARES.map((share) => {
      const covered = count(Math.ceil(SAMPLES * scale), () => {
        const [part, rest] = [new Uint32Array(Math.ceil(n / 32)), new Uint32Array(Math.ceil(n / 32))];
        const weights = Float64Array.from({ length: n }, () => WEIGHTS[Math.floor(random() * WEIGHTS.length)]!);
        for (let i = 0; i < n; i++) (random() < share ? part : rest)[i >>> 5]! |= 1 << (i & 31);
        return holds(clusteredInterval(part, rest, { weights, clusters: null }), share);
      });
      return { coverage: covered / Math.ceil(SAMPLES * scale), where: `n ${n}, share ${share}` };
    }),
  );
  return { name: "Wilson's at Kish's size", cells };
}

function ruleRows({ scale, onProgress }: SimulationOptions, random: Random): CoverageRow[] {
  const rows = INTERVAL_RULES.map(({ name }) => ({ name, cells: [] as { coverage: number; where: string }[] }));
  const grid = CLUSTERS.flatMap((clusters) =>
    AGREEMENTS.flatMap((agreement) => SHARES.map((share) => ({ clusters, agreement, share }))),
  );
  for (const [done, truth] of grid.entries()) {
    onProgress?.(done, grid.length);
    const samples = Math.ceil(SAMPLES * scale);
    const slowSamples = truth.clusters > SLOW_CLUSTERS ? 0 : Math.ceil(SLOW_SAMPLES * scale);
    const covered = INTERVAL_RULES.map(() => 0);
    for (let sample = 0; sample < samples; sample++) {
      const drawn = drawShare(truth, random);
      for (const [r, { intervalOf, isSlow }] of INTERVAL_RULES.entries()) {
        if (isSlow === true && sample >= slowSamples) continue;
        if (holds(intervalOf(drawn), truth.share)) covered[r]! += 1;
      }
    }
    const where = `${truth.clusters} clusters, ρ ${truth.agreement}, share ${truth.share}`;
    for (const [r, { isSlow }] of INTERVAL_RULES.entries()) {
      const tried = isSlow === true ? slowSamples : samples;
      if (tried > 0) rows[r]!.cells.push({ coverage: covered[r]! / tried, where });
    }
  }
  return rows;
}

function suites(agreements: readonly (number | null)[]): SuiteTruth[] {
  return agreements.flatMap((agreement) =>
    [100, 300, 1000].flatMap((clusters) =>
      [0.6, 0.85].flatMap((recall) =>
        [0.002, 0.01, 0.05].map((falseAlarms): SuiteTruth => ({ clusters, agreement, recall, falseAlarms })),
      ),
    ),
  );
}

function figureRows(truths: readonly SuiteTruth[], { scale }: SimulationOptions, random: Random): CoverageRow[] {
  const rows = FIGURES.map((name) => ({ name, cells: [] as { coverage: number; where: string }[] }));
  const samples = Math.ceil((SAMPLES / 4) * scale);
  for (const truth of truths) {
    const figures = trueFigures(truth);
    const seen = figures.map(() => ({ defined: 0, covered: 0 }));
    for (let sample = 0; sample < samples; sample++) {
      for (const [f, interval] of drawnIntervals(truth, random).entries()) {
        if (interval === null) continue;
        seen[f]!.defined += 1;
        if (holds(interval, figures[f]!)) seen[f]!.covered += 1;
      }
    }
    for (const [f, { defined, covered }] of seen.entries()) {
      if (defined === 0) continue;
      const size =
        truth.agreement === null ? `${truth.clusters} examples` : `${truth.clusters} clusters, ρ ${truth.agreement}`;
      rows[f]!.cells.push({
        coverage: covered / defined,
        where: `${size}, truth ${figures[f]!.toFixed(3)}`,
      });
    }
  }
  return rows;
}

function holds(interval: Interval | null, share: number): boolean {
  return interval !== null && interval[0] <= share && share <= interval[1];
}

function count(times: number, isSo: () => boolean): number {
  let found = 0;
  for (let i = 0; i < times; i++) if (isSo()) found += 1;
  return found;
}

function page({ wilson, weighted, rules, independentFigures, clusteredFigures }: Coverages): string {
  const ours = rules.at(-1)!;
  const byAgreement = AGREEMENTS.map((agreement) => ({
    name: `ρ ${agreement}`,
    cells: ours.cells.filter(({ where }) => where.includes(`ρ ${agreement},`)),
  }));
  const byClusters = CLUSTERS.map((clusters) => ({
    name: `${clusters} clusters`,
    cells: ours.cells.filter(({ where }) => where.startsWith(`${clusters} `)),
  }));
  return `
A 95 % interval should hold the truth 95 times in 100. How often does each? The mean over a grid should lie within .94 and
.96; the worst cell is printed beside it. ${SAMPLES} samples per cell, ${SAMPLES / 4} for figures of suites, so that a single cell is known to
about ± .015 (± .03); a worst of many cells looks worse than it is.

## Independent examples

Shares ${SHARES.join(', ')}; n ${SIZES.join(', ')}. Without weights the coverage is a sum and exact. Weights are ${WEIGHTS.join(', ')}, whatever the outcome.

${tableOf([...wilson, ...weighted])}

Figures through \`evaluate\`: two members, 100 to 1,000 examples, recall of each .6 or .85, false alarms .002 to .05.

${tableOf(independentFigures)}

## Near-copies: which interval?

Clusters of the sizes of mail (two in three alone, the largest 29), ${CLUSTERS.join(', ')} of them; correlation ρ within clusters ${AGREEMENTS.join(', ')};
shares as above. The bootstrap draws 200 times, on ${SLOW_SAMPLES} samples of up to ${SLOW_CLUSTERS} clusters.

${tableOf(rules)}

- **The percentiles of a cluster bootstrap are no interval here.** Near 1 a sample often shows no error at all, and then they
  have no width.
- **Its variance alone is too sure.** Where few clusters are wrong, the variance says how large those happened to be.
- **What \`evaluate\` does** weighs that variance against half a cluster that agrees (\`designEffect\`). It errs on the wide side for
  copies that do not agree, and stays near .95 for those that do, which is what near-copies are.

By correlation and by number of clusters:

${tableOf([...byAgreement, ...byClusters])}

## Figures of suites on near-copies

Through \`evaluate(table, { clusters })\`: 100 to 1,000 clusters, ρ 0 to 1, members as above. An undefined figure (no unique positive in the sample)
is left out.

${tableOf(clusteredFigures)}

Mean over all figures: ${meanOf(clusteredFigures.flatMap(({ cells }) => cells)).toFixed(3)}. ${outsideBand([...independentFigures, ...clusteredFigures])}
`;
}
