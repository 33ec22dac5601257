import type { GateOutcome } from '@clamor/evaluation';

import { figureFormat } from '../figure-format.ts';
import type { ShownContext } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import { intervalPlot } from './interval-plot.ts';
import type { PlotFigure } from './plot-frame.ts';

/** u against o, and the suite before and after, on one axis. */
export function gatePlot({ blueprint, before, after, counts }: Shown<GateOutcome>, context: ShownContext): PlotFigure {
  const format = figureFormat(context.precision);
  const floor = context.policy?.uniquePrecisionFloor ?? null;
  const counted = (tp: number | null, fp: number | null): string =>
    tp === null || fp === null ? '' : `n ${format.count(tp + fp)} · ${format.count(fp)} FP`;
  return intervalPlot({
    title: 'Its unique precision beside the precision of the suite',
    caption:
      'Shares of positives that have label 1, with 95% intervals; n counts those with a label.' +
      ` Dashed: the suite without it.${floor === null ? '' : ' Dotted: the policy’s floor of unique precision.'}`,
    axis: 'precision',
    format,
    lineName: 'without',
    rows: [
      {
        name: 'it alone: u',
        share: blueprint.uniquePrecision,
        interval: blueprint.uniquePrecisionInterval,
        counts: counted(counts.unique.truePositives, counts.unique.falsePositives),
      },
      {
        name: 'without it: o',
        strong: true,
        share: before.precision,
        interval: before.precisionInterval,
        counts: counted(before.truePositives, before.falsePositives),
      },
      {
        name: 'with it: s',
        strong: true,
        share: after.precision,
        interval: after.precisionInterval,
        counts: counted(after.truePositives, after.falsePositives),
      },
    ],
    line: before.precision,
    floor,
  });
}
