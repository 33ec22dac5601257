import type { PrecisionRecallCurve } from '@clamor/evaluation';
import { axisX, axisY, dot, gridX, gridY, line } from '@observablehq/plot';

import { formatCount, formatShare } from '../format-figure.ts';
import {
  PANEL_MARGIN_TOP,
  type PlotFigure,
  type PlotSize,
  drawPlot,
  inGrid,
  panelTitles,
  shortName,
} from './plot-frame.ts';

const HEIGHTS = { wide: 236, narrow: 200 } as const;
const MARGIN_LEFT = 38;
const CURVES_SHOWN = 24;

/** Precision over recall, a panel each for the suite and its members, the suite's curve behind every member's. */
export function precisionRecallPlot(curves: readonly PrecisionRecallCurve[], positiveLabels: number): PlotFigure {
  const drawn = curves.filter(({ points }) => points.length > 0);
  const suite = drawn.find(({ member }) => member === null);
  const members = drawn.filter(({ member }) => member !== null);
  const shown = [...(suite === undefined ? [] : [suite]), ...members.slice(0, CURVES_SHOWN)];
  const rest = members.length - CURVES_SHOWN;
  return {
    title: 'Precision and recall while thresholds move',
    caption:
      `Recall is counted on ${formatCount(positiveLabels)} positive labels. Blue: a member while its threshold moves; ` +
      'in the first panel, and grey behind every member: the suite while all thresholds move together. The dot is where the thresholds of today put it.' +
      (rest > 0 ? ` ${formatCount(rest)} more members are not shown.` : ''),
    description: shown.map(describe).join('; '),
    draw: (size) => draw(shown, suite ?? null, size),
  };
}

function describe({ member, operatingPoint }: PrecisionRecallCurve): string {
  const name = member ?? 'suite';
  if (operatingPoint === null) return `${name}: no operating point`;
  return `${name}: precision ${formatShare(operatingPoint.precision)} at recall ${formatShare(operatingPoint.recall)}`;
}

type Point = PrecisionRecallCurve['points'][number];

function draw(
  curves: readonly PrecisionRecallCurve[],
  suite: PrecisionRecallCurve | null,
  size: PlotSize,
): SVGSVGElement {
  const columns = Math.max(1, Math.min(size.name === 'narrow' ? 2 : 4, curves.length));
  const width = Math.floor(size.width / columns);
  const lowest = Math.min(1, ...curves.flatMap(({ operatingPoint }) => operatingPoint?.precision ?? []));
  const from = lowest >= 0.95 ? 80 : lowest >= 0.85 ? 50 : 0;
  return inGrid(
    curves.map((curve, index) => panel(curve, { suite, width, from, size, isFirst: index % columns === 0 })),
    { columns, width, height: HEIGHTS[size.name] },
  );
}

interface PanelOptions {
  readonly suite: PrecisionRecallCurve | null;
  readonly width: number;
  /** Lower end of precision in percent. */
  readonly from: number;
  readonly size: PlotSize;
  readonly isFirst: boolean;
}

function panel(curve: PrecisionRecallCurve, { suite, width, from, size, isFirst }: PanelOptions): SVGSVGElement {
  const isSuite = curve.member === null;
  const ticks = size.name === 'narrow' ? 2 : 4;
  const colour = isSuite ? 'var(--ink)' : 'var(--tp)';
  const operating = curve.operatingPoint === null ? [] : [curve.operatingPoint];
  return drawPlot({
    width,
    height: HEIGHTS[size.name],
    marginTop: PANEL_MARGIN_TOP,
    marginBottom: 40,
    marginLeft: MARGIN_LEFT,
    marginRight: 16,
    x: { domain: [0, 100], label: null },
    y: { domain: [from, 100], label: null },
    marks: [
      gridX({ ticks, stroke: 'var(--line)', strokeOpacity: 1 }),
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({
        ticks,
        tickSize: 0,
        fontSize: 12,
        label: 'recall (%)',
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      axisY({ ticks: 4, tickSize: 0, fontSize: 12, label: null }),
      ...(isSuite || suite === null
        ? []
        : [
            line(pointsAbove(suite.points, from), { x: recall, y: precision, stroke: 'var(--none)', strokeWidth: 1.5 }),
          ]),
      line(pointsAbove(curve.points, from), { x: recall, y: precision, stroke: colour, strokeWidth: 2 }),
      dot(operating, { x: recall, y: precision, r: 5, fill: colour, stroke: 'var(--paper)', strokeWidth: 1.5 }),
      ...panelTitles(
        isSuite ? 'suite' : shortName(curve.member ?? '', size),
        isFirst ? 'precision (%)' : null,
        MARGIN_LEFT,
      ),
    ],
  });
}

/**
 * A curve without what lies below the panel: it ends where it leaves, and NaN is what a line takes for a gap. Drawn along
 * the edge instead, it would look as if it stayed there.
 */
function pointsAbove(points: readonly Point[], percent: number): Point[] {
  const least = percent / 100;
  return points.flatMap((point, index) => {
    const last = points[index - 1];
    const isIn = point.precision >= least;
    const wasIn = last === undefined ? isIn : last.precision >= least;
    const crossing = last !== undefined && isIn !== wasIn ? [crossingAt(last, point, least)] : [];
    return isIn ? [...crossing, point] : [...crossing, { recall: point.recall, precision: Number.NaN }];
  });
}

function crossingAt(a: Point, b: Point, least: number): Point {
  const share = (least - a.precision) / (b.precision - a.precision);
  return { precision: least, recall: a.recall + share * (b.recall - a.recall) };
}

function precision(point: Point): number {
  return point.precision * 100;
}

function recall(point: Point): number {
  return point.recall * 100;
}
