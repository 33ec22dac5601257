import { axisX, axisY, dot, gridX, ruleX, ruleY, text } from '@observablehq/plot';
import type { Interval } from '@clamor/evaluation';

import { type FigureFormat, shareText } from '../figure-format.ts';
import { type PlotFigure, type PlotSize, drawPlot, nameMargin, shortName } from './plot-frame.ts';

/** A share with its interval, and what it was counted on. */
export interface IntervalRow {
  readonly name: string;
  readonly share: number | null;
  readonly interval: Interval | null;
  /** Said at the end of the row: `n 10 · 7 FP`. */
  readonly counts: string;
  /** The row that the others are read against. */
  readonly strong?: boolean;
}

/** What {@link intervalPlot} draws. */
export interface IntervalPlotOptions {
  readonly title: string;
  readonly caption: string;
  /** Name of the share: the axis is labelled with it. */
  readonly axis: string;
  readonly rows: readonly IntervalRow[];
  /** Drawn dashed through all rows. */
  readonly line: number | null;
  /** What the line is; default `suite`. */
  readonly lineName?: string;
  /** Drawn dotted through all rows. */
  readonly floor: number | null;
  readonly format: FigureFormat;
}

const ROW_HEIGHT = 28;

/** Shares with their 95% intervals, a row each, against a line. */
export function intervalPlot(options: IntervalPlotOptions): PlotFigure {
  const description = options.rows.map((row) => `${row.name}: ${told(row, options)}`).join('; ');
  return { ...options, description, draw: (size) => draw(options, size) };
}

function draw(options: IntervalPlotOptions, size: PlotSize): SVGSVGElement {
  const wide = size.name === 'wide';
  const rows = options.rows.map((row, index) => ({ ...row, key: String(index) }));
  const measured = rows.filter((row) => row.share !== null && row.interval !== null);
  const low = Math.min(1, ...measured.map((row) => row.interval?.[0] ?? 1), options.line ?? 1, options.floor ?? 1);
  const from = low >= 0.8 ? 0.8 : low >= 0.5 ? 0.5 : 0;
  return drawPlot({
    width: size.width,
    height: rows.length * ROW_HEIGHT + 66,
    marginTop: 22,
    marginBottom: 44,
    marginLeft: nameMargin(
      options.rows.map((row) => row.name),
      size,
    ),
    marginRight: wide ? 120 : 88,
    x: { domain: [from * 100, 100], label: null },
    y: { domain: rows.map((row) => row.key), label: null },
    marks: [
      gridX({ ticks: wide ? 10 : 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({
        ticks: 5,
        tickSize: 0,
        label: `${options.axis} (%)`,
        labelAnchor: 'center',
        labelArrow: 'none',
        fontSize: 12,
      }),
      axisY({ tickSize: 0, fontSize: 13, tickFormat: (key: string) => shortName(rows[Number(key)]?.name ?? '', size) }),
      ...(options.floor === null
        ? []
        : [
            ruleX([options.floor * 100], {
              stroke: 'var(--muted)',
              strokeDasharray: '1 4',
              strokeLinecap: 'round',
              strokeWidth: 2,
            }),
          ]),
      ...(options.line === null
        ? []
        : [
            ruleX([options.line * 100], { stroke: 'var(--ink)', strokeDasharray: '5 4' }),
            text([options.line * 100], {
              x: (value: number) => value,
              text: () => `${options.lineName ?? 'suite'} ${options.format.share(options.line)}`,
              frameAnchor: 'top',
              dy: -15,
              fontSize: 12,
            }),
          ]),
      ruleY(measured, { y: 'key', x1, x2, stroke: colour, strokeWidth: 3, strokeOpacity: 0.45 }),
      dot(measured, {
        y: 'key',
        x: (row: IntervalRow) => (row.share ?? 0) * 100,
        r: 5,
        fill: colour,
        stroke: 'var(--paper)',
        strokeWidth: 1.5,
        title: (row: IntervalRow) => `${row.name}: ${told(row, options)}`,
      }),
      text(rows, {
        y: 'key',
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 10,
        text: 'counts',
        fontSize: 12,
        fill: 'var(--muted)',
      }),
    ],
  });
}

function told({ share, interval, counts }: IntervalRow, { format }: IntervalPlotOptions): string {
  return [shareText(format, share, interval), counts].filter((each) => each !== '').join(', ');
}

function x1(row: IntervalRow): number {
  return (row.interval?.[0] ?? 0) * 100;
}

function x2(row: IntervalRow): number {
  return (row.interval?.[1] ?? 0) * 100;
}

function colour(row: IntervalRow): string {
  return row.strong === true ? 'var(--ink)' : 'var(--tp)';
}
