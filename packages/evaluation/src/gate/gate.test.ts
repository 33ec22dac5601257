import { describe, expect, it } from 'vitest';
import { evidenceTable, regionTable } from '../../test/evidence-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { gate } from './gate.ts';
import type { GateOutcome } from './outcome.ts';
import type { JudgementTable } from '../table/judgement-table.ts';

/** Those of the spam suite's policy. */
const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };

type Region = readonly [number, number];

function gated(unique: Region, others: Region): GateOutcome {
  return gate(evidenceTable({ unique, others, missed: 20 }), { candidate: 'candidate', rules });
}

describe('gate', () => {
  it('passes 8/0 beside 534/8 by harm and merit, although the line of the blueprint is held with .38 only', () => {
    const { decision, decidedBy, blueprint, harm, merit } = gated([8, 0], [534, 8]);
    expect([decision, decidedBy]).toEqual(['pass', 'harm and merit']);
    expect(blueprint).toMatchObject({ uniquePrecision: 1, precisionWithout: 534 / 542, holds: true });
    expect(blueprint.probability).toBeCloseTo(0.38, 2);
    expect(harm.probability).toBeCloseTo(0.985, 3);
    expect(merit.probability).toBeCloseTo(0.81, 2);
  });

  it('fails 17/4 beside 517/4 by merit, harm being open', () => {
    const { decision, decidedBy, harm, merit, blueprint } = gated([17, 4], [517, 4]);
    expect([decision, decidedBy, harm.result, merit.result]).toEqual(['fail', 'merit', 'open', 'failed']);
    expect(blueprint.holds).toBe(false);
  });

  it('is inconclusive for 3/0 beside 534/8: three labels show no merit', () => {
    const { decision, decidedBy, harm, merit } = gated([3, 0], [534, 8]);
    expect([decision, decidedBy, harm.result, merit.result]).toEqual(['inconclusive', 'merit', 'passed', 'open']);
  });

  it('has no effect without unique positives', () => {
    const { decision, decidedBy, blueprint, harm, merit, before, after, loss } = gated([0, 0], [534, 8]);
    expect([decision, decidedBy]).toEqual(['no effect', 'no unique positives']);
    expect([harm.result, merit.result, blueprint.holds, blueprint.probability]).toEqual(['none', 'none', null, null]);
    expect(after).toEqual(before);
    expect(loss.draws).toBe(0);
  });

  it('fails by harm alone where the floor is kept and the budget is not', () => {
    // 300 of 330 hold a floor of .85 for certain; s = 1290/1330 = .970 against o − δ = .985.
    const table = evidenceTable({ unique: [300, 30], others: [990, 10] });
    const { decision, decidedBy } = gate(table, { candidate: 'candidate', rules: { ...rules, meritFloor: 0.85 } });
    expect([decision, decidedBy]).toEqual(['fail', 'harm']);
  });

  it('tells the suite without the candidate and with it as evaluate does', () => {
    const table = evidenceTable({ unique: [8, 0], others: [534, 8], missed: 20 });
    const { before, after, cost } = gate(table, { candidate: 'candidate', rules, msPerExample: 0.5 });
    expect(after).toEqual(evaluate(table).suite);
    expect(before).toEqual(evaluate({ ...table, members: table.members.slice(0, 1) }).suite);
    expect(cost.recallGain).toBeCloseTo(8 / 562, 12); // 542/562 − 534/562
    expect(cost.recallGainPerMs).toBeCloseTo(16 / 562, 12);
  });

  it('draws o − s from the loss budget, and what is left is never below 0', () => {
    const { loss } = gated([17, 4], [517, 4]);
    expect(loss.draws).toBeCloseTo(517 / 521 - 534 / 542, 12);
    expect([loss.left, loss.leftAfter]).toEqual([0.005, 0]);
    expect(gated([8, 0], [534, 8]).loss).toEqual({ draws: 0, left: 0.005, leftAfter: 0.005 });
  });

  it('measures the first member with positives by the floor alone', () => {
    const passed = gated([30, 0], [0, 0]);
    expect([passed.decision, passed.decidedBy, passed.harm.result]).toEqual(['pass', 'floor', 'none']);
    expect(passed.loss.draws).toBe(0); // there was no precision to lose
    expect(gated([5, 5], [0, 0])).toMatchObject({ decision: 'fail', decidedBy: 'floor' });
    expect(gated([2, 0], [0, 0])).toMatchObject({ decision: 'inconclusive', decidedBy: 'floor' });
  });

  it('is inconclusive, not without effect, when no unique positive has a label', () => {
    const table = regionTable(
      ['others', 'candidate'],
      [
        { judgements: [1, 0], label: 1, count: 90 },
        { judgements: [0, 1], label: null, count: 4 },
      ],
    );
    const outcome = gate(table, { candidate: 'candidate', rules });
    expect(outcome).toMatchObject({
      decision: 'inconclusive',
      decidedBy: 'no unique positives',
      loss: { draws: null, leftAfter: null },
    });
    expect(outcome.counts.uniqueUnlabelled).toBe(4);
    expect(outcome.reason).toContain('4 of it has no label');
  });

  it('is inconclusive when another member failed on every sole positive', () => {
    const table = regionTable(
      ['others', 'candidate'],
      [
        { judgements: [1, 0], label: 1, count: 90 },
        { judgements: ['failed', 1], label: 1, count: 20 },
      ],
    );
    const { decision, counts } = gate(table, { candidate: 'candidate', rules });
    expect([decision, counts.uniqueUnknown]).toEqual(['inconclusive', 20]);
  });

  it('cannot show harm where no positive of the others has a label, and fails there by merit only', () => {
    const beside = [{ judgements: [1, 0], label: null, count: 50 }] as const;
    const good = [...beside, { judgements: [0, 1], label: 1, count: 40 }] as const;
    const bad = [...beside, { judgements: [0, 1], label: 0, count: 10 }] as const;
    const [passing, failing] = [good, bad].map((rows) =>
      gate(regionTable(['others', 'candidate'], rows), { candidate: 'candidate', rules }),
    );
    expect(passing).toMatchObject({ decision: 'inconclusive', decidedBy: 'harm', loss: { draws: null } });
    expect(failing).toMatchObject({ decision: 'fail', decidedBy: 'merit' });
  });

  it('counts λ over positives with label or without', () => {
    // One in ten of the candidate's is labelled: it makes up 100 of 642 positives, not 10 of 552.
    const rows = [
      { judgements: [1, 0], label: 1, count: 534 },
      { judgements: [1, 0], label: 0, count: 8 },
      { judgements: [0, 1], label: 1, count: 9 },
      { judgements: [0, 1], label: 0, count: 1 },
    ] as const;
    const few = gate(regionTable(['others', 'candidate'], rows), { candidate: 'candidate', rules });
    const unlabelled = { judgements: [0, 1], label: null, count: 90 } as const;
    const many = gate(regionTable(['others', 'candidate'], [...rows, unlabelled]), { candidate: 'candidate', rules });
    expect(many.counts.effective.share).toEqual({ unique: 100, others: 542 });
    expect(many.loss.draws).toBeCloseTo((100 / 642) * (534 / 542 - 0.9), 12);
    expect(many.harm.probability!).toBeLessThan(few.harm.probability!);
    expect(many.merit).toEqual(few.merit);
  });

  it('weighs λ by the weights: unique positives that stand for ten each are ten times as many', () => {
    const table = evidenceTable({ unique: [18, 2], others: [198, 2] });
    const weights = [...Array.from({ length: 200 }, () => 1), ...Array.from({ length: 20 }, () => 10)];
    const { counts, loss } = gate({ ...table, weights }, { candidate: 'candidate', rules });
    expect(counts.unique).toEqual({ truePositives: 180, falsePositives: 20 });
    expect(counts.effective.unique).toEqual({ truePositives: 18, falsePositives: 2 });
    expect(counts.effective.share.unique).toBeCloseTo(counts.effective.share.others, 9);
    expect(loss.draws).toBeCloseTo(0.5 * (0.99 - 0.9), 12);
  });

  it('divides the counts by the design effect of near-copies', () => {
    // Ten copies of each: 80 unique positives are 8, and 8/0 is just enough for merit while 7/0 is not.
    const table = evidenceTable({ unique: [80, 0], others: [5340, 80] });
    const clusters = Int32Array.from(table.labels, (_, i) => Math.floor(i / 10));
    const copies = gate(table, { candidate: 'candidate', rules, clusters });
    expect(copies.counts.designEffect.unique).toBeCloseTo(10, 9);
    expect(copies.counts.effective.unique.truePositives).toBeCloseTo(8, 9);
    expect(copies.merit.probability).toBeCloseTo(gated([8, 0], [534, 8]).merit.probability!, 9);
    expect(gate(table, { candidate: 'candidate', rules }).merit.probability).toBeGreaterThan(0.999);
  });

  it('counts where a verdict needs a member: the candidate may be required too', () => {
    const table = evidenceTable({ unique: [8, 0], others: [534, 8] });
    const { before } = gate(table, { candidate: 'candidate', rules, required: ['candidate', 'others'] });
    expect(before.undetermined).toBe(0);
  });

  const table: JudgementTable = evidenceTable({ unique: [1, 0], others: [1, 0] });
  it.each([
    [{ candidate: 'nobody', rules }, 'EVAL_MEMBER_UNKNOWN'],
    [{ candidate: 'candidate', rules, required: ['nobody'] }, 'EVAL_MEMBER_UNKNOWN'],
    [{ candidate: 'candidate', rules: { ...rules, harmConfidence: 0.5 } }, 'EVAL_GATE_INVALID'],
    [{ candidate: 'candidate', rules: { ...rules, meritConfidence: Number.NaN } }, 'EVAL_GATE_INVALID'],
    [{ candidate: 'candidate', rules: { ...rules, lossBudget: -0.001 } }, 'EVAL_GATE_INVALID'],
    [{ candidate: 'candidate', rules, msPerExample: -1 }, 'EVAL_GATE_INVALID'],
    [{ candidate: 'candidate', rules, clusters: Int32Array.of(0) }, 'EVAL_LENGTH_MISMATCH'],
  ])('refuses %o', (options, code) => {
    expect(() => gate(table, options)).toThrow(expect.objectContaining({ code }));
  });
});
