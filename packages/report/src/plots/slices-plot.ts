import type { SliceReport } from '@clamor/evaluation';

import { type FigureFormat, figureFormat } from '../figure-format.ts';
import { formatCount } from '../format-figure.ts';
import type { ReportPrecision } from '../result-report.ts';
import type { Shown } from '../rounding/shown.ts';
import { intervalPlot } from './interval-plot.ts';
import type { PlotFigure } from './plot-frame.ts';

const SLICES_SHOWN = 20;

/** One figure of the suite on every slice, the worst first, against the suite on all examples. */
export function slicesPlot(
  report: Shown<SliceReport>,
  figure: 'precision' | 'recall',
  precision: ReportPrecision,
): PlotFigure {
  const format = figureFormat(precision);
  const measured = report.slices.filter((slice) => slice[figure] !== null);
  const rows = measured
    .toSorted((a, b) => (end(a, figure) ?? 1) - (end(b, figure) ?? 1))
    .slice(0, SLICES_SHOWN)
    .map((slice) => ({
      // The value first: a long name is cut at its end.
      name: `${slice.value} · ${slice.column}`,
      share: slice[figure],
      interval: figure === 'precision' ? slice.precisionInterval : slice.recallInterval,
      counts: countsOf(slice, figure, format),
    }));
  const left = report.slices.length - rows.length;
  return intervalPlot({
    title: `${figure === 'precision' ? 'Precision' : 'Recall'} by slice, the worst first`,
    caption:
      `Intervals hold for all ${formatCount(report.looks)} looks at once, ${percent(report.confidence)} each: the worst of many looks bad by chance. ` +
      `Dashed: the suite on all examples.${left > 0 ? ` ${formatCount(left)} more are undefined or not shown.` : ''}`,
    axis: figure,
    rows,
    line: report.suite[figure],
    floor: null,
    format,
  });
}

type Slice = Shown<SliceReport>['slices'][number];

/** The end of the interval that is nearest to good: a slice that is bad even there is bad. */
function end(slice: Slice, figure: 'precision' | 'recall'): number | null {
  const interval = figure === 'precision' ? slice.precisionInterval : slice.recallInterval;
  return interval === null ? slice[figure] : interval[1];
}

function countsOf(slice: Slice, figure: 'precision' | 'recall', { count }: FigureFormat): string {
  if (slice.truePositives === null || slice.falsePositives === null) return '';
  return figure === 'precision'
    ? `n ${count(slice.truePositives + slice.falsePositives)} · ${count(slice.falsePositives)} FP`
    : `n ${count(slice.positiveLabels)} · ${count(slice.falseNegatives)} FN`;
}

function percent(confidence: number | null): string {
  return confidence === null ? '–' : `${(confidence * 100).toFixed(2)}%`;
}
