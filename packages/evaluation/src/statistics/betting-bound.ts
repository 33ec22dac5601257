// Question: within which bounds does a mean lie, when somebody looks after every observation?
// Source: Waudby-Smith & Ramdas, Estimating means of bounded random variables by betting, JRSS B 86 (2024), 1–27,
// https://doi.org/10.1093/jrsssb/qkad009: the hedged capital process of Theorem 3 with the bets of equation (26), c = ½.
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import type { Interval } from '../figures/figures.ts';

/** What {@link createBettingBound} takes. */
export interface BettingBoundOptions {
  /** Probability that the mean is never outside, however often one looks; in (0, 1). Default .95. */
  readonly confidence?: number;
}

/**
 * What the observations so far say about their mean: plain data, to be stored as JSON and taken up again.
 *
 * Its size is bounded whatever the number of observations: candidate means lie on a fixed grid, and only those between the
 * two ends are kept.
 */
export interface BettingBound {
  readonly confidence: number;
  /** t, how many observations there were. */
  readonly observations: number;
  /** Σ x. */
  readonly sum: number;
  /** Σ (x − μ̂)², each against the estimate of its own time. */
  readonly squares: number;
  /**
   * How many observations it took until every candidate was ruled out; `null` while one is left. Then the mean has moved:
   * for one that stays, the probability of this is at most 1 − confidence.
   */
  readonly movedAfter: number | null;
  /** Place on the grid of the first candidate, which is the lower end; the last one is the upper end. */
  readonly first: number;
  /** What a bet on a higher mean has made of 1, per candidate. */
  readonly higher: readonly number[];
  /** What a bet on a lower mean has made of 1, per candidate. */
  readonly lower: readonly number[];
}

/** Candidates: sin² of equal steps, 4e-4 apart at ½, 8e-5 at .01 and .99. The ends are rounded outwards to them. */
const STEPS = 4000;
const GRID = Float64Array.from({ length: STEPS + 1 }, (_, g) => Math.sin((Math.PI / 2) * (g / STEPS)) ** 2);

/** No bet can lose more than this part of its capital at once (c in the paper). */
const LARGEST_STAKE = 0.5;

/** Capital is capped here, far beyond every limit, so that the state stays finite. */
const LARGEST_CAPITAL = 1e300;

/**
 * Bounds for the mean of a figure that is watched over time: no observation yet.
 *
 * For every candidate mean m two gamblers start with 1. Against a fair game neither can expect to gain, so the capital of
 * each is a martingale if m is the mean, and by Ville's inequality it ever reaches 2/α with probability at most α/2. One who
 * has got there rules m out, for good:
 *
 *     higherₜ(m) = Π (1 + min(λᵢ, c/m) (xᵢ − m))          lowerₜ(m) = Π (1 − min(λᵢ, c/(1 − m)) (xᵢ − m))
 *     λₜ = √(2 ln(2/α) ÷ (σ̂²ₜ₋₁ t ln(t + 1)))
 *     σ̂²ₜ = (¼ + Σ (xᵢ − μ̂ᵢ)²) ÷ (t + 1)                   μ̂ₜ = (½ + Σ xᵢ) ÷ (t + 1)
 *
 * Hence P(the mean is outside at any time) ≤ α, and looking after every observation costs nothing. The price is a wider
 * interval than one that may be looked at once (docs/simulations/watching.md).
 *
 * @throws {EvaluationError} `EVAL_CONFIDENCE_INVALID`
 * @example bettingInterval(extendBettingBound(createBettingBound(), [1, 1, 0, 1])) // [0.116, 1]
 * @see Waudby-Smith & Ramdas, JRSS B 86 (2024), 1–27, Theorem 3, https://doi.org/10.1093/jrsssb/qkad009
 */
export function createBettingBound({ confidence = 0.95 }: BettingBoundOptions = {}): BettingBound {
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError([
      {
        code: 'EVAL_CONFIDENCE_INVALID',
        message: `The confidence of a bound is ${confidence}; it must lie between 0 and 1, for example 0.95.`,
      },
    ]);
  }
  return {
    confidence,
    observations: 0,
    sum: 0,
    squares: 0,
    movedAfter: null,
    first: 0,
    higher: Array.from(GRID, () => 1),
    lower: Array.from(GRID, () => 1),
  };
}

