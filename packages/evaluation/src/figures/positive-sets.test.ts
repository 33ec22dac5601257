import { describe, expect, it } from 'vitest';
import type { JudgementTable } from '../table/judgement-table.ts';
import { positiveSets } from './positive-sets.ts';
import { uniquePositives } from './unique-positives.ts';

const table: JudgementTable = {
  labels: [1, 1, 0, null, 0],
  weights: [2, 1, 1, 4, 1],
  members: [
    { name: 'a', judgements: [1, 1, 1, 0, 0] },
    { name: 'b', judgements: [1, 1, 0, 0, null] },
    { name: 'c', judgements: [0, 'failed', 0, 1, 0] },
  ],
};

describe('positiveSets', () => {
  it('puts every positive example into the one set of those who are positive on it', () => {
    expect(positiveSets(table)).toEqual([
      { members: ['a', 'b'], count: 2, weight: 3, truePositives: 3, falsePositives: 0, unlabelled: 0 },
      { members: ['a'], count: 1, weight: 1, truePositives: 0, falsePositives: 1, unlabelled: 0 },
      { members: ['c'], count: 1, weight: 4, truePositives: 0, falsePositives: 0, unlabelled: 4 },
    ]);
  });

  it('tells sets of 40 members apart', () => {
    const members = Array.from({ length: 40 }, (_, j) => ({
      name: `m${j}`,
      judgements: [1, j === 39 ? 0 : 1] as (0 | 1)[],
    }));
    expect(positiveSets({ labels: [1, 1], members }).map((set) => set.members.length)).toEqual([39, 40]);
  });

  it('is empty when nobody is positive', () => {
    expect(positiveSets({ labels: [1], members: [{ name: 'a', judgements: [0] }] })).toEqual([]);
  });
});

describe('uniquePositives', () => {
  it('gives the examples that one member alone calls positive', () => {
    expect(uniquePositives(table, 'a')).toEqual([2]);
    expect(uniquePositives(table, 'b')).toEqual([]);
    expect(uniquePositives(table, 'c')).toEqual([3]);
  });

  it('leaves out an example on which another member failed', () => {
    const members = [
      { name: 'a', judgements: [1, 1] as const },
      { name: 'b', judgements: ['failed', 0] as const },
    ];
    expect(uniquePositives({ labels: [1, 1], members }, 'a')).toEqual([1]);
  });

  it('refuses a member that is not in the table', () => {
    expect(() => uniquePositives(table, 'd')).toThrow(expect.objectContaining({ code: 'EVAL_MEMBER_UNKNOWN' }));
  });
});
