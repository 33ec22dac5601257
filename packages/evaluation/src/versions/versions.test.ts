import { column } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { changedPositives, gateChange, judgementChanges, scoreShift } from '../index.ts';

/** `null` abstains, NaN fails. */
const at = (scores: readonly (number | null)[], threshold = 0.5) => ({
  column: column(scores, (score) => score),
  threshold,
});

describe('judgementChanges', () => {
  it('counts both ways by label, with the places', () => {
    const before = at([0.9, 0.9, 0.9, 0.1, 0.1, 0.1]);
    const after = at([0.1, 0.1, 0.9, 0.9, 0.9, 0.1]);
    expect(judgementChanges({ labels: [1, null, 1, 0, 1, 0], before, after })).toEqual([
      { from: 'positive', to: 'negative', positiveLabels: 1, negativeLabels: 0, withoutLabel: 1, places: [0, 1] },
      { from: 'negative', to: 'positive', positiveLabels: 1, negativeLabels: 1, withoutLabel: 0, places: [3, 4] },
    ]);
  });

  it('takes abstaining and failing for judgements', () => {
    const changes = judgementChanges({
      labels: [0, 0, 0, 0],
      before: at([0.9, null, Number.NaN, null]),
      after: at([null, 0.1, null, null]),
    });
    expect(changes.map(({ from, to, places }) => [from, to, places])).toEqual([
      ['positive', 'abstained', [0]],
      ['abstained', 'negative', [1]],
      ['failed', 'abstained', [2]],
    ]);
  });

  it('sees a threshold that passes a score, and none that passes nothing', () => {
    const scores = [0.25, 0.5, 0.75];
    const changed = (threshold: number) =>
      judgementChanges({ labels: [1, 1, 1], before: at(scores, 0.5), after: at(scores, threshold) }).length;
    expect([changed(0.3), changed(0.5), changed(0.51), changed(0.75)]).toEqual([0, 0, 1, 1]);
  });

  it('refuses columns over other examples', () => {
    expect(() => judgementChanges({ labels: [1], before: at([1, 2]), after: at([1]) })).toThrow(
      expect.objectContaining({ code: 'EVAL_LENGTH_MISMATCH' }),
    );
  });

  it('is the same ways turned round when the versions are', () => {
    const score = fc.option(fc.constantFrom(0, 0.25, 0.5, 0.75, Number.NaN), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { maxLength: 40 }), (rows) => {
        const [before, after] = [at(rows.map(([a]) => a)), at(rows.map(([, b]) => b))];
        const labels = rows.map(() => null);
        const turned = judgementChanges({ labels, before: after, after: before });
        const ways = judgementChanges({ labels, before, after });
        for (const { from, to, places } of ways)
          expect(turned.find((way) => way.from === to && way.to === from)?.places).toEqual(places);
        expect(turned).toHaveLength(ways.length);
      }),
    );
  });
});

describe('scoreShift', () => {
  it('tells how many scores differ, the largest and the median shift', () => {
    // |Δ| = 0, 0.25, 0.5 and 3 over the four that both have scored.
    const shift = scoreShift({ before: at([1, 0.5, 0.25, 4, null]), after: at([1, 0.75, 0.75, 1, 9]) });
    expect(shift).toMatchObject({ compared: 4, differing: 3, largest: 3, median: 0.375 });
  });

  it('gives the rank correlation of a table worked out elsewhere', () => {
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]).statistic
    const { rankCorrelation } = scoreShift({ before: at([1, 2, 3, 4, 5]), after: at([5, 6, 7, 8, 7]) });
    expect(rankCorrelation).toBeCloseTo(0.8207826816681233, 14);
  });

  it('counts no rounding within the tolerance of the contract', () => {
    const { differing } = scoreShift({ before: at([10, 10, 0]), after: at([10.000001, 10.0001, 0.0000005]) });
    expect(differing).toBe(1);
  });

  it('is undefined where there is nothing to tell', () => {
    expect(scoreShift({ before: at([null, 1]), after: at([1, null]) })).toEqual({
      compared: 0,
      differing: 0,
      largest: null,
      median: null,
      rankCorrelation: null,
    });
    expect(scoreShift({ before: at([1, 1]), after: at([1, 2]) }).rankCorrelation).toBeNull();
  });

  it('keeps the order of scores under every rising map, and turns it under every falling one', () => {
    const scores = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(scores, (values) => {
        const before = at(values);
        const rising = at(values.map((value) => value * 2 + 5));
        const falling = at(values.map((value) => -value));
        expect(scoreShift({ before, after: rising }).rankCorrelation).toBeCloseTo(1, 12);
        expect(scoreShift({ before, after: falling }).rankCorrelation).toBeCloseTo(-1, 12);
      }),
    );
  });
});

describe('changedPositives', () => {
  const labels = [1, 1, 0, 0, null] as const;
  const table = (words: readonly (0 | 1)[], urls: readonly (0 | 1 | 'failed')[]) => ({
    labels,
    members: [
      { name: 'words', judgements: words },
      { name: 'urls', judgements: urls },
    ],
  });
  const before = table([1, 0, 1, 0, 0], [1, 0, 0, 0, 0]);
  const after = table([0, 1, 0, 1, 1], [1, 0, 0, 0, 0]);

  it('counts what stays, comes and goes as the gate of a changed member does', () => {
    const positives = changedPositives({ before, after, candidate: 'words' });
    expect(positives).toEqual({
      regions: {
        kept: { truePositives: 1, falsePositives: 0 },
        gained: { truePositives: 1, falsePositives: 1 },
        lost: { truePositives: 0, falsePositives: 1 },
      },
      unlabelled: { kept: 0, gained: 1, lost: 0 },
      unknown: 0,
    });
    const rules = { lossBudget: 0, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
    expect(gateChange({ before, after, candidate: 'words', rules, draws: 1 })).toMatchObject(positives);
  });

  it('refuses tables in which another member differs, too', () => {
    const other = table([0, 1, 0, 1, 1], [1, 0, 0, 0, 1]);
    expect(() => changedPositives({ before, after: other, candidate: 'words' })).toThrow(
      expect.objectContaining({ code: 'EVAL_TABLES_DIFFER' }),
    );
  });
});
