// Question: has the rate of a member's unique positives risen above what was declared?
// Source: Shiryaev, Theory Probab. Appl. 8 (1963), 22–46; Roberts, Technometrics 8 (1966), 411–430; Pollak, Ann. Statist.
// 13 (1985), 206–227 (the martingale, mixtures); Tartakovsky, Nikiforov & Basseville, Sequential Analysis (2014), chapters 6, 8.

/** What {@link UniqueRateTest} takes. */
export interface UniqueRateTestOptions {
  /** p₀, share of examples on which the member alone is positive, at most, when all is well; in [0, 1]. */
  readonly rate: number;
  /** p₁, likewise of the examples on which nobody else is positive; in [0, 1]. Default: p₀. */
  readonly ownRate?: number;
  /** A, the mean number of examples to a false alarm that is promised; at least 1. Default 1,000,000. */
  readonly runLength?: number;
}

/** Who is positive on an example: the member alone, nobody, or others (and it, or not). */
export type WhoIsPositive = 'alone' | 'nobody' | 'others';

/** Examples to a false alarm that are promised when nothing else is said. */
export const DEFAULT_RUN_LENGTH = 1_000_000;

/** Weight of "yes to everything" in the mixture; the other alternatives share the rest. */
const YES_WEIGHT = 0.5;
/** The odds of neighbouring alternatives differ by this factor. */
const ODDS_STEP = 2;
/** The odds of the last alternative are at least this: a rate of .98. */
const LAST_ODDS = 50;

/**
 * A sequential test of a rate: Shiryaev–Roberts, mixed over alternatives.
 *
 * One kind of alternative multiplies the odds of p₀ by θ = 2, 4, 8, … up to a rate of .98. With xₙ = 1 where the member alone
 * is positive, and 0 elsewhere,
 *
 *     Rₙ(θ) = (1 + Rₙ₋₁(θ)) · L_θ(xₙ)        L_θ(x) = θˣ ÷ (1 + (θ − 1) p₀)
 *
 * The last alternative is yes to everything. It tells nothing from an example on which others are positive; on the others
 *
 *     Rₙ(yes) = (1 + Rₙ₋₁(yes)) ÷ p₁ where the member is positive, 0 where it is not
 *
 * The alarm is at the first unique positive with Rₙ = ½ Rₙ(yes) + ½ mean of Rₙ(θ) ≥ A.
 *
 * **Run length.** Suppose P(xₙ = 1 | the past) ≤ p₀, and P(xₙ = 1 | the past, nobody else is positive) ≤ p₁. Then each factor has a
 * mean of at most 1 given the past (L_θ(1) > L_θ(0), and the mean is 1 at p₀). So E[Rₙ | the past] ≤ 1 + Rₙ₋₁: Rₙ − n is a
 * supermartingale that starts at 0. With N the first n with Rₙ ≥ A, A · P(N ≤ n) ≤ E[R at min(N, n)] ≤ E[min(N, n)] for
 * every n, hence E[N] ≥ A; waiting for a unique positive only makes it later. This holds for any weights that add up
 * to 1, for every rate below p₀, for a p₀ that changes from example to example, and without independence. What it needs is that the
 * past never lifts the rate above p₀: a campaign that only this member sees does.
 *
 * **Delay.** Rₙ grows with Rₙ₋₁, so the delay after a change is longest when the test has just started, whatever came
 * before. Yes to everything is contained within {@link containedWithin} verdicts that it turns, whatever the others say.
 *
 * **Memory** is fixed: four numbers per alternative. Nothing overflows: a part stays below A ÷ its weight + n until the
 * alarm, and the test stops there. p₀ = 0: the first unique positive is an alarm. p₀ = 1: nothing can be above it, so there is none.
 *
 * @example
 * const test = new UniqueRateTest({ rate: 0.01 });
 * [1, 2, 3, 4].map(() => test.observe('alone')) // [false, false, false, true]
 */
export class UniqueRateTest {
  readonly rate: number;
  readonly ownRate: number;
  readonly runLength: number;
  readonly #ratios: { readonly declared: Ratios; readonly own: Ratios };
  readonly #weights: Float64Array;
  /** Rₙ of each alternative; yes to everything is the last. */
  readonly #sums: Float64Array;
  /** Likelihood ratio of a change at its likeliest place for this alternative; 1 when no place is likelier than none. */
  readonly #peaks: Float64Array;
  /** Above 1: that place, the first example after the change. */
  readonly #starts: Float64Array;
  /** Above 1: the unique positives since then. */
  readonly #positives: Float64Array;
  #anyPeak = false;
  #examples = 0;
  #statistic = 0;
  #alarmed = false;

