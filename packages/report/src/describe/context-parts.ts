import type { Answer, Part, Stamp } from '../document.ts';
import type { GateDecision, GateOutcome } from '@clamor/evaluation';

import { type FigureFormat, figureFormat } from '../figure-format.ts';
import { formatQuantity } from '../format-figure.ts';
import type { ShownContext } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import { ROUNDED_WARNING } from './section-words.ts';

/** What an answer belongs to, each with its name. */
export function contextStamps({ suiteVersion, dataset, split, roles }: ShownContext): Stamp[] {
  const role = roles.length === 0 ? '' : ` (${roles.join(', ')})`;
  return [
    { label: 'suite version', value: suiteVersion },
    { label: 'dataset', value: dataset },
    { label: 'split', value: `${split}${role}` },
  ];
}

/** Warnings that go with every figure, and how often this evidence has been asked. */
export function contextWarnings({ marks = [], precision, evidence }: ShownContext): Part[] {
  const items = [
    ...marks,
    ...(precision === 'rounded' ? [ROUNDED_WARNING] : []),
    ...(evidence?.warning === undefined || evidence.warning === null ? [] : [evidence.warning]),
  ];
  return items.length === 0 ? [] : [{ kind: 'list', items, tone: 'warning' }];
}

/** Notes of the caller, and how often this evidence has been asked. */
export function contextNotes({ notes = [], evidence }: ShownContext): Part[] {
  const asked =
    evidence === undefined
      ? []
      : [`This evidence has been asked ${formatQuantity(evidence.queries, 'time')}, this one included.`];
  const items = [...asked, ...notes];
  return items.length === 0 ? [] : [{ kind: 'list', items, tone: 'note' }];
}

const TONES: { readonly [Decision in GateDecision]: Answer['tone'] } = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'open',
  'no effect': 'idle',
};

/** The decision of a gate as the answer of a document. */
export function decisionAnswer(decision: GateDecision): Answer {
  return { word: decision, tone: TONES[decision] };
}

/** Which test decided, or left it open. */
export function decidedBy({
  decision,
  decidedBy: test,
}: {
  readonly decision: GateDecision;
  readonly decidedBy: string;
}): string {
  if (decision === 'no effect') return '';
  return decision === 'inconclusive' ? `Left open by ${test}. ` : `Decided by ${test}. `;
}

/** What a loss budget is counted in: points of a percent. */
export function budgetPoints(value: number | null): string {
  return value === null ? '' : `${(value * 100).toFixed(2)} points`;
}

/** What is left of the loss budget, and what accepting the candidate would take from it. */
export function lossSentence(
  { draws, left, leftAfter }: Shown<GateOutcome['loss']>,
  { precision }: FigureFormat,
): string {
  const said = `Loss budget: ${budgetPoints(left)} of precision are left.`;
  if (precision === 'rounded') return `${said} What accepting it would draw is not told on this split.`;
  if (draws === null) return `${said} What accepting it would draw is not known: positives without a label hide it.`;
  if (draws === 0) return `${said} Accepting it would draw nothing.`;
  return `${said} Accepting it would draw ${budgetPoints(draws)} and leave ${budgetPoints(leftAfter)}.`;
}

/** The format of a context. */
export function contextFormat({ precision }: ShownContext): FigureFormat {
  return figureFormat(precision);
}

/** What marks stand for, below every answer. */
export const UNDEFINED_LEGEND = '– undefined: nothing to divide by. [low–high]: 95% interval in %.';

/** What goes below a gate's answer. */
export const RESULT_LEGEND: readonly string[] = [
  'u: precision on the examples that the candidate alone calls positive. o: precision of the suite without it; s: with it.',
  'Harm: the probability that the suite loses no more precision than is left of its loss budget. Merit: that u is at or above the floor. Higher is better.',
  UNDEFINED_LEGEND,
];
