import { areaY, axisX, axisY, dot, gridY, line, text } from '@observablehq/plot';

import { COLOURS, drawPanel, type LegendEntry, renderSvg } from './svg.ts';
import { ACCEPTING, type Accepting, type Way, WAYS } from './team.ts';
import type { TeamRow } from './team-figures.ts';

/** How the ways of working are called on pictures and in tables. */
export const WAY_NAMES: { readonly [W in Way]: string } = {
  suite: 'members of a suite',
  joint: 'one model, a branch each',
  'joint, pooled': 'one model, once a round',
};

const WAY_COLOURS: { readonly [W in Way]: string } = {
  suite: COLOURS.suite,
  joint: COLOURS.joint,
  'joint, pooled': COLOURS.third,
};

const FIGURES = [
  ['recallOnKinds', 'recall on the six kinds (%)', 100],
  ['falsePositives', 'false positives', 1],
] as const;

/** Recall on the six kinds and false positives after each round: the mean over orders, and from the lowest to the highest. */
export function teamPlot(rows: readonly TeamRow[]): string {
  const panels = ACCEPTING.flatMap((accepting) => FIGURES.map((figure) => panel(rows, { accepting, figure })));
  const description = rows
    .map(({ way, accepting, rounds }) => {
      const told = rounds.map(
        ({ delivered, recallOnKinds, falsePositives }) =>
          `after ${delivered.mean} ${(100 * recallOnKinds.mean).toFixed(1)} % and ${falsePositives.mean.toFixed(1)}`,
      );
      return `${WAY_NAMES[way]}, merged ${accepting}: ${told.join(', ')}`;
    })
    .join('; ');
  return renderSvg(panels, {
    title: 'A team brings six kinds: recall on them, and false positives',
    description,
    legend: legend(),
  });
}

interface PanelOptions {
  readonly accepting: Accepting;
  readonly figure: (typeof FIGURES)[number];
}

function panel(rows: readonly TeamRow[], { accepting, figure: [name, axis, scale] }: PanelOptions): SVGSVGElement {
  const all = rows.flatMap(({ rounds }) => rounds.map((round) => round[name].highest * scale));
  const lowest = Math.min(...rows.flatMap(({ rounds }) => rounds.map((round) => round[name].lowest * scale)));
  const own = WAYS.map((way) => rows.find((row) => row.way === way && row.accepting === accepting)!);
  const points = ({ rounds }: TeamRow) =>
    rounds.map(({ delivered, [name]: { mean, lowest: low, highest: high } }) => ({
      x: delivered.mean,
      y: mean * scale,
      low: low * scale,
      high: high * scale,
    }));
  return drawPanel({
    width: 234,
    height: 260,
    marginTop: 46,
    marginBottom: 42,
    marginLeft: 40,
    marginRight: 14,
    x: { domain: [0, 6], label: null },
    y: { domain: [name === 'falsePositives' ? 0 : lowest, Math.max(...all)], nice: true, label: null },
    marks: [
      gridY({ ticks: 5, stroke: COLOURS.line, strokeOpacity: 1 }),
      axisX({
        ticks: [0, 2, 4, 6],
        tickFormat: String,
        tickSize: 0,
        label: 'kinds brought',
        labelAnchor: 'center',
        labelArrow: 'none',
        fontSize: 12,
      }),
      axisY({ ticks: 5, tickSize: 0, fontSize: 12, label: null }),
      ...own.map((row) =>
        areaY(points(row), { x: 'x', y1: 'low', y2: 'high', fill: WAY_COLOURS[row.way], fillOpacity: 0.12 }),
      ),
      ...own.map((row) => line(points(row), { x: 'x', y: 'y', stroke: WAY_COLOURS[row.way], strokeWidth: 2 })),
      ...own.map((row) => dot(points(row), { x: 'x', y: 'y', r: 3.5, fill: WAY_COLOURS[row.way] })),
      text([`merged ${accepting}`], {
        frameAnchor: 'top-left',
        dx: -34,
        dy: -38,
        text: (each: string) => each,
        fontSize: 13,
        fontWeight: 600,
      }),
      text([axis], { frameAnchor: 'top-left', dx: -34, dy: -20, text: (each: string) => each, fontSize: 12 }),
    ],
  });
}

function legend(): LegendEntry[] {
  return WAYS.map((way) => ({ name: WAY_NAMES[way], colour: WAY_COLOURS[way] }));
}
