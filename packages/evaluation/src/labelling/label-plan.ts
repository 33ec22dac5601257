// Question: which examples should be labelled next, so that the figures of the suite become certain?
// Source: stratified sampling, Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5 and 5A; several figures at once by Bethel,
// Survey Methodology 15 (1989), 47–57.
import { allocateLabels } from './allocation.ts';
import { type AssumedRates, ASSUMED_RATES, guessRates } from './rate-guess.ts';
import { checkBudget, checkLabelPlanOptions } from './check-label-plan.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { createBitColumn, difference, intersection, sizeOf } from '../table/bit-column.ts';
import { createRandom } from '../statistics/random.ts';
import { divideIntoStrata, type StratumSubject } from './strata.ts';
import { drawExamples } from './simple-sample.ts';
import { knownLabels, type LabelledFigure, linearFigures } from './labelled-figure.ts';
import { normalisedScores } from '../thresholds/normalised-scores.ts';
import { type Positives, positivesOf } from '../table/positives.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { type StratumFrame, stratumFrames, totalVariance } from './stratum-frame.ts';

/** Examples that are labelled with the same probability. */
export interface LabelStratum extends StratumSubject {
  /** For people: `only words`, `two or more`, `nobody, score -0.35 to -0.01`. */
  readonly name: string;
  /** Examples without a label. */
  readonly examples: number;
  /** Σ of their sampling weights; the number of examples when there are none. */
  readonly weight: number;
  /** How many of them to label. */
  readonly labels: number;
  /** labels ÷ examples, in (0, 1]; its inverse is the sampling weight. */
  readonly inclusionProbability: number;
}

/** One example to label. */
export interface ChosenExample {
  readonly example: number;
  /** Place among the strata. */
  readonly stratum: number;
  /** That of its stratum. */
  readonly inclusionProbability: number;
}

/** How certain a figure will be. */
export interface PlannedFigure extends LabelledFigure {
  /** Its variance counts so many times. */
  readonly importance: number;
  /** What the labels would leave of its standard error on these examples, by the labels there are and assumed rates. */
  readonly expectedStandardError: number;
}

/** What to label next. */
export interface LabelPlan {
  readonly budget: number;
  readonly seed: number;
  readonly strata: readonly LabelStratum[];
  /** Examples to label, ascending. */
  readonly chosen: readonly ChosenExample[];
  /** The figures that labels can make more certain. */
  readonly figures: readonly PlannedFigure[];
}

/** What {@link labelPlan} takes. */
export interface LabelPlanOptions {
  /** Active members; labels are `null` where they are not known. */
  readonly table: ScoredTable;
  /** Examples that will be labelled, a whole number ≥ 1. */
  readonly budget: number;
  /** A whole number from 1 to 2³² − 1: the same seed chooses the same examples. */
  readonly seed: number;
  /** Bands by score where nobody is positive, a whole number ≥ 1. Default 4. */
  readonly bands?: number;
  /** Names of members whose failure makes a verdict undetermined, as in `evaluate`. Default none. */
  readonly required?: readonly string[];
  /** How many times the variance of a figure counts, ≥ 0; 0 leaves it out. Default 1 each. */
  readonly importance?: Partial<Readonly<Record<LabelledFigure['kind'], number>>>;
  /** Rates where no label says anything, in (0, 1). Default ½ for positives and .01 where nobody is positive. */
  readonly assumedRates?: Partial<AssumedRates>;
}

/**
 * Which examples to label next.
 *
 * Strata are each member's unique positives, the other positives, and where nobody is positive four bands of the highest
 * normalised score, since what was missed lies near the thresholds. The budget is divided so that the largest variance
 * among every member's unique precision, the suite's precision and its recall is smallest, with at least two labels per
 * stratum. Within a stratum every example has the same chance.
 *
 * Labels that are there already stand for themselves, however they came about; the plan is about the others. Variances are
 * guessed from them (never 0); a poor guess wastes labels, but biases no figure. `stratifiedFigures` or `labelledSample`
 * take the labels when they are in.
 *
 * @returns Fewer labels than the budget only when there are fewer examples without one. Strata without one are left out.
 * @throws {EvaluationError} `EVAL_BUDGET_TOO_SMALL`, telling how many labels it takes; `EVAL_PLAN_INVALID`,
 * `EVAL_MEMBER_UNKNOWN`; what `columnsToTable` throws.
 * @example
 * labelPlan({
 *   table: {
 *     labels: [null, null, null, null],
 *     members: [{ name: 'a', column: column([4, 3, 2, 1], (score) => score), threshold: 2.5 }],
 *   },
 *   budget: 4,
 *   seed: 1,
 * }).strata.map(({ name, labels }) => [name, labels])
 * // [['only a', 2], ['nobody, score -0.18', 1], ['nobody, score -0.30', 1]]
 * @see Bethel, Sample allocation in multivariate surveys, Survey Methodology 15 (1989), 47–57.
 */
