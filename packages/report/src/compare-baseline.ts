// Does OR lose to a baseline here? Answered from the figures alone, in a sentence that a reader cannot miss.

import type { Interval, SuiteFigures } from '@clamor/evaluation';

import { formatCount, formatShare } from './format-figure.ts';
import { plainText } from './plain-text.ts';
import type { Shown } from './rounding/shown.ts';

/** Who does better on a split. `mixed`: one on precision, the other on recall. `unknown`: a figure is undefined. */
export type BaselineOutcome = 'baseline' | 'suite' | 'mixed' | 'same' | 'unknown';

/** A baseline set against the suite. */
export interface BaselineComparison {
  readonly outcome: BaselineOutcome;
  /** The outcome with the figures behind it. */
  readonly sentence: string;
}

const NAME_LENGTH = 60;

/** What the comparison reads; the suite's figures and a baseline's both have it. */
export type ComparableFigures = Shown<
  Pick<SuiteFigures, 'falsePositives' | 'precision' | 'recall' | 'f1' | 'precisionInterval' | 'recallInterval'>
>;

/**
 * Compares a baseline with the suite on precision and recall; better means no worse on both and better on one.
 *
 * These are point figures on the same examples. When the 95% intervals of every figure that differs overlap, the
 * sentence says so; it never calls that a tie, because paired examples can differ within overlapping intervals.
 *
 * @param name - Name of the baseline; untrusted.
 * @example
 * // compareBaseline(suite, 'joint model', joint).sentence
 * // 'Joint model does better than the suite here: precision 98.9% against 98.5%, recall 98.4% against 97.6%, …'
 */
export function compareBaseline(
  suite: ComparableFigures,
  name: string,
  baseline: ComparableFigures,
): BaselineComparison {
  const title = plainText(name, NAME_LENGTH);
  const atStart = title.replace(/^./u, (letter) => letter.toUpperCase());
  const precision = difference(baseline.precision, suite.precision);
  const recall = difference(baseline.recall, suite.recall);
  if (precision === null || recall === null) {
    return {
      outcome: 'unknown',
      sentence: `${atStart} cannot be compared with the suite here: a figure is undefined.`,
    };
  }
  if (precision === 0 && recall === 0) {
    return { outcome: 'same', sentence: `${atStart} and the suite have the same precision and recall here.` };
  }
  const overlap = intervalsOverlap(suite, baseline) ? ' The 95% intervals overlap.' : '';
  if (precision >= 0 && recall >= 0) {
    const figures = against(baseline, suite);
    return { outcome: 'baseline', sentence: `${atStart} does better than the suite here: ${figures}.${overlap}` };
  }
  if (precision <= 0 && recall <= 0) {
    const figures = against(suite, baseline);
    return { outcome: 'suite', sentence: `The suite does better than ${title} here: ${figures}.${overlap}` };
  }
  const trade = precision > 0 ? 'more precision and less recall' : 'more recall and less precision';
  const f1 = `F1 ${formatShare(baseline.f1)} against ${formatShare(suite.f1)}`;
  const sentence = `${atStart} has ${trade} than the suite here: ${against(baseline, suite)}, ${f1}.${overlap}`;
  return { outcome: 'mixed', sentence };
}

/** What OR promises, to be said wherever a baseline does better. */
export const WHAT_OR_PROMISES =
  'OR does not promise the better score. It promises that a change to one member leaves the judgements of all others as they are.';

function difference(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.sign(one - other);
}

function against(one: ComparableFigures, other: ComparableFigures): string {
  return (
    `precision ${formatShare(one.precision)} against ${formatShare(other.precision)}, ` +
    `recall ${formatShare(one.recall)} against ${formatShare(other.recall)}, ` +
    `FP ${formatCount(one.falsePositives)} against ${formatCount(other.falsePositives)}`
  );
}

function intervalsOverlap(one: ComparableFigures, other: ComparableFigures): boolean {
  const precision = one.precision === other.precision || overlaps(one.precisionInterval, other.precisionInterval);
  const recall = one.recall === other.recall || overlaps(one.recallInterval, other.recallInterval);
  return precision && recall;
}

function overlaps(one: Interval | null, other: Interval | null): boolean {
  return one !== null && other !== null && one[0] <= other[1] && other[0] <= one[1];
}
