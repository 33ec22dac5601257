import { describe, expect, it } from 'vitest';

import type { GrowthStep } from './grow-suite.ts';
import { type GrowthFile, withoutLeavers, withSteps } from './growth-file.ts';

const step = (name: string, threshold: number): GrowthStep => ({
  name,
  threshold,
  budgetLeft: 1,
  allowed: 1,
  newTruePositives: 0,
  newFalsePositives: 0,
  suitePrecision: 1,
  suiteRecall: 1,
});
const fit = (steps: readonly GrowthStep[]) => ({
  thresholdsChosenOn: ['train'],
  examples: 9,
  positiveLabels: 3,
  budget: 1,
  steps,
  baselines: {},
});
const file: GrowthFile = {
  order: ['b', 'a'],
  release: fit([step('b', 1), step('a', 2)]),
  later: fit([step('b', 3), step('a', 4)]),
};

describe('withSteps', () => {
  it('adds a member that is not in it last', () => {
    expect(withSteps(file, { release: step('c', 5), later: step('c', 6) })).toEqual({
      order: ['b', 'a', 'c'],
      release: fit([step('b', 1), step('a', 2), step('c', 5)]),
      later: fit([step('b', 3), step('a', 4), step('c', 6)]),
    });
  });

  it('puts the steps of one that is in it into their place', () => {
    const changed = withSteps(file, { release: step('b', 5), later: step('b', 6) });
    expect(changed.order).toEqual(['b', 'a']);
    expect(changed.later.steps.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['b', 6],
      ['a', 4],
    ]);
  });
});

describe('withoutLeavers', () => {
  const counts = { joint: { truePositives: 3, falsePositives: 0 } };
  const left: GrowthFile = {
    order: ['a'],
    release: { ...fit([step('a', 8)]), baselines: counts },
    later: fit([step('a', 9)]),
  };

  it('drops the steps of who is gone, keeps those of who stays, and takes the new baselines', () => {
    expect(withoutLeavers(file, left)).toEqual({
      order: ['a'],
      release: { ...fit([step('a', 2)]), baselines: counts },
      later: fit([step('a', 4)]),
    });
  });

  it.each(['newTruePositives', 'newFalsePositives'])('refuses one that had added %s in one of the fits', (added) => {
    const spent = { ...file, later: fit([{ ...step('b', 3), [added]: 1 }, step('a', 4)]) };
    expect(() => withoutLeavers(spent, left)).toThrow('b added');
  });
});
