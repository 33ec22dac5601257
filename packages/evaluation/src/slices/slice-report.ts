// Question: where is the suite worse than on the whole, and is that more than the chance of having looked in many places?
// Source: Dunn, Multiple comparisons among means, JASA 56 (1961), 52–64 (Bonferroni's inequality: looks share the error).
import { type BitColumn, createBitColumn, difference, intersection, setBit, sizeOf } from '../table/bit-column.ts';
import { type BitTable, toExampleTable } from '../table/bit-table.ts';
import { clusteredInterval } from '../statistics/clustered-interval.ts';
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { positivesOf } from '../table/positives.ts';
import { ratios } from '../figures/ratios.ts';
import type { SliceColumn } from '../table/scored-table.ts';
import type { SliceFigures, SliceReport } from './slice-figures.ts';

/** What {@link sliceReport} takes besides table and columns. */
export interface SliceReportOptions {
  /** Shape [n], as in `evaluate`. Default: each example by itself. */
  readonly clusters?: readonly (string | null)[] | Clusters | null;
}

/** Values of one column; more of them are no slices but a key. */
const MOST_VALUES = 1000;
/** The error that all looks share. */
const ERROR = 0.05;

/**
 * The suite on every slice, the worst first.
 *
 * A slice is an example's value in one column. Slices are ordered by what they can be at best: of precision and recall, the
 * upper end of the interval minus the suite's figure, whichever is lower. A slice that is bad even at its best comes first,
 * and one that looks bad because it holds three examples comes late. A negative difference says that the slice is worse than
 * the suite; all precisions hold at once with 95 % confidence, and so do all recalls.
 *
 * @param slices - Each name once, up to 1,000 values each; an example without a value (`null`) is in no slice of the column.
 * @returns Shares without anything to divide by are `null`, and slices with neither share come last.
 * @throws {EvaluationError} what `toBitTable` and `numberClusters` throw; `EVAL_SLICE_TOO_MANY`, `EVAL_SLICE_DUPLICATE`,
 * `EVAL_LENGTH_MISMATCH`, `EVAL_EXAMPLES_WANTED` for a summary (`summaryTable` takes one slice of it).
 * @example
 * sliceReport(
 *   { labels: [1, 1, 0, 1], members: [{ name: 'words', judgements: [1, 1, 1, 0] }] },
 *   [{ name: 'language', values: ['en', 'en', 'de', 'de'] }],
 * ).slices.map((slice) => slice.value) // ['de', 'en']
 */
export function sliceReport(
  table: JudgementTable | BitTable,
  slices: readonly SliceColumn[],
  options: SliceReportOptions = {},
): SliceReport {
  const bits = toExampleTable(table, 'Slices cannot be told apart');
  throwFaults(sliceFaults(slices, bits.examples));
  const clusters = options.clusters == null ? null : numberClusters(options.clusters, bits.examples);
  const { any } = positivesOf(bits);
  const outcomes: Outcomes = {
    any,
    truePositives: intersection(any, bits.labelledPositive),
    falsePositives: intersection(any, bits.labelledNegative),
    falseNegatives: difference(bits.labelledPositive, any),
  };
  const places = slices.flatMap(({ name, values }) =>
    placesByValue(values).map(([value, examples]): SlicePlace => ({ column: name, value, examples })),
  );
  const looks = places.length;
  const confidence = 1 - ERROR / Math.max(1, looks);
  const { precision, recall } = ratios(countsOf(outcomes, bits));
  const suite = { precision, recall };
  const figures = places.map((place) => figuresOf(place, outcomes, { table: bits, clusters, confidence }));
  return { looks, confidence, suite, slices: figures.toSorted((a, b) => compareSlices(a, b, suite)) };
}

/** The examples by what the suite said and what was true. */
interface Outcomes {
  readonly any: BitColumn;
  readonly truePositives: BitColumn;
  readonly falsePositives: BitColumn;
  readonly falseNegatives: BitColumn;
}

interface SlicePlace {
  readonly column: string;
  readonly value: string;
  /** Indices, ascending. */
  readonly examples: readonly number[];
}

