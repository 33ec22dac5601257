import { column } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { advise } from './advise.ts';
import { rowTable } from '../../test/row-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';

const policy = {
  precisionFloor: 0.9,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.01,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
};

// 40 found; 6 missed just below the threshold of a, in German; 3 that nobody sees, in English.
const table: ScoredTable = {
  ...rowTable([
    { count: 40, label: 1, scores: { a: 0.9, b: 0 } },
    { count: 6, label: 1, scores: { a: 0.4, b: 0.1 } },
    { count: 3, label: 1, scores: { a: 0.01, b: 0.01 } },
    { count: 60, label: 0, scores: { a: 0.05, b: 0.1 } },
  ]),
  ids: Array.from({ length: 109 }, (_, i) => `mail-${i}`),
  slices: [
    {
      name: 'language',
      values: Array.from({ length: 109 }, (_, i) => (i >= 40 && i < 46 ? 'de' : i < 100 ? 'en' : null)),
    },
  ],
};

describe('the missed positives that advise tells', () => {
  const { missed } = advise(table, { policy });

  it('says how many are within reach of whose threshold, down to which', () => {
    expect(missed[0]).toMatchObject({
      column: null,
      value: null,
      positiveLabels: 49,
      missed: 9,
      withinReach: [{ member: 'a', missed: 6 }],
      outOfReach: 3,
    });
    const { threshold } = missed[0]!.withinReach[0]!;
    expect([0.4 >= threshold, 0.05 >= threshold]).toEqual([true, false]);
  });

  it('tells the slices with the most missed first, without those that miss nothing', () => {
    expect(missed.slice(1)).toMatchObject([
      { column: 'language', value: 'de', positiveLabels: 6, missed: 6, outOfReach: 0 },
      { column: 'language', value: 'en', positiveLabels: 43, missed: 3, withinReach: [], outOfReach: 3 },
    ]);
  });

  it('names missed examples, at most as many as asked for, where the table has ids', () => {
    expect(missed[0]!.ids).toEqual(Array.from({ length: 9 }, (_, i) => `mail-${i + 40}`));
    expect(advise(table, { policy, maxIds: 2 }).missed[0]!.ids).toEqual(['mail-40', 'mail-41']);
    const { ids: _ids, ...closed } = table;
    expect(advise(closed, { policy }).missed[0]!.ids).toEqual([]);
  });

  it('counts by sampling weight', () => {
    const weights = table.labels.map((_, i) => (i < 40 ? 1 : 2));
    expect(advise({ ...table, weights }, { policy }).missed[0]).toMatchObject({
      positiveLabels: 58,
      missed: 18,
      outOfReach: 6,
    });
  });

  it('tells twenty slices, those with the most missed', () => {
    const labels = Array.from({ length: 500 }, () => 1 as const);
    const many: ScoredTable = {
      labels,
      members: [{ name: 'a', threshold: 0.5, column: column(labels, () => 0) }],
      slices: [{ name: 'sender', values: labels.map((_, i) => `sender ${Math.floor(Math.sqrt(i))}`) }],
    };
    const slices = advise(many, { policy }).missed.slice(1);
    expect(slices).toHaveLength(20);
    // Square roots from 21 to 22 are those of 441 to 483: 43 examples.
    expect(slices[0]).toMatchObject({ value: 'sender 21', missed: 43 });
  });
});
