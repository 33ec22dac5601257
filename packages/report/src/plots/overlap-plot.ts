import type { Evaluation, OverlapFigures } from '@clamor/evaluation';
import { axisX, axisY, cell, text } from '@observablehq/plot';

import { formatCount, formatQuantity, formatShare } from '../format-figure.ts';
import type { Shown } from '../rounding/shown.ts';
import { type PlotFigure, type PlotSize, drawPlot, nameMargin, shortName } from './plot-frame.ts';

const MEMBERS_SHOWN = 14;

/** How much two members say the same: Jaccard index of their positives, lower triangle. */
export function overlapPlot(evaluation: Shown<Evaluation>): PlotFigure {
  const largest = new Set(
    evaluation.members
      .toSorted((a, b) => (b.positives ?? 0) - (a.positives ?? 0))
      .slice(0, MEMBERS_SHOWN)
      .map((member) => member.name),
  );
  const names = evaluation.members.map((member) => member.name).filter((name) => largest.has(name));
  const pairs = evaluation.overlaps.filter((pair) => largest.has(pair.a) && largest.has(pair.b));
  const rest = evaluation.members.length - names.length;
  return {
    title: 'How much two members overlap',
    caption:
      `Jaccard index of their positives in %: examples on which both are positive ÷ examples on which either is, of ${formatQuantity(evaluation.suite.examples ?? 0, 'example')}. ` +
      'A stronger colour means more alike; 100% would be the same member twice.' +
      (rest > 0 ? ` The ${formatCount(names.length)} members with the most positives are shown.` : ''),
    description: pairs.map((pair) => `${pair.a} and ${pair.b} ${formatShare(pair.jaccard)}`).join('; '),
    draw: (size) => draw(pairs, names, size),
  };
}

function draw(pairs: readonly Shown<OverlapFigures>[], names: readonly string[], size: PlotSize): SVGSVGElement {
  const marginLeft = nameMargin(names, size);
  const columns = Math.max(1, names.length - 1);
  const side = Math.max(
    36,
    Math.min(size.name === 'wide' ? 64 : 44, Math.floor((size.width - marginLeft - 12) / columns)),
  );
  const height = Math.min(side, 40);
  const longest = Math.max(...names.map((name) => shortName(name, size).length));
  const place = { x: 'a', y: 'b', title: describe } as const;
  return drawPlot({
    width: marginLeft + columns * side + 12,
    height: columns * height + 26 + longest * 6,
    marginLeft,
    marginTop: 6,
    marginBottom: 20 + longest * 6,
    marginRight: 12,
    padding: 0.05,
    x: { domain: names.slice(0, -1), label: null },
    y: { domain: names.slice(1), label: null },
    opacity: { domain: [0, 1], range: [0.04, 1] },
    marks: [
      axisX({
        anchor: 'bottom',
        tickSize: 0,
        tickRotate: -50,
        fontSize: 13,
        tickFormat: (name: string) => shortName(name, size),
      }),
      axisY({ tickSize: 0, fontSize: 13, tickFormat: (name: string) => shortName(name, size) }),
      cell(pairs, { ...place, fill: 'var(--tp)', fillOpacity: opacity }),
      text(pairs, {
        ...place,
        text: (pair: Shown<OverlapFigures>) => formatShare(pair.jaccard),
        fontSize: 11,
        fill: 'var(--ink)',
      }),
    ],
  });
}

function describe(pair: Shown<OverlapFigures>): string {
  return `${pair.a} and ${pair.b}: ${formatShare(pair.jaccard)}, both positive on ${formatCount(pair.both)}, only these two on ${formatCount(pair.onlyBoth)}`;
}

/** Never so strong that the figure in the cell could not be read, light or dark. */
function opacity(pair: Shown<OverlapFigures>): number {
  return 0.55 * (pair.jaccard ?? 0);
}
