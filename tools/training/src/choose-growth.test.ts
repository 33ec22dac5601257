import { column } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { type Alternative, greedyOrder, pickAlternative, subsetsOf, tryAlternatives } from './choose-growth.ts';

// Nine positive labels at a floor of .9 allow one false positive.
const LABELS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0] as const;
const POLICY = { precisionFloor: 0.9, uniquePrecisionFloor: 0.5 };
const scores = (values: readonly number[]) => column(values, (score) => score);

// Alone: six found by `most` at 3.5; four by `some`, three of them new then; `echo` has nothing of its own.
const most = { name: 'most', column: scores([9, 8, 7, 6, 5, 4, 0, 0, 0, 3, 0, 0]) };
const some = { name: 'some', column: scores([0, 0, 0, 0, 0, 9, 8, 7, 6, 0, 3, 0]) };
const echo = { name: 'echo', column: scores([9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0]) };

describe('greedyOrder', () => {
  it('takes the member that adds the most true positives next, whatever order they come in', () => {
    for (const members of [
      [echo, some, most],
      [most, some, echo],
    ]) {
      const order = greedyOrder({ labels: LABELS, policy: POLICY, spendShare: 1 / 2, members });
      expect(order.map(({ name }) => name)).toEqual(['most', 'some', 'echo']);
    }
  });

  it('takes the first by name when all add the same', () => {
    const members = ['b', 'c', 'a'].map((name) => ({ ...most, name }));
    const order = greedyOrder({ labels: LABELS, policy: POLICY, spendShare: 1, members });
    expect(order.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('tryAlternatives', () => {
  it('grows with every subset of the emphases and every share', () => {
    const members = [
      { name: 'most', plain: most.column, emphasised: some.column },
      { name: 'some', plain: some.column, emphasised: null },
    ];
    const tried = tryAlternatives({ labels: LABELS, policy: POLICY, spendShares: [1 / 2, 1], members });
    expect(tried.map(({ emphasised, spendShare, truePositives }) => [emphasised, spendShare, truePositives])).toEqual([
      [[], 1 / 2, 9],
      [[], 1, 9],
      [['most'], 1 / 2, 4],
      [['most'], 1, 4],
    ]);
    expect(tried[0]).toMatchObject({
      order: ['most', 'some'],
      falsePositives: 0,
      precision: 1,
      recall: 1,
      keepsFloor: true,
    });
  });
});

describe('pickAlternative', () => {
  const base: Alternative = {
    spendShare: 1 / 2,
    emphasised: ['a'],
    order: ['a', 'b'],
    truePositives: 9,
    falsePositives: 1,
    precision: 0.9,
    recall: 0.9,
    keepsFloor: true,
  };

  it.each<[string, Partial<Alternative>]>([
    ['more true positives, at any cost within the floor', { truePositives: 10, falsePositives: 2, spendShare: 1 }],
    ['fewer false positives', { falsePositives: 0, spendShare: 1, emphasised: ['a', 'b'] }],
    ['the smaller share', { spendShare: 1 / 4, emphasised: ['a', 'b'] }],
    ['fewer recipes with their emphasis', { emphasised: [] }],
  ])('takes %s', (_, better) => {
    const wanted = { ...base, ...better };
    expect(pickAlternative([base, wanted])).toBe(wanted);
    expect(pickAlternative([wanted, base])).toBe(wanted);
  });

  it('takes none below the floor', () => {
    const below = { ...base, truePositives: 99, keepsFloor: false };
    expect(pickAlternative([below, base])).toBe(base);
    expect(() => pickAlternative([below])).toThrow('None of 1 alternatives');
  });
});

describe('subsetsOf', () => {
  it('gives every subset once', () => {
    expect(subsetsOf(['a', 'b'])).toEqual([[], ['a'], ['b'], ['a', 'b']]);
  });
});
