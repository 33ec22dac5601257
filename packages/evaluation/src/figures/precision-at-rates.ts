// Question: what are the precisions of a suite and its members worth where positives are rarer than in the evaluation set?
// Source: as in prevalence.ts, Bayes' rule in odds form.
import type { Evaluation, Interval } from './figures.ts';
import { precisionIntervalAtRate } from './prevalence.ts';
import { ratio } from './ratios.ts';

/** A precision where the rate of positives is another. */
export interface MappedPrecision {
  /** The measured precision at both ends of the rate; twice the same where the rate is one number. */
  readonly precision: Interval | null;
  /** Its 95 % interval: the lower end at the lower rate, the upper end at the upper. */
  readonly precisionInterval: Interval | null;
}

/** Likewise of a member, with its unique precision. */
export interface MappedMemberPrecision extends MappedPrecision {
  readonly name: string;
  readonly uniquePrecision: Interval | null;
  readonly uniquePrecisionInterval: Interval | null;
}

/** The result of {@link precisionAtRates}. Recall is the same there as here, and so is every ranking of precisions. */
export interface PrecisionAtRates {
  /** π̂: positive labels ÷ labelled; `null` without labels. */
  readonly rateHere: number | null;
  /** π, both ends; twice the same where it is one number. */
  readonly rateThere: Interval;
  /** What has to hold for the figures to be true, as a sentence to be printed beside them. */
  readonly assumption: string;
  readonly suite: MappedPrecision;
  readonly members: readonly MappedMemberPrecision[];
}

/**
 * The precisions and unique precisions of an evaluation at another rate of positives, with their intervals.
 *
 * The rate here is taken from the labels, so these must be a random sample of the examples (see `estimability`); its own
 * error is not in the intervals.
 *
 * @param evaluation - What `evaluate` returned.
 * @param rateThere - π in [0, 1], or the bounds within which it lies, the lower first.
 * @returns `null` where a precision is, and everywhere when one of the labels does not occur here.
 * @throws {EvaluationError} `EVAL_RATE_INVALID`
 * @example
 * // Half of the examples are positive here, between one and five in a hundred there.
 * const evaluation = evaluate({
 *   labels: [1, 1, 1, 0, 0, 0],
 *   members: [{ name: 'words', judgements: [1, 1, 0, 1, 0, 0] }],
 * });
 * precisionAtRates(evaluation, [0.01, 0.05]).suite.precision // [0.0198, 0.0952]
 */
export function precisionAtRates(
  { suite, members }: Pick<Evaluation, 'suite' | 'members'>,
  rateThere: number | Interval,
): PrecisionAtRates {
  const [low, high] = typeof rateThere === 'number' ? [rateThere, rateThere] : rateThere;
  const rateHere = ratio(suite.positiveLabels, suite.labelled);
  // Checks the rate also where there is nothing to map.
  const map = (interval: Interval | null): Interval | null =>
    precisionIntervalAtRate(rateHere === null ? null : interval, {
      rateHere: rateHere ?? 0.5,
      rateThere: [low, high],
    });
  const mapPoint = (precision: number | null): Interval | null =>
    map(precision === null ? null : [precision, precision]);
  return {
    rateHere,
    rateThere: [low, high],
    assumption: `Assumes that examples of one label look the same there as here, P(example | label), and that only the share of positive labels differs: ${rateHere === null ? 'unknown' : percent(rateHere)} here, ${low === high ? percent(low) : `${percent(low)} to ${percent(high)}`} there.`,
    suite: { precision: mapPoint(suite.precision), precisionInterval: map(suite.precisionInterval) },
    members: members.map((member) => ({
      name: member.name,
      precision: mapPoint(member.precision),
      precisionInterval: map(member.precisionInterval),
      uniquePrecision: mapPoint(member.uniquePrecision),
      uniquePrecisionInterval: map(member.uniquePrecisionInterval),
    })),
  };
}

/** Two significant digits: 33 %, 2 %, 0.15 %. */
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
