import { describe, expect, it } from 'vitest';
import { type Region, regionTable, type RegionTableRow } from '../../test/evidence-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { gate } from './gate.ts';
import { gateJointly } from './gate-jointly.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import type { JointOutcome } from './outcome.ts';

/** With a budget of .05 merit alone decides below, beside others at 990/10. */
const rules = { lossBudget: 0.05, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
const strict = { ...rules, lossBudget: 0.005 };

/** Others at the given region, and blocks on which exactly the candidates named by letter are positive. */
function tableOf(others: Region, blocks: { readonly [letters: string]: Region }): JudgementTable {
  const letters = [...new Set(Object.keys(blocks).join(''))].toSorted();
  const rows = ([trues, falses]: Region, isPositive: (name: string) => boolean): RegionTableRow[] => {
    const judgements = ['others', ...letters].map((name) => (isPositive(name) ? (1 as const) : (0 as const)));
    return [
      { judgements, label: 1, count: trues },
      { judgements, label: 0, count: falses },
    ];
  };
  return regionTable(
    ['others', ...letters],
    [
      ...rows(others, (name) => name === 'others'),
      ...Object.entries(blocks).flatMap(([block, region]) => rows(region, (name) => block.includes(name))),
      { judgements: ['others', ...letters].map(() => 0 as const), label: 1, count: 30 },
    ],
  );
}

function namesIn(groups: JointOutcome['conflicts' | 'alliances' | 'order' | 'rejected']): string[] {
  return groups.map(({ members }) => members.join('+'));
}

function decisionsIn({ alone }: JointOutcome): string[] {
  return alone.map(({ outcome }) => outcome.decision);
}

describe('gateJointly', () => {
  it('finds a pair that passes alone and fails together: true positives shared, false ones not', () => {
    // 200/16 each (.926), 200/32 together (.862).
    const table = tableOf([990, 10], { ab: [200, 0], a: [0, 16], b: [0, 16] });
    const joint = gateJointly(table, { candidates: ['a', 'b'], rules });
    expect(decisionsIn(joint)).toEqual(['pass', 'pass']);
    expect(namesIn(joint.conflicts)).toEqual(['a+b']);
    expect(joint.conflicts[0]!.outcome).toMatchObject({
      candidate: 'a + b',
      decision: 'fail',
      decidedBy: 'merit',
      counts: { unique: { truePositives: 200, falsePositives: 32 } },
    });
    expect(namesIn(joint.order)).toEqual(['a']);
  });

  it('finds a pair that passes alone and fails together because both draw from one budget', () => {
    // Each draws .0991 · (.99 − .9545) = .0035 of .005, together .1736 · (.99 − .9545) = .0062.
    const table = tableOf([9900, 100], { a: [1050, 50], b: [1050, 50] });
    const joint = gateJointly(table, { candidates: ['a', 'b'], rules: strict });
    expect(decisionsIn(joint)).toEqual(['pass', 'pass']);
    expect(joint.conflicts[0]!.outcome).toMatchObject({ decision: 'fail', decidedBy: 'harm' });
    const [step] = joint.order;
    const [rejected] = joint.rejected;
    expect([step!.members, rejected!.members]).toEqual([['a'], ['b']]);
    expect(rejected!.outcome.loss.left).toBeCloseTo(0.005 - (1100 / 11_100) * (0.99 - 1050 / 1100), 9);
    expect([rejected!.alone, rejected!.outcome.decision]).toEqual(['pass', 'fail']);
    expect(rejected!.reason).toContain('"b" passes alone, but not beside a');
  });

  it('finds a triple that fails together while none of its pairs does', () => {
    // 200/10 each (.952), 200/20 in pairs (.909: open), 200/30 all three (.870).
    const table = tableOf([990, 10], { abc: [200, 0], a: [0, 10], b: [0, 10], c: [0, 10] });
    const joint = gateJointly(table, { candidates: ['a', 'b', 'c'], rules });
    expect(decisionsIn(joint)).toEqual(['pass', 'pass', 'pass']);
    expect(namesIn(joint.conflicts)).toEqual(['a+b+c']);
  });

  it('finds a pair that does not pass alone and passes together: a false positive shared, true ones not', () => {
    // 30/3 each (.909: open), 60/3 together (.952).
    const table = tableOf([990, 10], { ab: [0, 3], a: [30, 0], b: [30, 0] });
    const joint = gateJointly(table, { candidates: ['a', 'b'], rules });
    expect(decisionsIn(joint)).toEqual(['inconclusive', 'inconclusive']);
    expect(namesIn(joint.alliances)).toEqual(['a+b']);
    expect(namesIn(joint.order)).toEqual(['a+b']);
    expect([joint.conflicts, joint.rejected]).toEqual([[], []]);
    expect(joint.after).toEqual(evaluate(table).suite);
  });

  it('finds a triple of allies none of whose pairs passes, and no group that holds a smaller one', () => {
    // 15/3 each (fails), 30/3 in pairs (open), 45/3 all three (.9375: passes).
    const allies = { abc: [0, 3], a: [15, 0], b: [15, 0], c: [15, 0] } as const;
    const joint = gateJointly(tableOf([990, 10], allies), { candidates: ['a', 'b', 'c'], rules });
    expect(decisionsIn(joint)).toEqual(['fail', 'fail', 'fail']);
    expect(namesIn(joint.alliances)).toEqual(['a+b+c']);
    const wide = { abc: [0, 3], a: [30, 0], b: [30, 0], c: [30, 0] } as const;
    const pairs = gateJointly(tableOf([990, 10], wide), { candidates: ['a', 'b', 'c'], rules });
    expect(namesIn(pairs.alliances)).toEqual(['a+b', 'a+c', 'b+c']);
    // The third one has no false positives of its own left: once two have joined it passes alone.
    expect(namesIn(pairs.order)).toEqual(['a+b', 'c']);
  });

  it('accepts one of two near-duplicates and says that the other one has no effect any more', () => {
    const joint = gateJointly(tableOf([534, 8], { ab: [40, 0] }), { candidates: ['a', 'b'], rules: strict });
    expect(decisionsIn(joint)).toEqual(['pass', 'pass']);
    expect(joint.conflicts).toEqual([]);
    expect(namesIn(joint.order)).toEqual(['a']);
    const [rejected] = joint.rejected;
    expect(rejected).toMatchObject({ members: ['b'], alone: 'pass', outcome: { decision: 'no effect' } });
    expect(rejected!.reason).toBe('"b" passes alone, but nothing that it alone finds is left beside a.');
  });

  it('rejects a near-duplicate whose only addition is wrong', () => {
    const table = tableOf([990, 10], { ab: [60, 0], b: [0, 2] });
    const joint = gateJointly(table, { candidates: ['b', 'a'], rules });
    expect(decisionsIn(joint)).toEqual(['pass', 'pass']);
    expect(namesIn(joint.order)).toEqual(['a']);
    expect(joint.rejected[0]).toMatchObject({ members: ['b'], alone: 'pass', outcome: { decision: 'fail' } });
  });

  it('lets the one go first that finds most, each step beside those before it', () => {
    const table = tableOf([534, 8], { a: [10, 0], b: [30, 0], bc: [5, 0], c: [12, 0] });
    const joint = gateJointly(table, { candidates: ['a', 'b', 'c'], rules: strict });
    expect(namesIn(joint.order)).toEqual(['b', 'c', 'a']);
    expect(joint.order.map(({ outcome }) => outcome.counts.unique.truePositives)).toEqual([35, 12, 10]);
    expect(joint.order[1]!.outcome.before).toEqual(joint.order[0]!.outcome.after);
    expect(joint.after).toEqual(evaluate(table).suite);
  });

  it('says of a single candidate what the gate says', () => {
    const table = tableOf([534, 8], { a: [8, 0] });
    const { alone } = gateJointly(table, { candidates: ['a'], rules: strict });
    expect(alone[0]!.outcome).toEqual(gate(table, { candidate: 'a', rules: strict }));
  });

  it('leaves a suite without candidates as it is', () => {
    const table = tableOf([5, 1], {});
    const joint = gateJointly(table, { candidates: [], rules });
    expect(joint).toMatchObject({ alone: [], conflicts: [], alliances: [], order: [], rejected: [] });
    expect(joint.after).toEqual(evaluate(table).suite);
  });

  it('counts a group as failed only where none of it is positive', () => {
    const table: JudgementTable = {
      labels: [1, 1, 1],
      members: [
        { name: 'others', judgements: [1, 0, 0] },
        { name: 'a', judgements: [0, 'failed', 'failed'] },
        { name: 'b', judgements: [0, 1, 0] },
      ],
    };
    const { rejected, order } = gateJointly(table, { candidates: ['a', 'b'], rules, required: ['a'] });
    expect(order).toEqual([]);
    expect(rejected.map(({ outcome }) => outcome.after.undetermined)).toEqual([2, 0]);
  });

  const many = Array.from({ length: 21 }, (_, i) => `m${i}`);
  const crowd = regionTable(many, [{ judgements: many.map(() => 0 as const), label: 1, count: 1 }]);
  it.each([
    [many, 'EVAL_CANDIDATES_TOO_MANY'],
    [['m0', 'm0'], 'EVAL_MEMBER_DUPLICATE'],
    [['nobody'], 'EVAL_MEMBER_UNKNOWN'],
  ])('refuses the candidates %j', (candidates, code) => {
    expect(() => gateJointly(crowd, { candidates, rules })).toThrow(expect.objectContaining({ code }));
  });
});
