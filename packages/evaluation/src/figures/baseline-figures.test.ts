import { column } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { baselineFigures, bestSingle } from './baseline-figures.ts';
import { fairShares } from './fair-shares.ts';
import { toBitTable } from '../table/bit-table.ts';

describe('baselineFigures', () => {
  it('measures judgements', () => {
    expect(baselineFigures({ name: 'joint', labels: [1, 0, 1, null], judgements: [1, 0, null, 1] })).toMatchObject({
      name: 'joint',
      examples: 4,
      judged: 3,
      coverage: 0.75,
      positives: 2,
      truePositives: 1,
      falsePositives: 0,
      falseNegatives: 1,
      precision: 1,
      recall: 0.5,
    });
  });

  it('measures scores at a threshold as it does their judgements', () => {
    const labels = [1, 0, 1] as const;
    const scores = column([0.9, 0.6, 0.1], (score) => score);
    expect(baselineFigures({ name: 'a', labels, column: scores, threshold: 0.5 })).toEqual(
      baselineFigures({ name: 'a', labels, judgements: [1, 1, 0] }),
    );
  });
});

describe('bestSingle', () => {
  it('chooses the highest F1, and the first of equals', () => {
    expect(bestSingle([{ f1: 0.5 }, { f1: 0.9, name: 'b' }, { f1: 0.9, name: 'c' }])).toEqual({ f1: 0.9, name: 'b' });
  });

  it('passes over an undefined F1, but takes 0', () => {
    expect(bestSingle([{ f1: null }, { f1: 0 }])).toEqual({ f1: 0 });
    expect(bestSingle([{ f1: null }])).toBeNull();
  });
});

describe('fairShares', () => {
  it('splits an example equally among those who are positive on it', () => {
    const members = [
      { name: 'a', judgements: [1, 1, 1] as const },
      { name: 'b', judgements: [1, 0, 1] as const },
    ];
    expect(fairShares(toBitTable({ labels: [1, 1, 0], weights: [3, 1, 1], members }))).toEqual([
      { truePositives: 2.5, falsePositives: 0.5 },
      { truePositives: 1.5, falsePositives: 0.5 },
    ]);
  });

  it('is not clone-proof: a twin raises what the two take together', () => {
    const a = { name: 'a', judgements: [1] as const };
    const b = { name: 'b', judgements: [1] as const };
    const alone = fairShares(toBitTable({ labels: [1], members: [a, b] }));
    const cloned = fairShares(toBitTable({ labels: [1], members: [a, { ...a, name: 'twin' }, b] }));
    expect(alone[0]!.truePositives).toBeCloseTo(1 / 2, 12);
    expect(cloned[0]!.truePositives + cloned[1]!.truePositives).toBeCloseTo(2 / 3, 12);
  });
});