function placesByValue(values: readonly (string | null)[]): [value: string, examples: number[]][] {
  const places = new Map<string, number[]>();
  for (const [i, value] of values.entries()) {
    if (value === null) continue;
    const place = places.get(value);
    if (place === undefined) places.set(value, [i]);
    else place.push(i);
  }
  return [...places];
}

interface SliceContext {
  readonly table: BitTable;
  readonly clusters: Clusters | null;
  readonly confidence: number;
}

function figuresOf({ column, value, examples }: SlicePlace, outcomes: Outcomes, context: SliceContext): SliceFigures {
  const { table, clusters, confidence } = context;
  const slice = createBitColumn(table.examples);
  for (const i of examples) setBit(slice, i);
  const inside: Outcomes = {
    any: intersection(outcomes.any, slice),
    truePositives: intersection(outcomes.truePositives, slice),
    falsePositives: intersection(outcomes.falsePositives, slice),
    falseNegatives: intersection(outcomes.falseNegatives, slice),
  };
  const sample = { weights: table.weights, clusters, confidence };
  const counts = countsOf(inside, table);
  const { precision, recall } = ratios(counts);
  return {
    column,
    value,
    examples: examples.length,
    positiveLabels: sizeOf(intersection(table.labelledPositive, slice), table.weights).weight,
    positives: sizeOf(inside.any, table.weights).weight,
    ...counts,
    precision,
    precisionInterval: clusteredInterval(inside.truePositives, inside.falsePositives, sample),
    recall,
    recallInterval: clusteredInterval(inside.truePositives, inside.falseNegatives, sample),
  };
}

type SliceCounts = Pick<SliceFigures, 'truePositives' | 'falsePositives' | 'falseNegatives'>;

function countsOf(outcomes: Outcomes, { weights }: BitTable): SliceCounts {
  return {
    truePositives: sizeOf(outcomes.truePositives, weights).weight,
    falsePositives: sizeOf(outcomes.falsePositives, weights).weight,
    falseNegatives: sizeOf(outcomes.falseNegatives, weights).weight,
  };
}

/** The worst first; of equals the larger, then by column and value. */
function compareSlices(a: SliceFigures, b: SliceFigures, suite: SliceReport['suite']): number {
  const [atBestA, atBestB] = [atBest(a, suite), atBest(b, suite)];
  if (atBestA !== atBestB) return atBestA < atBestB ? -1 : 1;
  return b.examples - a.examples || compareNames(a.column, b.column) || compareNames(a.value, b.value);
}

/** By how much the slice may exceed the suite at best, in the figure where that is least; +∞ where nothing is known. */
function atBest({ precisionInterval, recallInterval }: SliceFigures, suite: SliceReport['suite']): number {
  return Math.min(
    precisionInterval === null || suite.precision === null ? Infinity : precisionInterval[1] - suite.precision,
    recallInterval === null || suite.recall === null ? Infinity : recallInterval[1] - suite.recall,
  );
}

/** By code unit: the same order in every language setting. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is wrong with slice columns. */
export function sliceFaults(slices: readonly SliceColumn[], examples: number): EvaluationFault[] {
  const faults: EvaluationFault[] = [];
  const seen = new Set<string>();
  for (const { name, values } of slices) {
    if (seen.has(name)) {
      faults.push({
        code: 'EVAL_SLICE_DUPLICATE',
        message: `Two slice columns are named "${name}"; each name may be there once. Rename or leave out one of them.`,
      });
    }
    seen.add(name);
    if (values.length !== examples) {
      faults.push({
        code: 'EVAL_LENGTH_MISMATCH',
        message: `Slice column "${name}" has ${values.length} values for ${examples} examples; there must be one per example, null where it has none.`,
      });
    }
    const found = new Set(values).size - (values.includes(null) ? 1 : 0);
    if (found <= MOST_VALUES) continue;
    faults.push({
      code: 'EVAL_SLICE_TOO_MANY',
      message: `Slice column "${name}" has ${found} values; a column may have up to ${MOST_VALUES}. Group them (a domain instead of an address, a range instead of a number), or leave the column out.`,
    });
  }
  return faults;
}
