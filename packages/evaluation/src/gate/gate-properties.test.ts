import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../test/arbitrary-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { gate } from './gate.ts';
import { gateChange } from './gate-change.ts';
import { gateJointly } from './gate-jointly.ts';
import type { JudgementTable } from '../table/judgement-table.ts';

const rules = { lossBudget: 0.02, meritFloor: 0.6, harmConfidence: 0.9, meritConfidence: 0.8 };

/** Paths at which a result holds a number that JSON cannot. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`));
}

function clustersOf(table: JudgementTable): Int32Array {
  return Int32Array.from(table.labels, (_, i) => Math.floor(i / 3));
}

describe('gate', () => {
  it('has the probabilities and figures of evaluate where all is labelled and nothing weighted', () => {
    const plain = arbitraryTable({ failures: false, unlabelled: false, weights: false, minMembers: 1 });
    fc.assert(
      fc.property(plain, (table) => {
        const outcome = gate(table, { candidate: 'm0', rules });
        const { suite, members } = evaluate(table, { gate: rules });
        const [own] = members;
        expect(outcome.harm.probability).toBe(own!.gate.harm);
        expect(outcome.blueprint).toMatchObject({
          probability: own!.gate.atLeastOthers,
          uniquePrecision: own!.uniquePrecision,
          precisionWithout: own!.precisionWithout,
        });
        const { precision, recall } = outcome.before;
        expect([precision, recall]).toEqual([own!.precisionWithout, own!.recallWithout]);
        const lost = precision === null || suite.precision === null ? 0 : Math.max(0, precision - suite.precision);
        expect(outcome.loss.draws).toBeCloseTo(lost, 12);
      }),
      { numRuns: 60 },
    );
  });

  it('has no effect exactly when the candidate changes no verdict', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), (table) => {
        const { decision, before, after } = gate(table, { candidate: 'm0', rules });
        expect(decision === 'no effect').toBe(after.positives === before.positives);
      }),
      { numRuns: 60 },
    );
  });

  it('knows no NaN, whatever fails, abstains or has no label, and clusters or weights', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), fc.boolean(), (table, isClustered) => {
        const clusters = isClustered ? clustersOf(table) : null;
        expect(notFinite(gate(table, { candidate: 'm0', rules, clusters, msPerExample: 0 }))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('gateChange', () => {
  const versions = fc
    .tuple(arbitraryTable({ minMembers: 1 }), fc.infiniteStream(fc.constantFrom(0, 1, null, 'failed' as const)))
    .map(([before, stream]) => {
      const judgements = before.labels.map(() => stream.next().value as 0 | 1);
      return { before, after: { ...before, members: [{ name: 'm0', judgements }, ...before.members.slice(1)] } };
    });

  it('turns gained into lost when the versions change places', () => {
    fc.assert(
      fc.property(versions, ({ before, after }) => {
        const how = { candidate: 'm0', rules, draws: 10 };
        const there = gateChange({ before, after, ...how });
        const back = gateChange({ before: after, after: before, ...how });
        expect(back.regions).toEqual({
          kept: there.regions.kept,
          gained: there.regions.lost,
          lost: there.regions.gained,
        });
        expect([back.unknown, back.before, back.after]).toEqual([there.unknown, there.after, there.before]);
      }),
      { numRuns: 40 },
    );
  });

  it('adds its regions up to both suites where nothing is unlabelled or fails', () => {
    fc.assert(
      fc.property(versions, ({ before, after }) => {
        const { regions, unknown, ...told } = gateChange({ before, after, candidate: 'm0', rules, draws: 10 });
        fc.pre(unknown === 0);
        const { kept, gained, lost } = regions;
        expect(told.before.truePositives).toBeCloseTo(kept.truePositives + lost.truePositives, 9);
        expect(told.after.truePositives).toBeCloseTo(kept.truePositives + gained.truePositives, 9);
        expect(told.before.falsePositives).toBeCloseTo(kept.falsePositives + lost.falsePositives, 9);
        expect(told.after.falsePositives).toBeCloseTo(kept.falsePositives + gained.falsePositives, 9);
      }),
      { numRuns: 60 },
    );
  });

  // Nothing is lost when the old version is silent. Four standard errors of 4,000 draws are .032.
  it('agrees with the harm of gate under weights, clusters, failures and missing labels', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 2 }), fc.boolean(), (after, isClustered) => {
        const clusters = isClustered ? clustersOf(after) : null;
        const silent = { name: 'm0', judgements: after.labels.map(() => 0 as const) };
        const before = { ...after, members: [silent, ...after.members.slice(1)] };
        const { harm } = gate(after, { candidate: 'm0', rules, clusters });
        const { precision } = gateChange({ before, after, candidate: 'm0', rules, clusters, draws: 4000 });
        expect(precision.probability === null).toBe(harm.probability === null);
        expect(Math.abs((precision.probability ?? 0) - (harm.probability ?? 0))).toBeLessThan(0.033);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('knows no NaN', () => {
    fc.assert(
      fc.property(versions, fc.boolean(), ({ before, after }, isClustered) => {
        const clusters = isClustered ? clustersOf(before) : null;
        expect(notFinite(gateChange({ before, after, candidate: 'm0', rules, clusters, draws: 50 }))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('gateJointly', () => {
  it(
    'accepts or rejects every candidate once, and ends with the suite that the order gives',
    { tags: ['slow'] },
    () => {
      fc.assert(
        fc.property(arbitraryTable({ minMembers: 2 }), (table) => {
          const candidates = table.members.slice(0, 3).map(({ name }) => name);
          const joint = gateJointly(table, { candidates, rules });
          const accepted = joint.order.flatMap(({ members }) => members);
          const rejected = joint.rejected.flatMap(({ members }) => members);
          expect([...accepted, ...rejected].toSorted()).toEqual(candidates.toSorted());
          const members = table.members.filter(({ name }) => !rejected.includes(name));
          expect(joint.after).toEqual(evaluate({ ...table, members }).suite);
          expect(joint.order.every(({ outcome }) => outcome.decision === 'pass')).toBe(true);
          expect(joint.rejected.some(({ outcome }) => outcome.decision === 'pass')).toBe(false);
          expect(notFinite(joint)).toEqual([]);
        }),
        { numRuns: 30 },
      );
    },
  );
});
