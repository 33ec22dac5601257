// Question: how do the figures of a suite depend on the positive labels of each stratum?
// Source: Cochran, Sampling Techniques, 3rd ed. 1977, §5.4 (means of strata) and §6.13 (the ratio of two totals,
// linearised): all three figures are totals over strata, or a ratio of such totals.
import { type BitColumn, difference, sizeOfBoth } from '../table/bit-column.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';
import { sharedColumn, type StratumSubject, uniqueColumn } from './strata.ts';

/** A figure that labels are asked for. */
export interface LabelledFigure {
  readonly kind: 'uniquePrecision' | 'suitePrecision' | 'suiteRecall';
  /** Whose unique precision. */
  readonly member: string | null;
}

/** A figure at given totals, and how it moves with them. */
export interface LinearFigure extends LabelledFigure {
  /** `null` when there is nothing that it could be a share of. */
  readonly value: number | null;
  /** Weight of what it is a share of: unique positives, positives, positive labels. */
  readonly whole: number;
  /** Shape [strata]: by how much it moves when a stratum has one positive label more, by weight. */
  readonly gradient: readonly number[];
}

/** Weights where labels are there already. */
interface KnownTotals {
  readonly positive: number;
  readonly all: number;
}

/** What is known without further labels: totals by the figure that they count for. */
export interface KnownLabels {
  /** Per member, in the order of the table. */
  readonly unique: readonly (KnownTotals & { readonly member: string })[];
  readonly shared: KnownTotals;
  readonly none: KnownTotals;
}

/** A stratum with its totals. */
export interface StratumTotals extends Pick<StratumSubject, 'kind' | 'member'> {
  /** Σ of the sampling weights of its examples without a label. */
  readonly weight: number;
  /** How much of that has a positive label: guessed or estimated. */
  readonly positive: number;
}

/**
 * The labels that are there.
 *
 * @param without - Examples whose labels are thought away: those that a plan has asked for.
 */
export function knownLabels(positives: Positives, without: BitColumn): KnownLabels {
  const { table, all, any } = positives;
  const labelledPositive = difference(table.labelledPositive, without);
  const labelledNegative = difference(table.labelledNegative, without);
  const totals = (column: BitColumn): KnownTotals => {
    const positive = sizeOfBoth(column, labelledPositive, table.weights).weight;
    return { positive, all: positive + sizeOfBoth(column, labelledNegative, table.weights).weight };
  };
  return {
    unique: table.members.map(({ name, positive }) => ({ member: name, ...totals(uniqueColumn(positives, positive)) })),
    shared: totals(sharedColumn(positives)),
    none: totals(difference(difference(all, any), undeterminedOf(positives, any))),
  };
}

/** Every member's unique precision, the suite's precision and its recall, in this order. */
export function linearFigures(strata: readonly StratumTotals[], known: KnownLabels): LinearFigure[] {
  const isPositive = strata.map(({ kind }) => kind !== 'none');
  const knownPositives = [...known.unique, known.shared];
  const all = total(knownPositives, 'all') + sum(strata.map(({ weight }, h) => (isPositive[h] ? weight : 0)));
  const truePositives =
    total(knownPositives, 'positive') + sum(strata.map(({ positive }, h) => (isPositive[h] ? positive : 0)));
  const missed = known.none.positive + sum(strata.map(({ positive }, h) => (isPositive[h] ? 0 : positive)));
  const positiveLabels = truePositives + missed;
  return [
    ...known.unique.map((one) => uniquePrecision(strata, one)),
    {
      kind: 'suitePrecision',
      member: null,
      value: all === 0 ? null : truePositives / all,
      whole: all,
      gradient: isPositive.map((is) => (is ? 1 / all : 0)),
    },
    {
      kind: 'suiteRecall',
      member: null,
      value: positiveLabels === 0 ? null : truePositives / positiveLabels,
      whole: positiveLabels,
      // r = TP ÷ (TP + FN): a true positive more moves it by (1 − r) ÷ (TP + FN), one missed by −r ÷ (TP + FN).
      gradient: isPositive.map((is) =>
        positiveLabels === 0 ? 0 : (is ? missed : -truePositives) / (positiveLabels * positiveLabels),
      ),
    },
  ];
}

function uniquePrecision(
  strata: readonly StratumTotals[],
  known: KnownTotals & { readonly member: string },
): LinearFigure {
  const isOwn = strata.map(({ kind, member }) => kind === 'unique' && member === known.member);
  const all = known.all + sum(strata.map(({ weight }, h) => (isOwn[h] ? weight : 0)));
  const truePositives = known.positive + sum(strata.map(({ positive }, h) => (isOwn[h] ? positive : 0)));
  return {
    kind: 'uniquePrecision',
    member: known.member,
    value: all === 0 ? null : truePositives / all,
    whole: all,
    gradient: isOwn.map((is) => (is ? 1 / all : 0)),
  };
}

function total(totals: readonly KnownTotals[], what: keyof KnownTotals): number {
  return sum(totals.map((one) => one[what]));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
