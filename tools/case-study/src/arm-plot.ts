import { axisX, axisY, dot, gridX, ruleX, ruleY, text } from '@observablehq/plot';

import { type CellFigures, POOLED } from './bootstrap.ts';
import { type Arm, ARMS } from './experiment.ts';
import { SIZES } from './plan.ts';
import type { StatisticName } from './statistics.ts';
import { COLOURS, drawPanel, type LegendEntry, renderSvg } from './svg.ts';

/** What {@link armPlot} draws. */
export interface ArmPlotOptions {
  readonly title: string;
  /** Name of the axis. */
  readonly axis: string;
  readonly statistic: StatisticName;
  /** Drawn hollow behind it, for what was before; a figure of shares. */
  readonly before?: StatisticName;
  /** What a value is multiplied by: 100 for percent. */
  readonly scale: number;
}

/** How the arms are called on pictures and in tables. */
export const ARM_NAMES: { readonly [A in Arm]: string } = {
  suite: 'new member in the suite',
  joint: 'joint model, retrained',
  beside: 'new member beside the joint model',
};

const OFFSETS: { readonly [A in Arm]: number } = { suite: -8, joint: 0, beside: 8 };
const ROW_HEIGHT = 42;

interface Point {
  readonly kind: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly before: number | null;
}

/** One figure of all kinds and arms, a panel for each size; lines are intervals. */
export function armPlot(figures: readonly CellFigures[], options: ArmPlotOptions): string {
  const all = figures.flatMap((cell) => ARMS.flatMap((arm) => pointOf(cell, arm, options) ?? []));
  const domain = [Math.min(0, ...all.map(({ low }) => low)), Math.max(...all.map(({ high }) => high))];
  const panels = SIZES.map((size, i) =>
    panel(
      figures.filter((cell) => cell.size === size),
      { ...options, domain, isFirst: i === 0, name: size === 'all' ? 'all mails of the kind' : `${size} mails` },
    ),
  );
  const description = figures
    .map((cell) => {
      const values = ARMS.map((arm) => `${ARM_NAMES[arm]} ${pointOf(cell, arm, options)?.value.toFixed(1) ?? 'none'}`);
      return `${cell.kind}, ${cell.size}: ${values.join(', ')}`;
    })
    .join('; ');
  return renderSvg(panels, { title: options.title, description, legend: legend(options.before !== undefined) });
}

interface PanelOptions extends ArmPlotOptions {
  readonly domain: readonly number[];
  readonly isFirst: boolean;
  readonly name: string;
}

function panel(cells: readonly CellFigures[], options: PanelOptions): SVGSVGElement {
  const kinds = cells.map(({ kind }) => kind);
  const marginLeft = options.isFirst ? 112 : 14;
  const points = (arm: Arm) => cells.flatMap((cell) => pointOf(cell, arm, options) ?? []);
  return drawPanel({
    width: 260 + marginLeft,
    height: kinds.length * ROW_HEIGHT + 76,
    marginTop: 34,
    marginBottom: 42,
    marginLeft,
    marginRight: 16,
    x: { domain: [...options.domain], label: null, nice: true },
    y: { domain: kinds, label: null, axis: null },
    marks: [
      gridX({ ticks: 5, stroke: COLOURS.line, strokeOpacity: 1 }),
      ruleX([0], { stroke: COLOURS.ink, strokeOpacity: 0.4 }),
      ruleY([POOLED], { stroke: COLOURS.line, dy: -ROW_HEIGHT / 2 + 1 }),
      axisX({ ticks: 5, tickSize: 0, label: options.axis, labelAnchor: 'center', labelArrow: 'none', fontSize: 12 }),
      ...(options.isFirst ? [axisY({ tickSize: 0, fontSize: 13 })] : []),
      ...ARMS.flatMap((arm) => marksOf(points(arm), arm)),
      text([options.name], {
        frameAnchor: 'top-left',
        dy: -24,
        text: (name: string) => name,
        fontSize: 13,
        fontWeight: 600,
      }),
    ],
  });
}

function marksOf(points: readonly Point[], arm: Arm) {
  const place = { y: 'kind', dy: OFFSETS[arm] } as const;
  const colour = COLOURS[arm];
  return [
    ruleY(points, { ...place, x1: 'low', x2: 'high', stroke: colour, strokeWidth: 3, strokeOpacity: 0.4 }),
    dot(
      points.filter(({ before }) => before !== null),
      { ...place, x: 'before', r: 3.5, stroke: colour, fill: '#fff', strokeWidth: 1.5 },
    ),
    dot(points, { ...place, x: 'value', r: 4.5, fill: colour, stroke: '#fff' }),
  ];
}

function legend(hasBefore: boolean): LegendEntry[] {
  const arms = ARMS.map((arm) => ({ name: ARM_NAMES[arm], colour: COLOURS[arm] }));
  return hasBefore ? [...arms, { name: 'before the addition', colour: COLOURS.ink, isHollow: true }] : arms;
}

function pointOf({ kind, figures }: CellFigures, arm: Arm, { statistic, before, scale }: ArmPlotOptions): Point | null {
  const { mean, interval } = figures[arm][statistic];
  if (mean === null || interval === null) return null;
  const earlier = before === undefined ? null : figures[arm][before].mean;
  return {
    kind,
    value: mean * scale,
    low: interval[0] * scale,
    high: interval[1] * scale,
    before: earlier === null ? null : earlier * scale,
  };
}
