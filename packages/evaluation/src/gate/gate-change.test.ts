import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Region, regionTable } from '../../test/evidence-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { gateChange } from './gate-change.ts';
import { gateProbabilities } from './gate-probabilities.ts';
import type { ChangeOutcome } from './outcome.ts';
import type { JudgementTable } from '../table/judgement-table.ts';

/** Those of the spam suite's policy. */
const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };

interface Regions {
  readonly kept: Region;
  readonly gained?: Region;
  readonly lost?: Region;
  readonly missed?: number;
}

/** The suite is one other member, which keeps what is kept, and the member that changes. */
function tablesOf({ kept, gained = [0, 0], lost = [0, 0], missed = 20 }: Regions): {
  readonly before: JudgementTable;
  readonly after: JudgementTable;
} {
  const version = (isAfter: boolean): JudgementTable =>
    regionTable(
      ['others', 'mine'],
      [
        ...rowsOf(kept, [1, 0]),
        ...rowsOf(gained, [0, isAfter ? 1 : 0]),
        ...rowsOf(lost, [0, isAfter ? 0 : 1]),
        { judgements: [0, 0], label: 1, count: missed },
      ],
    );
  return { before: version(false), after: version(true) };
}

function rowsOf([trues, falses]: Region, judgements: readonly (0 | 1)[]) {
  return [
    { judgements, label: 1, count: trues },
    { judgements, label: 0, count: falses },
  ] as const;
}

/** Nine examples on which only the other member and this one differ, beside ninety that are kept. */
function nine(mine: 0 | 1, label: 1 | null, other: 0 | 'failed'): JudgementTable {
  return regionTable(
    ['others', 'mine'],
    [
      { judgements: [1, 0], label: 1, count: 90 },
      { judgements: [other, mine], label, count: 9 },
    ],
  );
}

function changed(regions: Regions): ChangeOutcome {
  return gateChange({ ...tablesOf(regions), candidate: 'mine', rules });
}

