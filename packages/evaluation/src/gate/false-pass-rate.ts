// Question: how likely is it that somebody passes by luck, after so many have been gated on the same evidence?
// Source: the size of the merit test at its boundary, exact by the binomial distribution; Šidák, JASA 62 (1967), 626–633, for
// the largest of several.
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import { EvaluationError } from '../errors.ts';
import { meritOf } from './gate-probabilities.ts';
import type { GateRules } from './outcome.ts';

/** What {@link falsePassRate} takes besides the number of queries. */
export interface FalsePassOptions extends Pick<GateRules, 'meritFloor' | 'meritConfidence'> {
  /** Labelled unique positives of each candidate. Default: the number at which luck helps most. */
  readonly uniquePositives?: number;
}

/** Beyond this the rate of one query swings by less than a hundredth about 1 − c₂. */
const MOST_LABELS = 1000;

/**
 * The probability that at least one of q candidates passes whose unique precision is exactly the floor.
 *
 *     1 − (1 − α)^q        α = P(K ≥ k), K ~ Binomial(n, floor), k the fewest true ones of n with which merit is shown
 *
 * An upper bound on what a gate lets through by luck: harm has to pass too, candidates below the floor pass more rarely, and
 * candidates that share examples pass together rather than instead of each other. α is near 1 − c₂ for many labels, and
 * more than twice that for few, since counts are whole: at a floor of .9 with c₂ = .8 eight of eight show merit, and a
 * candidate at the floor has that with .9⁸ = .43. It is for separate candidates, each asked once; looking again at one that grows is another thing, with a bound of
 * its own (`createBettingBound`).
 *
 * @param queries - How many gates were asked on the same evidence, a whole number ≥ 0.
 * @returns In [0, 1]; 0 for no queries.
 * @throws {EvaluationError} `EVAL_COUNT_INVALID` when a number is not whole or below 0.
 * @example falsePassRate(10, { meritFloor: 0.9, meritConfidence: 0.8, uniquePositives: 40 }) // 0.920
 */
export function falsePassRate(queries: number, options: FalsePassOptions): number {
  checkWhole('queries', queries);
  const { uniquePositives } = options;
  if (uniquePositives !== undefined) checkWhole('unique positives', uniquePositives);
  const rate = uniquePositives === undefined ? worstRate(options) : rateOf(uniquePositives, options);
  return 1 - (1 - rate) ** queries;
}

/** α at the number of labels where it is highest. */
function worstRate(options: FalsePassOptions): number {
  let [worst, needed] = [0, 0];
  for (let n = 1; n <= MOST_LABELS; n++) {
    needed = fewestTrue(n, options, needed);
    worst = Math.max(worst, tail(n, needed, options.meritFloor));
  }
  return worst;
}

function rateOf(n: number, options: FalsePassOptions): number {
  return tail(n, fewestTrue(n, options, 0), options.meritFloor);
}

/** The fewest true ones of n with which merit is shown; n + 1 when none are enough. */
function fewestTrue(n: number, { meritFloor, meritConfidence }: FalsePassOptions, from: number): number {
  let needed = from;
  while (needed <= n) {
    const merit = meritOf({ truePositives: needed, falsePositives: n - needed }, meritFloor);
    if (merit !== null && merit >= meritConfidence) break;
    needed += 1;
  }
  return needed;
}

/** P(K ≥ k) of the binomial distribution, by its identity with the beta distribution. */
function tail(n: number, k: number, share: number): number {
  if (k > n) return 0;
  return k === 0 ? 1 : betaCdf(share, k, n - k + 1);
}

function checkWhole(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw new EvaluationError([
    {
      code: 'EVAL_COUNT_INVALID',
      message: `The number of ${what} is ${value}; it must be a whole number of at least 0.`,
    },
  ]);
}
