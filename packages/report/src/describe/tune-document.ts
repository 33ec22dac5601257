import type { ThresholdPoint, TunedThreshold } from '@clamor/evaluation';

import type { Answer, ReportDocument } from '../document.ts';
import { type FigureFormat, shareCell } from '../figure-format.ts';
import { type FigureCell, type FigureTable, leftColumn, rightColumn } from '../figure-table.ts';
import { formatCount, formatGiven, formatScore } from '../format-figure.ts';
import { thresholdPlot } from '../plots/threshold-plot.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import {
  UNDEFINED_LEGEND,
  budgetPoints,
  contextFormat,
  contextNotes,
  contextStamps,
  contextWarnings,
} from './context-parts.ts';

/** Where should the threshold of this member be? */
export function tuneDocument(report: Extract<ShownResult, { kind: 'tune' }>): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  const floor = context.policy?.uniquePrecisionFloor ?? null;
  const curves = [{ curve: result.curve, threshold: result.current.threshold }];
  return {
    brand: 'Clamor threshold',
    title: `Where should the threshold of ${result.member} be in ${context.suite}?`,
    answer: answerOf(result),
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', text: result.reason, ...answered(result) },
      ...contextWarnings(context),
      { kind: 'table', table: pointsTable(result, format) },
      ...(result.dips.length === 0
        ? []
        : [{ kind: 'list', tone: 'finding', items: [dipsSentence(result, floor)] } as const]),
      ...(result.curve.points.length === 0
        ? []
        : [{ kind: 'plots', plots: [thresholdPlot(curves, { floor })] } as const]),
      ...contextNotes(context),
      { kind: 'text', text: 'Nothing is written anywhere: the threshold belongs to the owner of the member.' },
    ],
    legend: [
      'Merit: the probability that the unique precision is at or above the floor. Spends: precision lost against the suite without the member.',
      UNDEFINED_LEGEND,
    ],
  };
}

type Tuned = Shown<TunedThreshold>;

function answered(result: Tuned): { answer?: Answer } {
  const answer = answerOf(result);
  return answer === null ? {} : { answer };
}

function answerOf({ chosen, current }: Tuned): Answer | null {
  if (chosen === null) return { word: 'none keeps to the rule', tone: 'bad' };
  if (chosen.threshold === null) return null;
  if (chosen.threshold === current.threshold) return { word: 'as it is', tone: 'good' };
  return { word: formatScore(chosen.threshold), tone: 'open' };
}

function pointsTable({ current, chosen, spends }: Tuned, format: FigureFormat): FigureTable {
  const rows: [string, (point: Shown<ThresholdPoint>) => FigureCell][] = [
    ['threshold', ({ threshold }) => ({ text: formatScore(threshold) })],
    ['unique precision', (point) => shareCell(format, point.uniquePrecision, point.uniquePrecisionInterval)],
    ['unique positives', (point) => ({ text: countsText(point) })],
    ['merit', (point) => ({ text: format.probability(point.merit) })],
    ['suite precision', (point) => ({ text: format.share(point.precision) })],
    ['suite recall', (point) => ({ text: format.share(point.recall) })],
  ];
  const points = [current, ...(chosen === null ? [] : [chosen])];
  const spent = [spends.current, spends.chosen].slice(0, points.length);
  return {
    caption: 'The suite with this member at its threshold of today and at the one by rule, all others frozen',
    columns: [
      leftColumn('figure', 16),
      ...['today', 'by rule'].slice(0, points.length).map((name) => rightColumn(name, 20)),
    ],
    rows: [
      ...rows.map(([name, cell]) => ({ cells: [{ text: name }, ...points.map(cell)] })),
      { cells: [{ text: 'spends' }, ...spent.map((each) => ({ text: budgetPoints(each) }))] },
    ].filter((row) => row.cells.slice(1).some((cell) => cell.text !== '')),
  };
}

function countsText({ uniqueTruePositives: tp, uniqueFalsePositives: fp }: Shown<ThresholdPoint>): string {
  return tp === null ? '' : `${formatCount(tp)} TP, ${formatCount(fp)} FP`;
}

function dipsSentence({ dips }: Tuned, floor: number | null): string {
  const where = dips.slice(0, 5).map((point) => formatScore(point.threshold));
  const more = dips.length > where.length ? ' …' : '';
  const wanted = floor === null ? 'the floor' : `the floor of ${formatGiven(floor)}`;
  return `The curve is not monotone: its unique precision falls below ${wanted} at ${where.join(', ')}${more} and is above it again below that.`;
}
