import { describe, expect, it } from 'vitest';
import { toBitTable } from '../table/bit-table.ts';
import { evaluate } from './evaluate.ts';
import type { JudgementTable } from '../table/judgement-table.ts';

/** Two members on six examples; the values below are counted by hand. */
const table: JudgementTable = {
  labels: [1, 1, 0, 0, 1, null],
  members: [
    { name: 'words', judgements: [1, 0, 1, 0, 0, 1] },
    { name: 'urls', judgements: [1, 1, 0, null, 0, 0] },
  ],
};

describe('evaluate', () => {
  it('counts a verdict as positive when any member is', () => {
    const { suite } = evaluate(table);
    expect(suite).toMatchObject({ truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 1 });
    expect(suite.f1).toBeCloseTo(2 / 3, 12);
  });

  it('counts an example without a label for rates only', () => {
    expect(evaluate(table).suite).toMatchObject({ examples: 6, labelled: 5, positives: 4 });
    expect(evaluate(table).members[0]).toMatchObject({
      uniquePositives: 2,
      uniqueTruePositives: 0,
      uniqueFalsePositives: 1,
    });
  });

  it('leaves an abstaining member out of its coverage, not of its recall', () => {
    expect(evaluate(table).members[1]).toMatchObject({ judged: 5, coverage: 5 / 6, recall: 2 / 3 });
  });

  it('counts a sole positive as unknown where another member failed, and as unique where it abstained', () => {
    const judgements = { labels: [1, 1] as const, members: [{ name: 'a', judgements: [1, 1] as const }] };
    const { members } = evaluate({
      ...judgements,
      members: [...judgements.members, { name: 'b', judgements: ['failed', null] }],
    });
    expect(members[0]).toMatchObject({ uniquePositives: 1, uniqueUnknown: 1, uniqueTruePositives: 1, failed: 0 });
    expect(members[1]).toMatchObject({ judged: 0, failed: 1, coverage: 0 });
  });

  it('takes a sole positive from the suite without its member even where another one failed', () => {
    const { members } = evaluate({
      labels: [1, 0],
      members: [
        { name: 'a', judgements: [1, 0] },
        { name: 'b', judgements: ['failed', 1] },
      ],
    });
    expect(members[0]).toMatchObject({ precisionWithout: 0, recallWithout: 0 });
  });

  it('counts a verdict as degraded when somebody failed, also when it is positive', () => {
    const { suite } = evaluate({
      labels: [1, 0],
      members: [
        { name: 'a', judgements: [1, 0] },
        { name: 'b', judgements: ['failed', 0] },
      ],
    });
    expect(suite.degraded).toBe(1);
  });

  it('takes a table of bit columns for the same table', () => {
    expect(evaluate(toBitTable(table))).toEqual(evaluate(table));
  });

  it('returns null for every share of an empty table', () => {
    const { suite, members } = evaluate({ labels: [], members: [{ name: 'a', judgements: [] }] });
    expect(suite).toMatchObject({ examples: 0, precision: null, recall: null, f1: null, precisionInterval: null });
    expect(members[0]).toMatchObject({ coverage: null, uniquePrecision: null, uniqueRecall: null });
  });

  it('returns no positives for a suite without members', () => {
    expect(evaluate({ labels: [1, 0], members: [] }).suite).toMatchObject({
      positives: 0,
      recall: 0,
      trueNegatives: 1,
    });
  });

  it('widens an interval by unequal weights', () => {
    const members = [{ name: 'a', judgements: [1, 1, 1, 1] as const }];
    const labels = [1, 1, 0, 0] as const;
    const even = evaluate({ labels, weights: [2, 2, 2, 2], members }).suite.precisionInterval!;
    const uneven = evaluate({ labels, weights: [3, 1, 3, 1], members }).suite.precisionInterval!;
    expect(uneven[1] - uneven[0]).toBeGreaterThan(even[1] - even[0]);
    expect(even).toEqual(evaluate({ labels, members }).suite.precisionInterval);
  });

  it('gives no harm and no merit without a policy', () => {
    const { gate } = evaluate(table).members[0]!;
    expect(gate).toEqual({ atLeastOthers: expect.any(Number), harm: null, merit: null });
  });

  it('gives no probability, not that of the prior, when the unique positives have no label', () => {
    const { members } = evaluate(
      {
        labels: [null, 1],
        members: [
          { name: 'a', judgements: [1, 0] },
          { name: 'b', judgements: [0, 1] },
        ],
      },
      { gate: { lossBudget: 0.01, meritFloor: 0.9 } },
    );
    expect(members[0]?.gate).toEqual({ atLeastOthers: null, harm: null, merit: null });
  });
});

describe('evaluate with required members', () => {
  const labels = [1, 0, 1, 0] as const;
  const failing: JudgementTable = {
    labels,
    members: [
      { name: 'a', judgements: [1, 1, 0, 0] },
      { name: 'b', judgements: ['failed', 0, 'failed', 'failed'] },
    ],
  };

  it('leaves a verdict undetermined only where nobody is positive', () => {
    expect(evaluate(failing, { required: ['b'] }).suite).toMatchObject({
      undetermined: 2,
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 0,
      trueNegatives: 0,
      recall: 1,
    });
  });

  // Wilson's interval of 8 of 10 is [0.4901625, 0.9433178]; F1 = 2q / (1 + q).
  it('maps the interval of TP among TP, FP and FN to one of F1', () => {
    const truth = [...Array.from({ length: 9 }, () => 1 as const), 0 as const];
    const judgements = [...Array.from({ length: 8 }, () => 1 as const), 0 as const, 1 as const];
    const { f1Interval } = evaluate({ labels: truth, members: [{ name: 'a', judgements }] }).suite;
    expect(f1Interval?.[0]).toBeCloseTo((2 * 0.4901625) / 1.4901625, 6);
    expect(f1Interval?.[1]).toBeCloseTo((2 * 0.9433178) / 1.9433178, 6);
  });

  it('gives the best and the worst that undetermined verdicts could make of the figures', () => {
    const { undeterminedBounds } = evaluate(failing, { required: ['b'] }).suite;
    expect(undeterminedBounds?.best).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8 });
    expect(undeterminedBounds?.worst).toEqual({ precision: 1 / 3, recall: 1 / 2, f1: 0.4 });
  });

  it('counts a failed member as negative when it is not required', () => {
    expect(evaluate(failing).suite).toMatchObject({
      undetermined: 0,
      undeterminedBounds: null,
      falseNegatives: 1,
      trueNegatives: 1,
    });
  });

  it('thinks a member away together with its being required', () => {
    expect(evaluate(failing, { required: ['b'] }).members[1]).toMatchObject({ recallWithout: 1 / 2 });
    expect(evaluate(failing, { required: ['b'] }).members[0]).toMatchObject({ recallWithout: null });
  });

  it('refuses a required member that is not in the table', () => {
    expect(() => evaluate(failing, { required: ['c'] })).toThrow(
      expect.objectContaining({ code: 'EVAL_MEMBER_UNKNOWN' }),
    );
  });

  it('refuses a gate policy outside [0, 1]', () => {
    const gate = { lossBudget: -0.1, meritFloor: 0.9 };
    expect(() => evaluate(failing, { gate })).toThrow(expect.objectContaining({ code: 'EVAL_GATE_INVALID' }));
  });
});
