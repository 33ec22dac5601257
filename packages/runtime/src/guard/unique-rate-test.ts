// Question: has the rate of a member's unique positives risen above what was declared?
// Source: Shiryaev, Theory Probab. Appl. 8 (1963), 22–46; Roberts, Technometrics 8 (1966), 411–430; Pollak, Ann. Statist.
// 13 (1985), 206–227 (the martingale, mixtures); Tartakovsky, Nikiforov & Basseville, Sequential Analysis (2014), chapters 6, 8.

/** What {@link UniqueRateTest} takes. */
export interface UniqueRateTestOptions {
  /** Declared rate p₀ of unique positives per example, in [0, 1]: the test is for more than that. */
  readonly rate: number;
  /** A, the mean number of examples to a false alarm that is promised; at least 1. Default 1,000,000. */
  readonly runLength?: number;
}

/** Examples to a false alarm that are promised when nothing else is said. */
export const DEFAULT_RUN_LENGTH = 1_000_000;

/** A member that says yes to everything is to be contained within so many examples. */
export const CONTAINED_WITHIN = 50;

/** Weight of "yes to everything" in the mixture; the other alternatives share the rest. */
const YES_WEIGHT = 0.25;
/** The odds of neighbouring alternatives differ by this factor. */
const ODDS_STEP = 2;
/** The odds of the last alternative below "yes to everything" are at least this: a rate of .98. */
const LAST_ODDS = 50;

/**
 * A sequential test of a rate: Shiryaev–Roberts, mixed over alternatives.
 *
 * An alternative multiplies the odds of p₀ by θ: θ = 2, 4, 8, … up to a rate of .98, and θ = ∞, yes to everything. With
 * weights w (¼ for θ = ∞, the others equal) and xₙ = 1 for a unique positive,
 *
 *     Rₙ = Σ_θ w_θ Rₙ(θ)        Rₙ(θ) = (1 + Rₙ₋₁(θ)) · L_θ(xₙ)        L_θ(x) = θˣ ÷ (1 + (θ − 1) p₀)
 *
 * and the alarm is at the first unique positive with Rₙ ≥ A.
 *
 * **Run length.** If P(xₙ = 1 | the past) ≤ p₀, then E[L_θ(xₙ) | the past] ≤ 1, with equality at p₀, since θ ≥ 1 makes L_θ(1) the
 * larger of the two. So E[Rₙ | the past] ≤ 1 + Rₙ₋₁: Rₙ − n is a supermartingale that starts at 0. With N the first n with
 * Rₙ ≥ A, A · P(N ≤ n) ≤ E[R at min(N, n)] ≤ E[min(N, n)] for every n, hence E[N] ≥ A; waiting for a positive only
 * makes it later. This holds for any weights that add up to 1, for every rate below p₀, for a p₀ that changes from example to
 * example, and without independence. What it does need is that the past never lifts the rate above p₀: a campaign
 * that only this member sees does.
 *
 * **Delay.** Rₙ grows with Rₙ₋₁, so the delay after a change is longest when the test has just started, whatever came
 * before. For yes to everything it is not random: {@link examplesToContain}.
 *
 * **Memory** is fixed: four numbers per alternative. Nothing overflows: Rₙ(θ) stays below A ÷ w_θ + n until the
 * alarm, and the test stops there. p₀ = 0: the first unique positive is an alarm. p₀ = 1: nothing can be above it, so there is none.
 *
 * @example
 * const test = new UniqueRateTest({ rate: 0.01 });
 * [1, 2, 3, 4].map(() => test.observe(true)) // [false, false, false, true]
 */
export class UniqueRateTest {
  readonly rate: number;
  readonly runLength: number;
  readonly #odds: Float64Array;
  readonly #weights: Float64Array;
  /** L_θ(0) and L_θ(1) at the declared rate. */
  readonly #ratios: readonly [Float64Array, Float64Array];
  /** Rₙ(θ). */
  readonly #sums: Float64Array;
  /** Likelihood ratio of a change at its likeliest place for θ; 1 when no place is likelier than none. */
  readonly #peaks: Float64Array;
  /** Above 1: that place, the first example after the change. */
  readonly #starts: Float64Array;
  /** Above 1: the unique positives since then. */
  readonly #positives: Float64Array;
  #anyPeak = false;
  #examples = 0;
  #statistic = 0;
  #alarmed = false;

  constructor({ rate, runLength = DEFAULT_RUN_LENGTH }: UniqueRateTestOptions) {
    this.rate = rate;
    this.runLength = runLength;
    this.#odds = alternatives(rate);
    const finite = this.#odds.length - 1;
    this.#weights = this.#odds.map((odds) => weightOf(odds, finite));
    this.#ratios = [likelihoodRatios(this.#odds, rate, false), likelihoodRatios(this.#odds, rate, true)];
    this.#sums = new Float64Array(this.#odds.length);
    this.#peaks = new Float64Array(this.#odds.length).fill(1);
    this.#starts = new Float64Array(this.#odds.length);
    this.#positives = new Float64Array(this.#odds.length);
  }

