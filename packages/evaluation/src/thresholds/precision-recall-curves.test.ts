import { column } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { precisionRecallCurves } from './precision-recall-curves.ts';
import type { ScoredTable } from '../table/scored-table.ts';

// The example of scikit-learn's precision_recall_curve: labels 0 0 1 1, scores .1 .4 .35 .8; thresholds from high to low.
const published: ScoredTable = {
  labels: [0, 0, 1, 1],
  members: [{ name: 'a', threshold: 0.375, column: column([0.1, 0.4, 0.35, 0.8], (score) => score) }],
};

describe('precisionRecallCurves', () => {
  it('gives the points of the published example', () => {
    const [, member] = precisionRecallCurves(published);
    expect(member!.points).toEqual([
      { precision: 1, recall: 1 / 2 },
      { precision: 1 / 2, recall: 1 / 2 },
      { precision: 2 / 3, recall: 1 },
      { precision: 1 / 2, recall: 1 },
    ]);
    expect(member!.operatingPoint).toEqual({ precision: 1 / 2, recall: 1 / 2 });
  });

  it('is for a suite of one the curve of its member', () => {
    const [suite, member] = precisionRecallCurves(published);
    expect({ ...suite, member: null }).toEqual({ ...member, member: null });
  });

  it("puts today's figures of suite and members on their curves", () => {
    fc.assert(
      fc.property(arbitraryScoredTable(), fc.constantFrom(4, 7, 200), (table, points) => {
        const { suite, members } = evaluate(columnsToTable(table));
        for (const [at, figures] of [suite, ...members].entries()) {
          const curve = precisionRecallCurves(table, { points })[at]!;
          const { precision, recall } = figures;
          const isDefined = precision !== null && recall !== null;
          expect(curve.operatingPoint).toEqual(isDefined ? { precision, recall } : null);
          const isOnCurve = curve.points.some((point) => point.precision === precision && point.recall === recall);
          expect(isOnCurve).toBe(isDefined);
          expect(curve.points.length).toBeLessThanOrEqual(points);
        }
      }),
    );
  });

  it('never loses recall from few positives to many', () => {
    fc.assert(
      fc.property(arbitraryScoredTable(), (table) => {
        for (const { points } of precisionRecallCurves(table, { points: 6 })) {
          const recalls = points.map(({ recall }) => recall);
          expect(recalls).toEqual(recalls.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('has no points without positive labels', () => {
    expect(precisionRecallCurves({ ...published, labels: [0, 0, 0, null] })[0]).toEqual({
      member: null,
      points: [],
      operatingPoint: null,
    });
  });

  it('refuses a curve of fewer points than it must have', () => {
    expect(() => precisionRecallCurves(published, { points: 2 })).toThrow(
      expect.objectContaining({ code: 'EVAL_COUNT_INVALID' }),
    );
  });
});