describe('gateChange', () => {
  it('divides the positives of the suite into kept, gained and lost', () => {
    const { regions, unlabelled, unknown } = changed({ kept: [50, 2], gained: [5, 1], lost: [3, 4] });
    expect(regions).toEqual({
      kept: { truePositives: 50, falsePositives: 2 },
      gained: { truePositives: 5, falsePositives: 1 },
      lost: { truePositives: 3, falsePositives: 4 },
    });
    expect([unlabelled, unknown]).toEqual([{ kept: 0, gained: 0, lost: 0 }, 0]);
  });

  it('passes a version that only drops false positives', () => {
    const { decision, merit, after, before, loss } = changed({ kept: [534, 4], lost: [0, 12] });
    expect([decision, merit.result]).toEqual(['pass', 'none']);
    expect(after.recall).toBe(before.recall);
    expect(loss.draws).toBe(0);
  });

  it('fails a threshold that was raised until recall collapses, however precise the rest is', () => {
    const { decision, decidedBy, precision, recall } = changed({ kept: [200, 0], lost: [300, 12] });
    expect([decision, decidedBy, precision.result, recall.result]).toEqual(['fail', 'recall', 'passed', 'failed']);
  });

  it('counts a lost unique true positive: ten of 564 positive labels are more than half a percent', () => {
    const { decision, decidedBy, recall, precision } = changed({ kept: [534, 8], lost: [10, 0] });
    expect([decision, decidedBy, recall.result, precision.result]).toEqual(['fail', 'recall', 'failed', 'passed']);
  });

  it('passes a version that gains true positives and loses nothing', () => {
    expect(changed({ kept: [534, 8], gained: [8, 0] })).toMatchObject({
      decision: 'pass',
      decidedBy: 'precision and recall',
    });
  });

  it('fails on merit what gains as many false positives as true ones', () => {
    const { decision, decidedBy } = changed({ kept: [5340, 80], gained: [5, 5] });
    expect([decision, decidedBy]).toEqual(['fail', 'merit']);
  });

  it('does not ask merit of what is shown to raise the precision: thirty false positives go, one comes', () => {
    const { decision, raises, merit, reason } = changed({ kept: [534, 8], gained: [0, 1], lost: [0, 30] });
    expect([decision, raises.result, merit.result]).toEqual(['pass', 'passed', 'failed']);
    expect(reason).toContain('P(precision rises)');
    expect(changed({ kept: [534, 8], gained: [0, 1], lost: [0, 1] })).toMatchObject({
      decision: 'fail',
      decidedBy: 'merit',
      raises: { result: 'open' },
    });
  });

  it('is inconclusive where three labels are too few to show merit', () => {
    expect(changed({ kept: [534, 8], gained: [3, 0] })).toMatchObject({ decision: 'inconclusive', decidedBy: 'merit' });
  });

  it('has no effect when no verdict changes, also when judgements do', () => {
    const labels = [1, 0, 1] as const;
    const others = { name: 'others', judgements: [1, 0, 0] as const };
    const before = { labels, members: [others, { name: 'mine', judgements: [1, 0, 1] as const }] };
    const after = { labels, members: [others, { name: 'mine', judgements: [0, 0, 1] as const }] };
    const outcome = gateChange({ before, after, candidate: 'mine', rules });
    expect([outcome.decision, outcome.decidedBy]).toEqual(['no effect', 'no change']);
    expect([outcome.precision, outcome.recall, outcome.merit].map(({ result }) => result)).toEqual([
      'none',
      'none',
      'none',
    ]);
    expect(outcome.after).toEqual(outcome.before);
  });

  it('tells both suites as evaluate does, and draws the loss of precision between them', () => {
    const tables = tablesOf({ kept: [517, 4], gained: [17, 4] });
    const { before, after, loss } = gateChange({ ...tables, candidate: 'mine', rules });
    expect(before).toEqual(evaluate(tables.before).suite);
    expect(after).toEqual(evaluate(tables.after).suite);
    expect(loss.draws).toBeCloseTo(517 / 521 - 534 / 542, 12);
  });

  it('keeps the precision of a suite that had none by merit and recall', () => {
    const first = changed({ kept: [0, 0], gained: [40, 0] });
    expect(first).toMatchObject({ decision: 'pass', precision: { result: 'none' } });
    expect(changed({ kept: [0, 0], lost: [40, 0] })).toMatchObject({ decision: 'fail', decidedBy: 'recall' });
  });

  // The independent check: the harm of gateProbabilities is a sum by quadrature over three Betas, this one is drawn from a
  // Dirichlet; neither knows of the other. Four standard errors of 20,000 draws are .014.
  it('agrees with the harm of gateProbabilities when nothing is lost', { tags: ['slow'] }, () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 1, max: 600 }),
        count,
        fc.constantFrom(0, 0.005, 0.05),
        (a, b, c, d, lossBudget) => {
          fc.pre(a + b > 0);
          const { precision } = gateChange({
            ...tablesOf({ kept: [c, d], gained: [a, b] }),
            candidate: 'mine',
            rules: { ...rules, lossBudget },
            draws: 20_000,
          });
          const evidence = {
            unique: { truePositives: a, falsePositives: b },
            others: { truePositives: c, falsePositives: d },
          };
          const { harm } = gateProbabilities(evidence, { lossBudget, meritFloor: 0.9 });
          expect(Math.abs(precision.probability! - harm!)).toBeLessThan(0.0145);
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  it('agrees with a Beta on recall when all that changes is lost', () => {
    // Kept and missed are two cells of ½ each: the lost share of the positive labels is Beta(10 + ½, 534 + 20 + 1), and
    // scipy.stats.beta(10.5, 555).cdf(0.01) is 0.04233.
    const { recall } = gateChange({
      ...tablesOf({ kept: [534, 8], lost: [10, 0] }),
      candidate: 'mine',
      rules: { ...rules, lossBudget: 0.01 },
    });
    expect(Math.abs(recall.probability! - 0.04233)).toBeLessThan(0.0026); // four standard errors
  });

  it('gives the same figures for the same seed, and others for another', () => {
    const regions = { kept: [50, 2], gained: [5, 1], lost: [3, 4] } as const;
    const at = (seed: number): number =>
      gateChange({ ...tablesOf(regions), candidate: 'mine', rules, seed }).precision.probability!;
    expect(at(1)).toBe(at(1));
    expect(at(2)).not.toBe(at(1));
    expect(at(2)).toBeCloseTo(at(1), 1);
  });

  it('is inconclusive where nothing that changes has a label, or where it changes only beside failures', () => {
    const unlabelled = gateChange({ before: nine(1, null, 0), after: nine(0, null, 0), candidate: 'mine', rules });
    expect(unlabelled).toMatchObject({ decision: 'inconclusive', unlabelled: { lost: 9 }, loss: { draws: null } });
    const unknown = gateChange({
      before: nine(0, 1, 'failed'),
      after: nine(1, 1, 'failed'),
      candidate: 'mine',
      rules,
    });
    expect(unknown).toMatchObject({ decision: 'inconclusive', unknown: 9 });
  });

  it('divides by the design effect: ten copies of one lost mail are one', () => {
    const tables = tablesOf({ kept: [5340, 80], lost: [30, 0], missed: 200 });
    const clusters = Int32Array.from(tables.before.labels, (_, i) => Math.floor(i / 10));
    const copies = gateChange({ ...tables, candidate: 'mine', rules, clusters });
    expect(copies.designEffect).toBeGreaterThan(5);
    expect(copies.recall.result).toBe('open');
    expect(gateChange({ ...tables, candidate: 'mine', rules: { ...rules, lossBudget: 0.008 } }).recall.result).toBe(
      'passed',
    );
  });

  const { before, after } = tablesOf({ kept: [5, 1], gained: [1, 0], missed: 0 });
  const others = { name: 'others', judgements: after.labels.map(() => 0 as const) };
  it.each([
    ['another label', { ...after, labels: after.labels.map(() => 1 as const) }, 'EVAL_TABLES_DIFFER'],
    ['weights', { ...after, weights: after.labels.map(() => 2) }, 'EVAL_TABLES_DIFFER'],
    ['another member', { ...after, members: [others, after.members[1]!] }, 'EVAL_TABLES_DIFFER'],
    ['a member less', { ...after, members: [after.members[1]!] }, 'EVAL_TABLES_DIFFER'],
    ['no example', { labels: [], members: [{ name: 'mine', judgements: [] }] }, 'EVAL_TABLES_DIFFER'],
    ['no candidate', { ...after, members: [after.members[0]!] }, 'EVAL_MEMBER_UNKNOWN'],
  ])('refuses an after with %s', (_, wrong, code) => {
    expect(() => gateChange({ before, after: wrong, candidate: 'mine', rules })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each([{ seed: 0 }, { seed: 1.5 }, { draws: 0 }])('refuses to draw with %o', (how) => {
    expect(() => gateChange({ before, after, candidate: 'mine', rules, ...how })).toThrow(
      expect.objectContaining({ code: 'EVAL_GATE_INVALID' }),
    );
  });
});
