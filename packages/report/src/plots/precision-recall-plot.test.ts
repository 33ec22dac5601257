import { describe, expect, it } from 'vitest';

import { PLOT_SIZES } from './plot-frame.ts';
import { precisionRecallPlot } from './precision-recall-plot.ts';

const WIDE = PLOT_SIZES[0]!;

describe('precisionRecallPlot', () => {
  it('ends a curve where it leaves the panel', () => {
    const points = [
      { precision: 1, recall: 0.5 },
      { precision: 0.5, recall: 0.6 },
      { precision: 0.5, recall: 1 },
    ];
    const plot = precisionRecallPlot([{ member: null, points, operatingPoint: points[0]! }], 10);
    const path = plot.draw(WIDE).querySelector('path')?.getAttribute('d') ?? '';
    const places = path.match(/[\d.]+/g)?.map(Number) ?? [];
    // The panel begins at 80%, which lies two fifths of the way from 50% to 60% recall; 890 pixels are 100% recall.
    expect(places.slice(0, 2)).toEqual([38 + 0.5 * 890, 50]);
    expect(places.at(-2)).toBeCloseTo(38 + 0.54 * 890, 1);
    expect(places).toHaveLength(4);
  });

  it('leaves out a curve without points', () => {
    const plot = precisionRecallPlot([{ member: 'idle', points: [], operatingPoint: null }], 0);
    expect(plot.description).toBe('');
  });
});
