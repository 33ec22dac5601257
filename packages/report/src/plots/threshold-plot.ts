import type { ThresholdPoint } from '@clamor/evaluation';
import { areaY, axisX, axisY, gridY, line, ruleX, ruleY } from '@observablehq/plot';

import { formatCount, formatGiven, formatQuantity, formatScore, formatShare } from '../format-figure.ts';
import type { Shown } from '../rounding/shown.ts';
import {
  PANEL_MARGIN_TOP,
  type PlotFigure,
  type PlotSize,
  drawPlot,
  inGrid,
  panelTitles,
  shortName,
} from './plot-frame.ts';

/** A member's curve and where it is now. */
export interface PlottedCurve {
  readonly curve: { readonly member: string; readonly points: Shown<readonly ThresholdPoint[]> };
  readonly threshold: number | null;
}

/** What the curves are read against. */
export interface ThresholdPlotOptions {
  /** The policy's floor of unique precision; drawn dotted. */
  readonly floor: number | null;
}

const HEIGHT = 232;
const MARGIN_LEFT = 36;

/** Unique precision with its interval, and the suite's precision, over each member's threshold; small multiples. */
export function thresholdPlot(curves: readonly PlottedCurve[], { floor }: ThresholdPlotOptions): PlotFigure {
  const shown = curves.filter(({ curve }) => curve.points.length > 1);
  const dotted = floor === null ? '' : ` Dotted: the policy’s floor of unique precision, ${formatGiven(floor)}.`;
  return {
    title: 'Unique precision and suite precision over the threshold',
    caption:
      'Per member, all others frozen: thresholds from many positives (left) to few (right), in the units of its score. ' +
      'Blue, with a band: its unique precision with the 95% interval; the plain line: the precision of the suite. ' +
      `Upright line: the threshold now, with n labelled unique positives there.${dotted}`,
    description: shown.map(describe).join('; '),
    draw: (size) => draw(shown, floor, size),
  };
}

function describe(each: PlottedCurve): string {
  const now = pointAt(each);
  if (now === null) return `${each.curve.member}: ${formatQuantity(each.curve.points.length, 'threshold')}`;
  return `${each.curve.member} at ${formatScore(now.threshold ?? 0)}: unique precision ${formatShare(now.uniquePrecision)}, suite ${formatShare(now.precision)}`;
}

/** The point of the curve that is nearest to the threshold of now. */
function pointAt({ curve, threshold }: PlottedCurve): Shown<ThresholdPoint> | null {
  if (threshold === null) return null;
  const distance = (point: Shown<ThresholdPoint>): number => Math.abs((point.threshold ?? 0) - threshold);
  return curve.points.reduce<Shown<ThresholdPoint> | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  );
}

function draw(curves: readonly PlottedCurve[], floor: number | null, size: PlotSize): SVGSVGElement {
  const columns = size.name === 'narrow' ? 1 : Math.min(3, curves.length);
  const width = Math.floor(size.width / columns);
  const lowest = Math.min(
    floor ?? 1,
    ...curves.flatMap(({ curve }) =>
      curve.points.flatMap((point) => [point.precision ?? 1, point.uniquePrecision ?? 1]),
    ),
  );
  // Only the band of an interval may leave the panel: a line along its edge would look as if it stayed there.
  const from = lowest >= 0.5 ? 0.5 : 0;
  return inGrid(
    curves.map((each, index) => panel(each, { floor, width, from, size, isFirst: index % columns === 0 })),
    { columns, width, height: HEIGHT },
  );
}

function x(point: Shown<ThresholdPoint>): number {
  return point.threshold ?? 0;
}

interface PanelOptions {
  readonly floor: number | null;
  readonly width: number;
  /** Lower end of the shares. */
  readonly from: number;
  readonly size: PlotSize;
  readonly isFirst: boolean;
}

function panel(each: PlottedCurve, { floor, width, from, size, isFirst }: PanelOptions): SVGSVGElement {
  const { points, member } = each.curve;
  const now = pointAt(each);
  const unique = points.filter((point) => point.uniquePrecision !== null);
  const n = now === null ? null : (now.uniqueTruePositives ?? 0) + (now.uniqueFalsePositives ?? 0);
  const percent = (share: number | null | undefined): number => Math.max(from, share ?? from) * 100;
  return drawPlot({
    width,
    height: HEIGHT,
    marginTop: PANEL_MARGIN_TOP,
    marginBottom: 40,
    marginLeft: MARGIN_LEFT,
    marginRight: 14,
    x: { label: null },
    y: { domain: [from * 100, 100], label: null },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 4, tickSize: 0, fontSize: 12, label: null }),
      axisX({ ticks: 4, tickSize: 0, fontSize: 12, label: 'threshold', labelAnchor: 'center', labelArrow: 'none' }),
      ...(floor === null
        ? []
        : [
            ruleY([floor * 100], {
              stroke: 'var(--muted)',
              strokeDasharray: '1 4',
              strokeLinecap: 'round',
              strokeWidth: 2,
            }),
          ]),
      areaY(unique, {
        x,
        y1: (point: Shown<ThresholdPoint>) => percent(point.uniquePrecisionInterval?.[0]),
        y2: (point: Shown<ThresholdPoint>) => percent(point.uniquePrecisionInterval?.[1]),
        fill: 'var(--tp)',
        fillOpacity: 0.18,
        curve: 'step',
      }),
      line(unique, {
        x,
        y: (point: Shown<ThresholdPoint>) => percent(point.uniquePrecision),
        stroke: 'var(--tp)',
        strokeWidth: 2,
        curve: 'step',
      }),
      line(
        points.filter((point) => point.precision !== null),
        { x, y: (point: Shown<ThresholdPoint>) => percent(point.precision), stroke: 'var(--ink)', strokeWidth: 1.5 },
      ),
      ...(each.threshold === null ? [] : [ruleX([each.threshold], { stroke: 'var(--ink)', strokeDasharray: '5 4' })]),
      ...panelTitles(
        n === null ? shortName(member, size) : `${shortName(member, size)} · n ${formatCount(n)}`,
        isFirst ? 'precision (%)' : null,
        MARGIN_LEFT,
      ),
    ],
  });
}
