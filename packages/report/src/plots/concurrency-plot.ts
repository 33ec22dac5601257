import { areaY, axisX, axisY, gridY, line } from '@observablehq/plot';

import type { QueueAnswer } from '../queue-answer.ts';
import { type PlotFigure, type PlotSize, drawPlot } from './plot-frame.ts';

/** How many candidates were open at the same time, over time. */
export function concurrencyPlot({ concurrency, at }: Pick<QueueAnswer, 'concurrency' | 'at'>): PlotFigure {
  const { steps, most, now } = concurrency;
  return {
    title: 'Candidates open at the same time',
    caption:
      'Branches that are open, and those that came by a merge, from their first commit on. Branches that were deleted unmerged, or came by squash or rebase, are not known.',
    description: `From ${steps[0]?.at.slice(0, 10) ?? 'now'} to ${at.slice(0, 10)}: at most ${most}, ${now} now`,
    draw: (size) => draw({ concurrency, at }, size),
  };
}

function draw({ concurrency, at }: Pick<QueueAnswer, 'concurrency' | 'at'>, size: PlotSize): SVGSVGElement {
  const points = [...concurrency.steps, { at, open: concurrency.now }].map((step) => ({
    time: new Date(step.at),
    open: step.open,
  }));
  const top = Math.max(2, concurrency.most);
  return drawPlot({
    width: size.width,
    height: 190,
    marginTop: 14,
    marginBottom: 34,
    marginLeft: 42,
    marginRight: 20,
    x: { type: 'utc', label: null },
    y: { domain: [0, top], label: null },
    marks: [
      gridY({ ticks: Math.min(4, top), stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: Math.min(4, top), tickSize: 0, fontSize: 12, label: null, tickFormat: 'd' }),
      axisX({ ticks: size.name === 'wide' ? 7 : 3, tickSize: 0, fontSize: 12, label: null }),
      areaY(points, { x: 'time', y: 'open', curve: 'step-after', fill: 'var(--tp)', fillOpacity: 0.15 }),
      line(points, { x: 'time', y: 'open', curve: 'step-after', stroke: 'var(--tp)', strokeWidth: 2 }),
    ],
  });
}
