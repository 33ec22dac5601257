// What may a reader learn of a split that only gates? The outcome, whole percents, and intervals that became wider.
// Whatever is not named here is withheld: a figure that is added to a result some day is not told by accident.

import type { Interval, MoveReason } from '@clamor/evaluation';

import type { Shown } from './shown.ts';

/** Shares and differences of shares: to the nearest whole percent. */
const SHARES = new Set([
  'precision',
  'recall',
  'f1',
  'uniquePrecision',
  'uniqueRecall',
  'precisionWithout',
  'recallWithout',
  'shareOfFalsePositives',
  'recallGain',
]);

/** Probabilities: down to a tenth, so that "at least" is true of each and none reaches a confidence by rounding. */
const PROBABILITIES = new Set(['probability', 'atLeastOthers', 'harm', 'merit']);

/** Not figures of this split: what was asked with, what was assumed, what it costs. */
const KEPT = new Set([
  'confidence',
  'assumedUniquePrecision',
  'msPerExample',
  'savesMs',
  'targetPrecision',
  'examples',
  'looks',
  'seed',
  'rateThere',
  'budget',
  'importance',
]);

/** Lists that are evidence by themselves: points of curves, ids of examples, who changed in which way. */
const EMPTIED = new Set(['points', 'ids', 'dips', 'withinReach', 'chosen', 'keys', 'estimates', 'ways', 'shown']);

/** Sentences with figures in them, which somebody else wrote. */
const SENTENCES = new Set(['reason', 'message']);

/** The reason of an advised move is a word, not a sentence. */
const REASONS: ReadonlySet<string> = new Set<MoveReason>([
  'low unique precision',
  'low band',
  'dead weight',
  'near-duplicate',
  'shared false positives',
  'within reach',
]);

/**
 * A result with every number rounded or withheld (`null`), every list of points emptied, and the sentences of others
 * emptied, too: whoever shows the result writes its own.
 *
 * The loss budget is the account of the suite rather than a figure of the split: what is left of it is told in tenths of
 * a percent, downwards. Labels still needed go up to 10, 20, 50, 100, ….
 */
export function roundResult<Result>(result: Result): Shown<Result> {
  return rounded(result, '') as Shown<Result>;
}

function rounded(value: unknown, key: string): unknown {
  if (typeof value === 'number') return roundedNumber(value, key);
  if (typeof value === 'string') return SENTENCES.has(key) && !REASONS.has(value) ? '' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    if (EMPTIED.has(key)) return [];
    if (isInterval(value, key)) return roundedInterval(value);
    return value.map((each) => rounded(each, key));
  }
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, rounded(each, inner)]));
}

const NOISE = 1e-9;

function roundedNumber(value: number, key: string): number | null {
  if (SHARES.has(key)) return Math.round(value * 100) / 100 + 0;
  if (PROBABILITIES.has(key)) return Math.floor(value * 10 + NOISE) / 10;
  if (KEPT.has(key)) return value;
  if (key === 'left') return Math.floor(value * 1000 + NOISE) / 1000;
  if (key === 'labels') return roundedLabels(value);
  return null;
}

/** Up to the next of 10, 20, 50, 100, 200, …: the number itself would give away how many labels there are. */
function roundedLabels(labels: number): number {
  const power = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, labels))));
  return [1, 2, 5, 10].map((step) => step * power).find((each) => each >= labels) ?? 10 * power;
}

/** Intervals, and shares that are known within bounds. */
function isInterval(value: readonly unknown[], key: string): value is readonly [number, number] {
  const isNamed = key.endsWith('Interval') || SHARES.has(key);
  return isNamed && value.length === 2 && value.every((end) => typeof end === 'number');
}

/** Outwards. + 0: rounding upwards gives no negative zero. */
function roundedInterval([low, high]: readonly [number, number]): Interval {
  return [Math.floor(low * 100 + NOISE) / 100, Math.ceil(high * 100 - NOISE) / 100 + 0];
}