export function labelPlan(options: LabelPlanOptions): LabelPlan {
  const { table, budget, seed, bands = 4, required = [], importance = {} } = options;
  const bits = columnsToTable(table);
  checkLabelPlanOptions(
    options,
    bits.members.map(({ name }) => name),
  );
  const positives = positivesOf(bits, new Set(required));
  const divided = divideIntoStrata(positives, normalisedScores(table), bands);
  const { frames, counts } = stratumFrames(bits, divided);
  const rates = guessRates(counts, { ...ASSUMED_RATES, ...options.assumedRates });
  const sizes = frames.map(({ open }) => open.length);
  checkBudget(budget, sizes);
  const figures = openFigures(positives, frames, rates).map((one) => ({
    ...one,
    importance: importance[one.figure.kind] ?? 1,
  }));
  const labels = allocateLabels({
    sizes,
    coefficients: figures.map(({ coefficients, importance: times }) => coefficients.map((a) => a * times)),
    budget,
  });
  const strata = divided.subjects.map((subject, h): LabelStratum => ({
    name: stratumName(subject, positives),
    ...subject,
    examples: sizes[h]!,
    weight: frames[h]!.weight,
    labels: labels[h]!,
    inclusionProbability: labels[h]! / sizes[h]!,
  }));
  return {
    budget,
    seed,
    strata,
    chosen: chooseExamples(frames, strata, seed),
    figures: figures.map(({ figure, importance: times, coefficients }) => ({
      ...figure,
      importance: times,
      expectedStandardError: Math.sqrt(
        coefficients.reduce((variance, a, h) => variance + a * (1 / labels[h]! - 1 / sizes[h]!), 0),
      ),
    })),
  };
}

/** A figure with what each stratum adds to its variance, per (1/n − 1/N). */
interface OpenFigure {
  readonly figure: LabelledFigure;
  readonly coefficients: readonly number[];
}

/** The figures that further labels can make more certain. */
function openFigures(positives: Positives, frames: readonly StratumFrame[], rates: readonly number[]): OpenFigure[] {
  const nothing = createBitColumn(positives.table.examples);
  const totals = frames.map(({ kind, member, weight }, h) => ({ kind, member, weight, positive: weight * rates[h]! }));
  return linearFigures(totals, knownLabels(positives, nothing))
    .filter(({ gradient }) => gradient.some((slope) => slope !== 0))
    .map(({ kind, member, gradient }) => ({
      figure: { kind, member },
      coefficients: frames.map(
        ({ open, squares }, h) => gradient[h]! ** 2 * totalVariance(open.length, squares, rates[h]!),
      ),
    }));
}

function chooseExamples(
  frames: readonly StratumFrame[],
  strata: readonly LabelStratum[],
  seed: number,
): ChosenExample[] {
  const random = createRandom(seed);
  return strata
    .flatMap(({ labels, inclusionProbability }, stratum) =>
      drawExamples(frames[stratum]!.open, labels, random).map((example): ChosenExample => ({
        example,
        stratum,
        inclusionProbability,
      })),
    )
    .toSorted((a, b) => a.example - b.example);
}

function stratumName({ kind, member, band }: StratumSubject, { any, twoOrMore, anyFailed }: Positives): string {
  if (kind === 'unique') return `only ${member}`;
  if (kind === 'shared') {
    const beside = intersection(difference(any, twoOrMore), anyFailed);
    return sizeOf(beside, null).weight > 0 ? 'two or more, or one beside a failure' : 'two or more';
  }
  if (band === null) return 'nobody, no score';
  const [from, to] = [band.from.toFixed(2), band.to.toFixed(2)];
  return `nobody, score ${from === to ? from : `${from} to ${to}`}`;
}
