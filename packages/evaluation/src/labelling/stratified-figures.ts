// Question: what do the labels that a plan asked for say about the figures of the suite?
// Source: Cochran, Sampling Techniques, 3rd ed. 1977, §5.4 and §6.13 (stratified means, linearised ratio), Tin, JASA 60 (1965), 294–307 (its bias); the interval is
// Wilson's at the effective size of a complex sample: Korn & Graubard, Survey Methodology 24 (1998), 193–201.
import { ASSUMED_RATES, guessRates } from './rate-guess.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { effectiveSize, wilsonInterval } from '../statistics/wilson-interval.ts';
import type { Interval } from '../figures/figures.ts';
import {
  type KnownLabels,
  knownLabels,
  type LabelledFigure,
  linearFigures,
  type LinearFigure,
} from './labelled-figure.ts';
import type { LabelPlan } from './label-plan.ts';
import { positivesOf } from '../table/positives.ts';
import { sampleOfPlan, type StratumSample } from './plan-sample.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { sizeOf } from '../table/bit-column.ts';
import { totalVariance } from './stratum-frame.ts';

/** What {@link stratifiedFigures} takes besides the table and its plan. */
export interface StratifiedFiguresOptions {
  /** As in the plan. Default none. */
  readonly required?: readonly string[];
  /**
   * Whose figures: those of exactly these examples, or of all that may come from where they came from. Default `'source'`,
   * which is what every other interval is about.
   */
  readonly population?: 'examples' | 'source';
  /** In (0, 1). Default .95. */
  readonly confidence?: number;
}

/** A figure estimated from a stratified sample of labels. */
export interface StratifiedFigure extends LabelledFigure {
  /** `null` when there is nothing that it could be a share of, or a stratum that it needs has no label. */
  readonly value: number | null;
  /** Of the population asked for; 0 only when that is these examples and all of them have labels. */
  readonly standardError: number | null;
  readonly interval: Interval | null;
}

/**
 * Every member's unique precision, the suite's precision and its recall, from the labels that a plan asked for.
 *
 * Each stratum is scaled up to its size, labels that were there before stand for themselves. How many examples are unique
 * positives or positives is known and not estimated, so precisions are means over strata, without bias. Recall is the ratio
 * of two estimated totals, less its bias to second order: without that it would be too high by about its standard error ÷
 * recall, in units of the standard error (docs/simulations/what-to-label.md).
 *
 *     V = Σₕ gₕ² Nₕ² S²ₕ (1/nₕ − 1/Nₕ)        g: slope of the figure, S²ₕ: variance within the stratum
 *
 * For the source of the examples, v (1 − v) ÷ size is added: these examples are a sample themselves. The interval is
 * Wilson's at the effective size v (1 − v) ÷ V. Rates in V start from half an example, as in `labelPlan`, so that a stratum
 * whose labels are all alike is not taken for certain; the values do not.
 *
 * A chosen example that still has no label is left out, as if chance had done it: where labelling failed for a reason that
 * has to do with the label, the figures are wrong.
 *
 * @param table - The one that the plan was made for, with the same thresholds, and with the labels that it asked for.
 * @throws {EvaluationError} `EVAL_PLAN_MISMATCH`, `EVAL_CONFIDENCE_INVALID`; what `columnsToTable` throws.
 * @example
 * const members = [{ name: 'a', column: column([4, 3, 2, 1], (score) => score), threshold: 2.5 }];
 * const plan = labelPlan({ table: { labels: [null, null, null, null], members }, budget: 4, seed: 1 });
 * stratifiedFigures({ labels: [1, 0, 1, 0], members }, plan).at(-1) // { kind: 'suiteRecall', member: null, value: 0.5 }
 */
export function stratifiedFigures(
  table: ScoredTable,
  plan: LabelPlan,
  { required = [], population = 'source', confidence = 0.95 }: StratifiedFiguresOptions = {},
): StratifiedFigure[] {
  const positives = positivesOf(columnsToTable(table), new Set(required));
  const { strata, asked } = sampleOfPlan(positives, plan);
  const known = knownLabels(positives, asked);
  const estimated = linearFigures(
    strata.map((stratum) => ({ ...stratum, positive: stratum.weight * (stratum.rate ?? 0) })),
    known,
  );
  const rates = guessRates(strata, ASSUMED_RATES);
  const smoothed = linearFigures(
    strata.map((stratum, h) => ({ ...stratum, positive: stratum.weight * rates[h]! })),
    known,
  );
  const recallBias = ratioBias(strata, known);
  const all = sizeOf(positives.all, positives.table.weights);
  const perWeight = all.weight === 0 ? 1 : effectiveSize(all) / all.weight;
  return estimated.map(({ kind, member, value: plain, gradient }, f) => {
    const value = plain === null || kind !== 'suiteRecall' ? plain : Math.min(1, Math.max(0, plain - recallBias));
    const isOpen = strata.some(({ rate }, h) => rate === null && gradient[h] !== 0);
    if (value === null || isOpen) return { kind, member, value: null, standardError: null, interval: null };
    const centre = smoothed[f]!;
    const variance =
      sampleVariance(centre, strata, rates) +
      (population === 'source' ? (centre.value! * (1 - centre.value!)) / (centre.whole * perWeight) : 0);
    return {
      kind,
      member,
      value,
      standardError: Math.sqrt(variance),
      interval: intervalAt(value, { centre: centre.value!, variance, confidence }),
    };
  });
}

/**
 * By how much the ratio TP ÷ (TP + FN) of two estimated totals is too high on average, to second order:
 * (TP · Var FN − FN · Var TP) ÷ (TP + FN)³.
 *
 * @see Tin, Comparison of some ratio estimators, JASA 60 (1965), 294–307, https://doi.org/10.1080/01621459.1965.10480792
 */
function ratioBias(strata: readonly StratumSample[], known: KnownLabels): number {
  let truePositives = known.shared.positive + known.unique.reduce((sum, { positive }) => sum + positive, 0);
  let missed = known.none.positive;
  let [varianceFound, varianceMissed] = [0, 0];
  for (const { kind, labels, examples, weight, squares, rate } of strata) {
    if (rate === null) continue;
    // p (1 − p) n ÷ (n − 1) is unbiased; a single label of many says nothing of a variance.
    const unbiased = labels > 1 ? labels / (labels - 1) : 0;
    const variance = totalVariance(examples, squares, rate) * unbiased * (1 / labels - 1 / examples);
    if (kind === 'none') {
      missed += weight * rate;
      varianceMissed += variance;
    } else {
      truePositives += weight * rate;
      varianceFound += variance;
    }
  }
  const positiveLabels = truePositives + missed;
  if (positiveLabels === 0) return 0;
  return (truePositives * varianceMissed - missed * varianceFound) / positiveLabels ** 3;
}

function sampleVariance(
  { gradient }: LinearFigure,
  strata: readonly StratumSample[],
  rates: readonly number[],
): number {
  return strata.reduce((variance, { labels, examples, squares }, h) => {
    if (gradient[h] === 0) return variance;
    return variance + gradient[h]! ** 2 * totalVariance(examples, squares, rates[h]!) * (1 / labels - 1 / examples);
  }, 0);
}

function intervalAt(
  value: number,
  { centre, variance, confidence }: { readonly centre: number; readonly variance: number; readonly confidence: number },
): Interval | null {
  const size = (centre * (1 - centre)) / variance;
  return Number.isFinite(size)
    ? wilsonInterval(value * size, size, { effectiveSize: size, confidence })
    : [value, value];
}