  constructor({ rate, ownRate = rate, runLength = DEFAULT_RUN_LENGTH }: UniqueRateTestOptions) {
    this.rate = rate;
    this.ownRate = ownRate;
    this.runLength = runLength;
    const odds = alternatives(rate);
    this.#ratios = { declared: ratiosOf(odds, { rate, ownRate }), own: ratiosOf(odds, { rate: ownRate, ownRate }) };
    this.#weights = Float64Array.from([...odds.map(() => (1 - YES_WEIGHT) / odds.length), YES_WEIGHT]);
    this.#sums = new Float64Array(this.#weights.length);
    this.#peaks = new Float64Array(this.#weights.length).fill(1);
    this.#starts = new Float64Array(this.#weights.length);
    this.#positives = new Float64Array(this.#weights.length);
  }

  /** n, the examples that were observed. */
  get examples(): number {
    return this.#examples;
  }

  /** Rₙ: 0 at the start, at most n on average when all is well, the run length or more at an alarm. */
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
   * @param against - Which rate p₀ is for this example: the declared one, or the own one because a member is away whose presence
   * the declared one relies on. Default `declared`.
   * @returns Whether there is, or was, an alarm.
   */
  observe(positive: WhoIsPositive, against: 'declared' | 'own' = 'declared'): boolean {
    if (this.#alarmed) return true;
    this.#examples += 1;
    const ratios = this.#ratios[against][positive];
    const yes = ratios.length - 1;
    let statistic = 0;
    for (let a = 0; a < ratios.length; a++) {
      const start = a === yes && positive === 'others' ? 0 : 1;
      const sum = (start + this.#sums[a]!) * ratios[a]!;
      this.#sums[a] = sum;
      statistic += this.#weights[a]! * sum;
    }
    this.#statistic = statistic;
    this.#followPeaks(ratios, positive === 'alone');
    const canRise = (against === 'own' ? this.ownRate : this.rate) < 1;
    this.#alarmed = positive === 'alone' && canRise && statistic >= this.runLength;
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
  #followPeaks(ratios: Float64Array, isUnique: boolean): void {
    if (!isUnique && !this.#anyPeak) return;
    this.#anyPeak = false;
    for (let a = 0; a < ratios.length; a++) {
      const before = this.#peaks[a]!;
      const peak = Math.max(1, before * ratios[a]!);
      this.#peaks[a] = peak;
      if (peak === 1) continue;
      this.#anyPeak = true;
      if (before === 1) [this.#starts[a], this.#positives[a]] = [this.#examples, 0];
      if (isUnique) this.#positives[a]! += 1;
    }
  }
}

/**
 * How many verdicts a member that says yes to everything turns until the alarm, at most: whatever came before, whatever the others
 * say, and whatever the declared rate of unique positives.
 *
 * Yes to everything alone is an alarm after n unique positives when ½ Σ p₁⁻ᵏ ≥ A over k = 1 … n; that is
 * n = ⌈ln(1 + 2 A (1 − p₁)) ÷ ln(1 ÷ p₁)⌉. While the others are positive on nothing, it is as many examples.
 *
 * @returns At least 1; `null` when p₁ is 1.
 * @example containedWithin({ rate: 0.05 }) // 5
 */
export function containedWithin({
  rate,
  ownRate = rate,
  runLength = DEFAULT_RUN_LENGTH,
}: UniqueRateTestOptions): number | null {
  if (ownRate === 1) return null;
  return Math.max(1, Math.ceil(Math.log(1 + (runLength / YES_WEIGHT) * (1 - ownRate)) / Math.log(1 / ownRate)));
}

/** By what an example multiplies each alternative, by who is positive on it; yes to everything is the last. */
type Ratios = { readonly [positive in WhoIsPositive]: Float64Array };

function ratiosOf(
  odds: readonly number[],
  { rate, ownRate }: { readonly rate: number; readonly ownRate: number },
): Ratios {
  const quiet = odds.map((theta) => likelihoodRatio(theta, rate, false));
  return {
    alone: Float64Array.from([...odds.map((theta) => likelihoodRatio(theta, rate, true)), 1 / ownRate]),
    nobody: Float64Array.from([...quiet, 0]),
    others: Float64Array.from([...quiet, 1]),
  };
}

/** L_θ(x): how much likelier x is when the odds are θ times those of the rate. Against a rate of 0 a positive proves everything. */
function likelihoodRatio(theta: number, rate: number, isPositive: boolean): number {
  if (rate === 0) return isPositive ? Infinity : 1;
  return (isPositive ? theta : 1) / (1 + (theta - 1) * rate);
}

/** θ: the factors by which alternatives multiply the odds of the rate. */
function alternatives(rate: number): number[] {
  const odds = rate / (1 - rate);
  // Below a rate of 1e-12 the grid stays as it is there.
  const steps = Math.max(1, Math.ceil(Math.log(LAST_ODDS / Math.max(odds, 1e-12)) / Math.log(ODDS_STEP)));
  return Array.from({ length: steps }, (_, a) => ODDS_STEP ** (a + 1));
}
