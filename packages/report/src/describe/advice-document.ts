import type { Part, ReportDocument } from '../document.ts';
import { type FigureFormat, shareText } from '../figure-format.ts';
import { formatGiven, formatQuantity } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import { adviceParts } from './advice-parts.ts';
import { UNDEFINED_LEGEND, contextFormat, contextNotes, contextStamps, contextWarnings } from './context-parts.ts';

type ShownAdvice = Extract<ShownResult, { kind: 'advice' }>;

/** Which member should go or be improved? */
export function adviceDocument(report: ShownAdvice): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  const { length } = result.moves;
  return {
    brand: 'Clamor advice',
    title: `What would make ${context.suite} better?`,
    answer: {
      word: length === 0 ? 'nothing' : formatQuantity(length, 'move'),
      tone: result.below === null ? 'good' : 'bad',
    },
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', text: leadSentence(report, format) },
      ...contextWarnings(context),
      ...adviceParts(result, format),
      ...whereAsked(context),
    ],
    legend: [
      'How sure: the probability that the move does what it is for, from the labels of these examples.',
      UNDEFINED_LEGEND,
    ],
  };
}

function leadSentence({ context, result }: ShownAdvice, format: FigureFormat): string {
  const { suite, below } = result;
  const precision = shareText(format, suite.precision, suite.precisionInterval);
  const recall = shareText(format, suite.recall, suite.recallInterval);
  const figures = `Precision ${precision}, recall ${recall}.`;
  const floor = context.policy?.precisionFloor;
  const promised = floor === undefined ? 'the floor of its policy' : `the floor of its policy, ${formatGiven(floor)}`;
  return below === 'precision'
    ? `${figures} The precision is below ${promised}: moves for precision stand first.`
    : `${figures} The precision keeps ${promised}: moves for recall stand first.`;
}

function whereAsked(context: ShownAdvice['context']): Part[] {
  const notes = contextNotes(context);
  return notes.length === 0 ? [] : [{ kind: 'folded', summary: 'The evidence', parts: notes }];
}
