import { column } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAlone, growSuite, joinSuite } from './grow-suite.ts';

// Nine positive labels at a floor of .9 allow ⌊9 · .1 ÷ .9⌋ = 1 false positive.
const LABELS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0] as const;
const POLICY = { precisionFloor: 0.9, uniquePrecisionFloor: 0.5 };
const scored = (name: string, scores: readonly number[]) => ({ name, column: column(scores, (score) => score) });

const FIRST = scored('first', [9, 8, 7, 6, 5, 3, 0, 0, 0, 4, 0, 0]);
const SECOND = scored('second', [0, 0, 0, 0, 0, 9, 8, 6, 5, 0, 7, 0]);
const ECHO = scored('echo', [9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0]);

describe('growSuite', () => {
  // first: at 4.5 it has 5 true and none false; one step lower 5/6 < .9, two steps lower 6/7 < .9.
  it('takes the threshold with the most new true positives that keeps the precision floor', () => {
    expect(growSuite({ labels: LABELS, members: [FIRST], policy: POLICY, spendShare: 1 / 2 })).toEqual({
      budget: 1,
      steps: [
        {
          name: 'first',
          threshold: 4.5,
          budgetLeft: 1,
          allowed: 1,
          newTruePositives: 5,
          newFalsePositives: 0,
          suitePrecision: 1,
          suiteRecall: 5 / 9,
        },
      ],
    });
  });

  // second: at 2.5 it adds 4 true and 1 false to 5 and 0: 9/10 is the floor itself, and the one false positive is allowed.
  it('lets a later member spend what is left, with the earlier ones frozen', () => {
    const { steps } = growSuite({ labels: LABELS, members: [FIRST, SECOND], policy: POLICY, spendShare: 1 / 2 });
    expect(steps[0]?.threshold).toBe(4.5);
    expect(steps[1]).toMatchObject({ threshold: 2.5, allowed: 1, newTruePositives: 4, newFalsePositives: 1 });
    expect(steps[1]).toMatchObject({ suitePrecision: 0.9, suiteRecall: 1 });
  });

  it('does not let a member spend where what it adds has too little merit', () => {
    const policy = { ...POLICY, uniquePrecisionFloor: 0.9 };
    const { steps } = growSuite({ labels: LABELS, members: [FIRST, SECOND], policy, spendShare: 1 / 2 });
    expect(steps[1]).toMatchObject({ threshold: 7.5, newTruePositives: 2, newFalsePositives: 0 });
  });

  it('lets a member that can add nothing stand by where that costs nothing', () => {
    const { steps } = growSuite({ labels: LABELS, members: [FIRST, ECHO], policy: POLICY, spendShare: 1 / 2 });
    expect(steps[1]).toMatchObject({ threshold: 7, newTruePositives: 0, newFalsePositives: 0 });
  });

  // second as above, once in shadow before itself.
  it('lets nobody after a member in shadow be beside it', () => {
    const shadow = { ...SECOND, name: 'shadow', isShadow: true };
    const members = [FIRST, shadow, SECOND];
    const { steps } = growSuite({ labels: LABELS, members, policy: POLICY, spendShare: 1 / 2 });
    expect(steps[1]).toEqual({ ...steps[2], name: 'shadow', mode: 'shadow' });
    expect(steps[2]).toMatchObject({ threshold: 2.5, budgetLeft: 1, newTruePositives: 4, newFalsePositives: 1 });
  });

  it('never moves an earlier threshold, never breaks the floor and never overspends (property)', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, scores, (a, b, c) => {
        const members = [scored('a', a), scored('b', b), scored('c', c)];
        const all = growSuite({ labels: LABELS, members, policy: POLICY, spendShare: 1 / 2 });
        const two = growSuite({ labels: LABELS, members: members.slice(0, 2), policy: POLICY, spendShare: 1 / 2 });
        expect(all.steps.slice(0, 2)).toEqual(two.steps);
        const spent = all.steps.reduce((sum, step) => sum + step.newFalsePositives, 0);
        expect(spent).toBeLessThanOrEqual(all.budget);
        for (const step of all.steps) expect(step.suitePrecision ?? 1).toBeGreaterThanOrEqual(POLICY.precisionFloor);
      }),
    );
  });
});

describe('joinSuite', () => {
  it('is the step of a suite that grows, from where the earlier members are positive', () => {
    const { steps } = growSuite({ labels: LABELS, members: [FIRST, SECOND], policy: POLICY, spendShare: 1 / 2 });
    const taken = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    expect(joinSuite({ labels: LABELS, taken, ...SECOND, policy: POLICY, spendShare: 1 / 2, left: 1 })).toEqual(
      steps[1],
    );
    expect([...taken]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('chooseAlone', () => {
  it('maximises true positives at the floor, whatever the budget of a suite', () => {
    expect(chooseAlone(LABELS, FIRST.column, POLICY)).toEqual({ threshold: 4.5, truePositives: 5, falsePositives: 0 });
  });
});
