import { axisX, axisY, dot, gridY, line, ruleX, text } from '@observablehq/plot';

import { figureFormat, shareText } from '../figure-format.ts';
import type { FigureTrend, TrendPoint } from '../queue-answer.ts';
import { type PlotFigure, type PlotSize, drawPlot } from './plot-frame.ts';

/** Openings that fit beside each other; older ones are in the table. */
const SHOWN = { wide: 24, narrow: 8 } as const;

const SERIES = [
  { name: 'precision', share: 'precision', interval: 'precisionInterval', colour: 'var(--ink)', shift: -4 },
  { name: 'recall', share: 'recall', interval: 'recallInterval', colour: 'var(--tp)', shift: 4 },
] as const;

/** Precision and recall of the suite, an opening beside the other. */
export function trendPlot(trend: FigureTrend): PlotFigure {
  return {
    title: `${trend.split} of ${trend.dataset}`,
    caption:
      'Each figure with its 95% interval. One column per suite version that was opened, in the order of time; a line stops where the examples are other ones.',
    description: trend.openings.map(describe).join('; '),
    draw: (size) => draw(trend, size),
  };
}

function describe({ at, precision, precisionInterval, recall, recallInterval }: TrendPoint): string {
  const format = figureFormat('exact');
  return `${at.slice(0, 10)}: precision ${shareText(format, precision, precisionInterval)}, recall ${shareText(format, recall, recallInterval)}`;
}

interface Drawn {
  readonly key: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

function draw({ openings }: FigureTrend, size: PlotSize): SVGSVGElement {
  const shown = openings.slice(-SHOWN[size.name]);
  const keys = shown.map((_, index) => String(index));
  const lowest = Math.min(
    1,
    ...shown.flatMap((point) => SERIES.map((one) => point[one.interval]?.[0] ?? point[one.share] ?? 1)),
  );
  const from = lowest >= 0.9 ? 90 : lowest >= 0.8 ? 80 : lowest >= 0.5 ? 50 : 0;
  return drawPlot({
    width: size.width,
    height: 250,
    marginTop: 34,
    marginBottom: 34,
    marginLeft: 42,
    marginRight: size.name === 'wide' ? 84 : 66,
    x: { type: 'point', domain: keys, padding: 0.5, label: null },
    y: { domain: [from, 100], label: null },
    marks: [
      gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 5, tickSize: 0, fontSize: 12, label: null }),
      axisX({
        tickSize: 0,
        fontSize: 12,
        label: null,
        tickFormat: (key: string) => dayLabel(shown, Number(key), size),
      }),
      text(['%'], { frameAnchor: 'top-left', dx: -14, dy: -18, fontSize: 12 }),
      ...SERIES.flatMap((series) => {
        const points = drawnPoints(shown, series);
        const last = points.flat().at(-1);
        const common = { x: 'key', dx: series.shift } as const;
        return [
          ...points.map((run) => line(run, { ...common, y: 'share', stroke: series.colour, strokeWidth: 1.5 })),
          ruleX(points.flat(), {
            ...common,
            y1: 'low',
            y2: 'high',
            stroke: series.colour,
            strokeWidth: 3,
            strokeOpacity: 0.35,
          }),
          dot(points.flat(), {
            ...common,
            y: 'share',
            r: 4.5,
            fill: series.colour,
            stroke: 'var(--paper)',
            strokeWidth: 1.5,
          }),
          ...(last === undefined
            ? []
            : [
                text([last], {
                  y: 'share',
                  frameAnchor: 'right',
                  textAnchor: 'start',
                  dx: 10,
                  dy: labelShift(shown, series.name),
                  text: () => series.name,
                  fontSize: 12,
                  fill: series.colour,
                }),
              ]),
        ];
      }),
    ],
  });
}

/** Runs of points that may be compared with each other. */
function drawnPoints(shown: readonly TrendPoint[], { share, interval }: (typeof SERIES)[number]): Drawn[][] {
  const runs: Drawn[][] = [];
  shown.forEach((point, index) => {
    const value = point[share];
    if (value === null) return;
    const [low, high] = point[interval] ?? [value, value];
    const drawn = { key: String(index), share: 100 * value, low: 100 * low, high: 100 * high };
    const run = runs.at(-1);
    if (run === undefined || point.notComparable !== null) runs.push([drawn]);
    else run.push(drawn);
  });
  return runs;
}

/** The names of two lines that end at the same height stand below each other. */
function labelShift(shown: readonly TrendPoint[], name: 'precision' | 'recall'): number {
  const last = shown.at(-1);
  if (last === undefined || last.precision === null || last.recall === null) return 0;
  if (Math.abs(last.precision - last.recall) > 0.03) return 0;
  const isUpper = name === 'precision' ? last.precision >= last.recall : last.recall > last.precision;
  return isUpper ? -8 : 8;
}

/** So many days as fit; the first and the last always. */
function dayLabel(shown: readonly TrendPoint[], index: number, size: PlotSize): string {
  const room = size.name === 'wide' ? 9 : 3;
  const every = Math.ceil(shown.length / room);
  const day = shown[index]?.at.slice(0, 10) ?? '';
  return (shown.length - 1 - index) % every === 0 ? (size.name === 'wide' ? day : day.slice(5)) : '';
}
