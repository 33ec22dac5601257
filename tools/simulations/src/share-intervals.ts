// Question: which intervals of a share could be read off clustered examples?
// Source: the percentiles and the variance of a cluster bootstrap (Field & Welsh, JRSS B 69 (2007), 369–390); Korn & Graubard,
// Survey Methodology 24 (1998), 193–201 (degrees of freedom); and the one that evaluate uses.
import {
  bootstrapShare,
  clusteredInterval,
  type Clusters,
  createRandom,
  type Interval,
  type Random,
  wilsonInterval,
} from '@clamor/evaluation';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

import { drawClusterSizes, drawOutcomes } from './clustered-outcomes.ts';

/** The truth behind a share of clustered examples. */
export interface ClusteredShare {
  readonly clusters: number;
  readonly share: number;
  /** Correlation of outcomes within a cluster, in [0, 1]. */
  readonly agreement: number;
}

/** One sample, as bit columns and as counts per cluster. */
export interface DrawnShare {
  readonly part: Uint32Array<ArrayBuffer>;
  readonly rest: Uint32Array<ArrayBuffer>;
  readonly clusters: Clusters;
  readonly successes: readonly number[];
  readonly sizes: readonly number[];
}

/** A way to make an interval of a share. */
export interface IntervalRule {
  readonly name: string;
  readonly intervalOf: (drawn: DrawnShare) => Interval | null;
  /** Drawn over and over, so that it is tried on fewer and smaller samples. */
  readonly isSlow?: boolean;
}

const Z = 1.959963984540054;

export const INTERVAL_RULES: readonly IntervalRule[] = [
  { name: 'Wilson, clusters ignored', intervalOf: (drawn) => wilsonAt(drawn, sum(drawn.sizes)) },
  { name: 'percentiles of the bootstrap', intervalOf: percentiles, isSlow: true },
  { name: "Wilson at the bootstrap's variance", intervalOf: (drawn) => wilsonAt(drawn, sizeByVariance(drawn)) },
  { name: "the same with Korn & Graubard's t", intervalOf: kornGraubard },
  { name: 'a cluster is one example', intervalOf: (drawn) => wilsonAt(drawn, clusterCount(drawn)) },
  {
    name: 'what `evaluate` does',
    intervalOf: ({ part, rest, clusters }) => clusteredInterval(part, rest, { weights: null, clusters }),
  },
];

/** A sample of whole clusters. */
export function drawShare({ clusters, share, agreement }: ClusteredShare, random: Random): DrawnShare {
  const sizes = drawClusterSizes(clusters, random);
  const total = sum(sizes);
  const [part, rest] = [new Uint32Array(Math.ceil(total / 32)), new Uint32Array(Math.ceil(total / 32))];
  const numbers = new Int32Array(total);
  let i = 0;
  const successes = sizes.map((size, c) => {
    const outcomes = drawOutcomes(size, { share, agreement }, random);
    for (const isSuccess of outcomes) {
      (isSuccess ? part : rest)[i >>> 5]! |= 1 << (i & 31);
      numbers[i++] = c;
    }
    return outcomes.filter(Boolean).length;
  });
  return { part, rest, clusters: numbers, successes, sizes };
}

function percentiles({ part, rest, clusters, successes }: DrawnShare): Interval | null {
  // A seed that differs from sample to sample and not from run to run.
  const seed = 1 + Math.floor(createRandom(1 + sum(successes))() * 1e9);
  return bootstrapShare(part, rest, { weights: null, clusters, draws: 200, seed })?.percentiles ?? null;
}

function wilsonAt({ successes, sizes }: DrawnShare, effectiveSize: number): Interval | null {
  return wilsonInterval(sum(successes), sum(sizes), { effectiveSize });
}

/** Independent examples with the variance of the share over resampled clusters; clusters where that is 0. */
function sizeByVariance(drawn: DrawnShare): number {
  const total = sum(drawn.sizes);
  const share = sum(drawn.successes) / total;
  const squares = sum(drawn.successes.map((a, c) => (a - share * drawn.sizes[c]!) ** 2));
  return squares === 0 ? clusterCount(drawn) : Math.min(total, (share * (1 - share) * total * total) / squares);
}

function kornGraubard(drawn: DrawnShare): Interval | null {
  const t = tQuantile(0.975, Math.max(1, drawn.sizes.length - 1));
  return wilsonAt(drawn, sizeByVariance(drawn) * (Z / t) ** 2);
}

/** (Σb)² ÷ Σb². */
function clusterCount({ sizes }: DrawnShare): number {
  return sum(sizes) ** 2 / sum(sizes.map((size) => size * size));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