/**
 * The bound after further observations, one by one or many at once: the result is the same.
 *
 * @param observations - In the order in which they came, each in [0, 1]; for a precision 1 where a positive was true and 0
 * where it was not. What comes next must not depend on what the bound says, except for stopping.
 * @returns A new bound; the one passed in is as it was. Once it has moved it only counts: start a new one.
 * @throws {EvaluationError} `EVAL_OBSERVATION_INVALID`
 * @example extendBettingBound(createBettingBound(), [1, 0]).observations // 2
 */
export function extendBettingBound(bound: BettingBound, observations: readonly number[]): BettingBound {
  checkObservations(observations);
  const capital: Capital = {
    first: bound.first,
    higher: Float64Array.from(bound.higher),
    lower: Float64Array.from(bound.lower),
  };
  const limit = 2 / (1 - bound.confidence);
  let { sum, squares, movedAfter } = bound;
  let t = bound.observations;
  for (const x of observations) {
    const variance = (0.25 + squares) / (t + 1);
    t += 1;
    if (movedAfter === null) {
      settleBets(capital, x, Math.sqrt((2 * Math.log(limit)) / (variance * t * Math.log(t + 1))));
      if (!ruleOut(capital, limit)) movedAfter = t;
    }
    sum += x;
    squares += (x - (0.5 + sum) / (t + 1)) ** 2;
  }
  return {
    confidence: bound.confidence,
    observations: t,
    sum,
    squares,
    movedAfter,
    first: capital.first,
    higher: [...capital.higher],
    lower: [...capital.lower],
  };
}

/**
 * Where the mean lies, at the confidence of the bound and at every time at once.
 *
 * It only ever narrows: what was ruled out once stays so.
 *
 * @returns Ends rounded outwards to the grid; `null` without observations, and when the mean has moved (`movedAfter`).
 * @example bettingInterval(createBettingBound()) // null
 */
export function bettingInterval({ observations, movedAfter, first, higher }: BettingBound): Interval | null {
  if (observations === 0 || movedAfter !== null) return null;
  return [GRID[first]!, GRID[first + higher.length - 1]!];
}

/** The candidates that are left, the two ends included. */
interface Capital {
  first: number;
  higher: Float64Array;
  lower: Float64Array;
}

function settleBets({ first, higher, lower }: Capital, x: number, stake: number): void {
  for (let g = 0; g < higher.length; g++) {
    const m = GRID[first + g]!;
    const up = 1 + Math.min(stake, LARGEST_STAKE / m) * (x - m);
    const down = 1 - Math.min(stake, LARGEST_STAKE / (1 - m)) * (x - m);
    higher[g] = Math.min(LARGEST_CAPITAL, higher[g]! * up);
    lower[g] = Math.min(LARGEST_CAPITAL, lower[g]! * down);
  }
}

/**
 * Moves the ends to the innermost candidates that are ruled out: `higher` falls and `lower` rises with m, so that what
 * lies beyond them is ruled out, too. The true bounds lie within one step inside of the ends.
 *
 * @returns False when the ends have met, so that nothing is left between them.
 */
function ruleOut(capital: Capital, limit: number): boolean {
  let from = 0;
  let to = capital.higher.length - 1;
  while (from < to && capital.higher[from + 1]! >= limit) from += 1;
  while (from < to && capital.lower[to - 1]! >= limit) to -= 1;
  capital.first += from;
  capital.higher = capital.higher.subarray(from, to + 1);
  capital.lower = capital.lower.subarray(from, to + 1);
  return to > from;
}

function checkObservations(observations: readonly number[]): void {
  const faults: EvaluationFault[] = [];
  for (const [i, x] of observations.entries()) {
    if (x >= 0 && x <= 1) continue;
    faults.push({
      code: 'EVAL_OBSERVATION_INVALID',
      message: `Observation ${i} is ${x}; it must be in [0, 1]. Scale figures to that range, and leave out what is not known.`,
    });
  }
  throwFaults(faults);
}
