// Question: how often may a label of a stratum be 1, when few of its examples or none have a label?
// Source: Jeffreys, Theory of Probability, 3rd ed. 1961, §3.10 (half an example); shrinking to a pooled rate as in Efron &
// Morris, JASA 70 (1975), 311–319.
import type { StratumSubject } from './strata.ts';

/** What is taken to be true where no label says anything. It moves labels about, and biases no figure. */
export interface AssumedRates {
  /** Share of the positives that are true, in (0, 1). */
  readonly positive: number;
  /** Share of positive labels where nobody is positive, in (0, 1). */
  readonly none: number;
}

/** ½: the widest variance there is. .01: positive labels are rare where seven members see nothing. */
export const ASSUMED_RATES: AssumedRates = { positive: 0.5, none: 0.01 };

/** What the labels of a stratum say. */
export interface LabelCounts {
  readonly kind: StratumSubject['kind'];
  /** Labelled examples. */
  readonly labels: number;
  /** Those of them whose label is 1. */
  readonly positive: number;
  /** How many times the rate of its kind is assumed here, > 0; see {@link concentrations}. */
  readonly concentration: number;
}

/**
 * How positive labels are assumed to spread over strata: every band by score holds as many of them as any other, although
 * the bands grow towards low scores. All other strata have the rate of their kind.
 *
 * @param strata - With their examples without a label.
 * @returns In the order of the strata; over the bands the mean by size is 1.
 */
export function concentrations(
  strata: readonly (Pick<StratumSubject, 'band'> & { readonly examples: number })[],
): number[] {
  const bands = strata.filter(({ band }) => band !== null);
  const all = sum(bands.map(({ examples }) => examples));
  return strata.map(({ band, examples }) => (band === null ? 1 : all / (bands.length * examples)));
}

/**
 * A rate for every stratum, for planning and for variances: never 0 and never 1, and never shown as a figure.
 *
 * First per kind of stratum, from the assumed rate; then per stratum, from the rate of its kind times its concentration, at
 * most ½. Each step starts from half an example of the rarer outcome and as much of the other one as makes the mean that of
 * the step before: at ½ this is Jeffreys's prior, and 0 of 20 where the kind has 1 in 100 is not taken for never.
 *
 * @returns In the order of the strata.
 * @example guessRates([{ kind: 'unique', labels: 3, positive: 3, concentration: 1 }], ASSUMED_RATES) // [0.929]
 */
export function guessRates(strata: readonly LabelCounts[], assumed: AssumedRates): number[] {
  return strata.map((stratum) => {
    const kin = strata.filter(({ kind }) => kind === stratum.kind);
    const pooled = shrunk(
      // A label where positive ones are three times as frequent counts as three.
      {
        labels: sum(kin.map(({ labels, concentration }) => labels * concentration)),
        positive: sum(kin.map(({ positive }) => positive)),
      },
      stratum.kind === 'none' ? assumed.none : assumed.positive,
    );
    const { concentration } = stratum;
    return shrunk(stratum, concentration === 1 ? pooled : Math.min(0.5, pooled * concentration));
  });
}

function shrunk({ labels, positive }: Pick<LabelCounts, 'labels' | 'positive'>, mean: number): number {
  const odds = mean / (1 - mean);
  const [priorPositive, priorNegative] = mean <= 0.5 ? [0.5, 0.5 / odds] : [0.5 * odds, 0.5];
  return (positive + priorPositive) / (labels + priorPositive + priorNegative);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
