import { type FigureFormat, figureFormat } from '../figure-format.ts';
import { formatGiven, formatQuantity } from '../format-figure.ts';
import type { ShownSection, ShownSuite } from '../rounding/shown-report.ts';
import { type IntervalRow, intervalPlot } from './interval-plot.ts';
import type { PlotFigure } from './plot-frame.ts';

/** Unique precision of every member against the precision of the suite: the blueprint's question, at a glance. */
export function uniquePrecisionPlot(report: ShownSuite, section: ShownSection): PlotFigure {
  const { suite, members } = section.evaluation;
  const format = figureFormat(section.precision);
  const floor = report.policy?.uniquePrecisionFloor ?? null;
  const rows = members.map((member) => ({
    name: member.name,
    share: member.uniquePrecision,
    interval: member.uniquePrecisionInterval,
    counts: uniqueCounts(member.uniqueTruePositives, member.uniqueFalsePositives, format),
  }));
  const measured = rows.filter((row) => row.share !== null);
  const missing = measured.length === 0 ? 0 : rows.length - measured.length;
  const left =
    missing === 0
      ? ''
      : ` Not drawn: ${formatQuantity(missing, 'member')} without a unique precision, undefined or not estimable.`;
  const line = suite.precision === null ? '' : ` Dashed: the precision of the suite, ${format.share(suite.precision)}.`;
  const dotted = floor === null ? '' : ` Dotted: the policy's floor of unique precision, ${formatGiven(floor)}.`;
  return intervalPlot({
    title: 'Unique precision of each member',
    caption:
      'Precision on the examples that the member alone calls positive, with its 95% interval; n counts those with a label.' +
      `${line}${dotted} Highest first: to gain precision, begin at the bottom; to gain recall, add a member no lower than the suite.${left}`,
    axis: 'unique precision',
    rows: (missing === 0 ? rows : measured).toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1)),
    line: suite.precision,
    floor,
    format,
  });
}

/** The suite and its baselines on one figure. */
export function baselinePlot(section: ShownSection, figure: 'precision' | 'recall'): PlotFigure {
  const { suite } = section.evaluation;
  const format = figureFormat(section.precision);
  const isPrecision = figure === 'precision';
  const rows: IntervalRow[] = [{ ...suite, name: 'suite' }, ...section.baselines].map((each, index) => ({
    name: each.name,
    strong: index === 0,
    share: each[figure],
    interval: isPrecision ? each.precisionInterval : each.recallInterval,
    counts: isPrecision
      ? countsOf(each.falsePositives, sum(each.truePositives, each.falsePositives), 'FP of', format)
      : countsOf(each.truePositives, suite.positiveLabels, 'of', format),
  }));
  return intervalPlot({
    title: isPrecision ? 'Precision beside the baselines' : 'Recall beside the baselines',
    caption: isPrecision
      ? 'With 95% intervals; at the right the false positives of all labelled positives. Dashed: the suite.'
      : 'With 95% intervals; at the right the true positives of all positive labels. Dashed: the suite.',
    axis: figure,
    rows,
    line: suite[figure],
    floor: null,
    format,
  });
}

function uniqueCounts(truePositives: number | null, falsePositives: number | null, format: FigureFormat): string {
  const n = sum(truePositives, falsePositives);
  if (n === null) return '';
  return n === 0 ? 'n 0' : `n ${format.count(n)} · ${format.count(falsePositives)} FP`;
}

function countsOf(part: number | null, whole: number | null, words: string, format: FigureFormat): string {
  return part === null || whole === null ? '' : `${format.count(part)} ${words} ${format.count(whole)}`;
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