  /** n, the examples that were observed. */
  get examples(): number {
    return this.#examples;
  }

  /** Rₙ: 0 at the start, n on average at the declared rate, less below it, the run length or more at an alarm. */
  get statistic(): number {
    return this.#statistic;
  }

  /** Whether there was an alarm; from then on nothing is observed. */
  get alarmed(): boolean {
    return this.#alarmed;
  }

  /**
   * Takes one example.
   *
   * @param rate - p₀ for this example, in [0, 1]; default the declared one.
   * @returns Whether there is, or was, an alarm.
   */
  observe(isUniquePositive: boolean, rate: number = this.rate): boolean {
    if (this.#alarmed) return true;
    this.#examples += 1;
    const ratios =
      rate === this.rate
        ? this.#ratios[isUniquePositive ? 1 : 0]
        : likelihoodRatios(this.#odds, rate, isUniquePositive);
    let statistic = 0;
    for (let a = 0; a < ratios.length; a++) {
      const sum = (1 + this.#sums[a]!) * ratios[a]!;
      this.#sums[a] = sum;
      statistic += this.#weights[a]! * sum;
    }
    this.#statistic = statistic;
    this.#followPeaks(ratios, isUniquePositive);
    this.#alarmed = isUniquePositive && rate < 1 && statistic >= this.runLength;
    return this.#alarmed;
  }

  /**
   * Where the rate most likely rose: the maximum of the likelihood over place and alternative.
   *
   * @returns The number of the first example after it, from 1, and the unique positives since then; `examples + 1` and 0 when no
   * place is likelier than none.
   * @see Hinkley, Inference about the change-point from cumulative sum tests, Biometrika 58 (1971), 509–523.
   */
  likelyChange(): { readonly example: number; readonly uniquePositives: number } {
    let best = 0;
    for (let a = 1; a < this.#peaks.length; a++) if (this.#peaks[a]! > this.#peaks[best]!) best = a;
    if (this.#peaks[best] === 1) return { example: this.#examples + 1, uniquePositives: 0 };
    return { example: this.#starts[best]!, uniquePositives: this.#positives[best]! };
  }

  /** The first place that {@link likelyChange} can still name, now or later. */
  earliestChange(): number {
    return this.#starts.reduce(
      (first, start, a) => (this.#peaks[a] === 1 ? first : Math.min(first, start)),
      this.#examples + 1,
    );
  }

  /** A peak rises from 1 with a unique positive only, so that there is nothing to do while all is quiet. */
  #followPeaks(ratios: Float64Array, isUniquePositive: boolean): void {
    if (!isUniquePositive && !this.#anyPeak) return;
    this.#anyPeak = false;
    for (let a = 0; a < ratios.length; a++) {
      const before = this.#peaks[a]!;
      const peak = Math.max(1, before * ratios[a]!);
      this.#peaks[a] = peak;
      if (peak === 1) continue;
      this.#anyPeak = true;
      if (before === 1) [this.#starts[a], this.#positives[a]] = [this.#examples, 0];
      if (isUniquePositive) this.#positives[a]! += 1;
    }
  }
}

/**
 * How many examples in a row must be unique positives for an alarm: the longest delay when a member says yes to everything and
 * the others to nothing, whatever came before.
 *
 * @returns `null` when no number below the run length is enough, or the rate is 1.
 * @example examplesToContain({ rate: 0.05 }) // 5
 */
export function examplesToContain({ rate, runLength = DEFAULT_RUN_LENGTH }: UniqueRateTestOptions): number | null {
  if (rate === 1) return null;
  const test = new UniqueRateTest({ rate, runLength });
  while (test.examples < runLength) if (test.observe(true)) return test.examples;
  return null;
}

/** θ: the factors by which alternatives multiply the odds of the rate; the last is ∞. */
function alternatives(rate: number): Float64Array {
  const odds = rate / (1 - rate);
  // Below a rate of 1e-12 the grid stays as it is there: a single positive is as good as an alarm.
  const steps = Math.max(1, Math.ceil(Math.log(LAST_ODDS / Math.max(odds, 1e-12)) / Math.log(ODDS_STEP)));
  return Float64Array.from({ length: steps + 1 }, (_, a) => (a === steps ? Infinity : ODDS_STEP ** (a + 1)));
}

function weightOf(odds: number, finite: number): number {
  return odds === Infinity ? YES_WEIGHT : (1 - YES_WEIGHT) / finite;
}

/** L_θ(x) for each θ: how much likelier x is when the odds are θ times those of the rate. */
function likelihoodRatios(odds: Float64Array, rate: number, isPositive: boolean): Float64Array {
  return odds.map((theta) => {
    if (theta === Infinity) return isPositive ? 1 / rate : 0;
    return (isPositive ? theta : 1) / (1 + (theta - 1) * rate);
  });
}
