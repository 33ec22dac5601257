// Question: how many examples does the guard's test run before it alarms though nothing has changed?
// Source: the promise is E[N] ≥ A (unique-rate-test.ts of the runtime); the identity E[N] = E[R at N] is Pollak's, Ann. Statist.
// 13 (1985), 206–227.
import { type Interval, type Random, wilsonInterval } from '@clamor/evaluation';
import { UniqueRateTest, type UniqueRateTestOptions } from '@clamor/runtime';

import type { SimulationOptions } from './simulation.ts';

const EXAMPLES = 50_000_000;
/** Declared rates. */
export const DECLARED_RATES = [0.0001, 0.001, 0.01, 0.05, 0.2, 0.63] as const;
/** Mean number of unique positives in a row that are one campaign. */
const CAMPAIGNS = [2, 5, 20] as const;
/** Run lengths for these. */
export const CAMPAIGN_RUN_LENGTHS = [1e6, 1e12, 1e18] as const;

/** False alarms of many members' streams, one after the other: a test that has alarmed starts anew. */
export interface FalseAlarms {
  readonly rate: number;
  readonly examples: number;
  readonly alarms: number;
  /** Alarms ÷ examples, Wilson 95 %. */
  readonly interval: Interval;
  /**
   * Mean of the statistic at the alarms, by the identity the mean run length: it varies less than the number of alarms does.
   * `null` without alarms, and where the rate is not the declared one.
   */
  readonly runLength: number | null;
}

/** Independent unique positives at the declared rate. */
export function simulateDeclared({ scale, onProgress }: SimulationOptions, random: Random): FalseAlarms[] {
  const examples = Math.ceil(EXAMPLES * scale);
  return DECLARED_RATES.map((rate, r) => {
    onProgress?.(r, DECLARED_RATES.length);
    return watch({ rate }, examples, () => random() < rate);
  });
}

/** False alarms at four fifths of the declared rate. */
export function simulateBelow({ scale }: SimulationOptions, random: Random): FalseAlarms[] {
  const examples = Math.ceil((EXAMPLES * scale) / 5);
  return [0.01, 0.05, 0.2].map((rate) => watch({ rate }, examples, () => random() < 0.8 * rate));
}

/** What came out when unique positives come in campaigns. */
export interface CampaignAlarms {
  readonly declared: number;
  /** The rate is the declared one divided by this. */
  readonly below: number;
  /** Mean number of unique positives in a row. */
  readonly length: number;
  /** Alarms per million examples, by run length: 10⁶, 10¹², 10¹⁸. */
  readonly perMillion: readonly number[];
}

/** Unique positives below the declared rate, but in campaigns: what the run length does not promise. */
export function simulateCampaigns({ scale }: SimulationOptions, random: Random): CampaignAlarms[] {
  const examples = Math.ceil((EXAMPLES * scale) / 50);
  return [0.01, 0.05, 0.2].flatMap((declared) =>
    [2, 10].flatMap((below) =>
      CAMPAIGNS.map((length) => ({
        declared,
        below,
        length,
        perMillion: CAMPAIGN_RUN_LENGTHS.map((runLength) => {
          const draw = campaigns(declared / below, length, random);
          return (watch({ rate: declared, runLength }, examples, draw).alarms / examples) * 1e6;
        }),
      })),
    ),
  );
}

function watch(options: UniqueRateTestOptions, examples: number, draw: () => boolean): FalseAlarms {
  let test = new UniqueRateTest(options);
  let [alarms, sum] = [0, 0];
  for (let n = 0; n < examples; n++) {
    if (!test.observe(draw() ? 'alone' : 'nobody')) continue;
    alarms += 1;
    sum += test.statistic;
    test = new UniqueRateTest(options);
  }
  return {
    rate: options.rate,
    examples,
    alarms,
    interval: wilsonInterval(alarms, examples)!,
    runLength: alarms === 0 ? null : sum / alarms,
  };
}

/** A chain of two states: within a campaign every example is a unique positive; its length is geometric. */
function campaigns(rate: number, length: number, random: Random): () => boolean {
  const start = rate / (length * (1 - rate));
  let isWithin = false;
  return () => {
    isWithin = random() < (isWithin ? 1 - 1 / length : start);
    return isWithin;
  };
}
