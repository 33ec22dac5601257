import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable, pickExamples } from '../../test/arbitrary-table.ts';
import { evaluate } from './evaluate.ts';
import type { MemberFigures } from './figures.ts';
import { fairShares } from './fair-shares.ts';
import { toBitTable } from '../table/bit-table.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { mediant } from '../gate/mediant.ts';
import { positiveSets } from './positive-sets.ts';
import { uniquePositives } from './unique-positives.ts';

/** The verdicts by the definition: positive when anybody is. */
function positiveExamples({ labels, members }: JudgementTable): number[] {
  return labels.flatMap((_, i) => (members.some(({ judgements }) => judgements[i] === 1) ? [i] : []));
}

function without(table: JudgementTable, name: string): JudgementTable {
  return { ...table, members: table.members.filter((member) => member.name !== name) };
}

/** What a member says by itself: none of it may depend on a neighbour. */
function ownFigures(member: MemberFigures): unknown {
  const { name, judged, failed, coverage, positives, truePositives, falsePositives } = member;
  const { precision, recall, f1, precisionInterval, recallInterval } = member;
  return {
    counts: { name, judged, failed, coverage, positives, truePositives, falsePositives },
    ratios: { precision, recall, f1, precisionInterval, recallInterval },
  };
}

describe('the suite invariant', () => {
  const tables = arbitraryTable({ failures: false, minMembers: 1 });

  it('adding a member never takes a positive away', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), (table) => {
        const before = evaluate(without(table, 'm0')).suite;
        const after = evaluate(table).suite;
        expect(after.positives).toBeGreaterThanOrEqual(before.positives);
        expect(after.truePositives).toBeGreaterThanOrEqual(before.truePositives);
      }),
    );
  });

  it('the verdicts that change are exactly the unique positives of the member that was added', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const before = new Set(positiveExamples(without(table, 'm0')));
        const changed = positiveExamples(table).filter((i) => !before.has(i));
        expect(uniquePositives(table, 'm0')).toEqual(changed);
      }),
    );
  });

  it('the own figures of the other members stay as they are', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), (table) => {
        const after = evaluate(table).members.slice(1).map(ownFigures);
        expect(after).toEqual(evaluate(without(table, 'm0')).members.map(ownFigures));
      }),
    );
  });

  it('a member that fails everywhere changes no verdict', () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const broken = { name: 'broken', judgements: table.labels.map(() => 'failed' as const) };
        const { suite } = evaluate({ ...table, members: [...table.members, broken] });
        const before = evaluate(table).suite;
        expect({ ...suite, degraded: 0 }).toEqual({ ...before, degraded: 0 });
        expect(suite.degraded).toBe(suite.weight);
      }),
    );
  });

  it('precision and recall without a member are those of the suite without it', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), fc.boolean(), (table, isRequired) => {
        const names = table.members.map(({ name }) => name);
        const required = isRequired ? names : [];
        const [member] = evaluate(table, { required }).members;
        const rest = evaluate(without(table, 'm0'), { required: required.filter((name) => name !== 'm0') }).suite;
        expect([member?.precisionWithout, member?.recallWithout]).toEqual([rest.precision, rest.recall]);
      }),
    );
  });
});

describe('evaluate', () => {
  it('does not depend on the order of the examples', () => {
    const shuffled = arbitraryTable().chain((table) => {
      const order = table.labels.map((_, i) => i);
      return fc.tuple(fc.constant(table), fc.shuffledSubarray(order, { minLength: order.length }));
    });
    fc.assert(
      fc.property(shuffled, ([table, order]) => {
        const { suite, overlaps } = evaluate(pickExamples(table, order));
        expect({ suite, overlaps }).toEqual({ suite: evaluate(table).suite, overlaps: evaluate(table).overlaps });
      }),
    );
  });

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const { suite, members } = evaluate({ ...table, members: table.members.toReversed() });
        const before = evaluate(table);
        expect(suite).toEqual(before.suite);
        expect(members.toReversed()).toEqual(before.members);
      }),
    );
  });

  it('counts an example of weight 2 as if it stood there twice', () => {
    fc.assert(
      fc.property(arbitraryTable({ weights: false }), fc.infiniteStream(fc.boolean()), (table, doubled) => {
        const weights = table.labels.map(() => (doubled.next().value === true ? 2 : 1));
        const twice = weights.flatMap((weight, i) => (weight === 2 ? [i, i] : [i]));
        expect(countsOf({ ...table, weights })).toEqual(countsOf(pickExamples(table, twice)));
      }),
    );
  });

  it('leaves every share as it is when all examples are doubled', () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const twice = table.labels.flatMap((_, i) => [i, i]);
        expect(ratiosOf(pickExamples(table, twice))).toEqual(ratiosOf(table));
      }),
    );
  });

  it('leaves a duplicated member without unique positives and the suite as it was', () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), (table) => {
        const twin = { ...table.members[0]!, name: 'twin' };
        const { suite, members } = evaluate({ ...table, members: [...table.members, twin] });
        expect(suite).toEqual(evaluate(table).suite);
        expect([members[0]?.uniquePositives, members[0]?.uniqueUnknown, members.at(-1)?.uniquePositives]).toEqual([
          0, 0, 0,
        ]);
      }),
    );
  });

  it('gives figures that are finite, or null', () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const gate = { lossBudget: 0.01, meritFloor: 0.9 };
        expect(
          leaves(evaluate(table, { gate })).filter((value) => typeof value !== 'string' && !isFigure(value)),
        ).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('fairShares', () => {
  it("adds up to the suite's true and false positives", () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const shares = fairShares(toBitTable(table));
        const { suite } = evaluate(table);
        expect(sum(shares.map((share) => share.truePositives))).toBeCloseTo(suite.truePositives, 9);
        expect(sum(shares.map((share) => share.falsePositives))).toBeCloseTo(suite.falsePositives, 9);
      }),
    );
  });
});

describe('positiveSets', () => {
  it("adds up to the suite's positives, each example in one set", () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const sets = positiveSets(table);
        const { suite } = evaluate(table);
        expect(sum(sets.map((set) => set.count))).toBe(positiveExamples(table).length);
        expect(sum(sets.map((set) => set.weight))).toBe(suite.positives);
        expect(sum(sets.map((set) => set.truePositives))).toBe(suite.truePositives);
        expect(sum(sets.map((set) => set.falsePositives))).toBe(suite.falsePositives);
        expect(new Set(sets.map((set) => set.members.join())).size).toBe(sets.length);
      }),
    );
  });
});

describe('mediant', () => {
  const count = fc.nat({ max: 60 });
  const counts = fc.record({ truePositives: count, falsePositives: count });
  const someCounts = counts.filter(({ truePositives, falsePositives }) => truePositives + falsePositives > 0);
  const nothing = { truePositives: 0, falsePositives: 0 };

  it('answers u ≥ o, s ≥ o and u ≥ s alike, with s = o + λ(u − o)', () => {
    fc.assert(
      fc.property(someCounts, someCounts, (unique, others) => {
        const result = mediant({ unique, others });
        const [u, o, s] = [result.uniquePrecision!, result.precisionWithout!, result.precision!];
        const sign = ['lowers', 'keeps', 'raises'].indexOf(result.effect) - 1;
        expect([Math.sign(u - o), Math.sign(s - o), Math.sign(u - s)]).toEqual([sign, sign, sign]);
        expect(s).toBeCloseTo(o + result.uniqueShare! * (u - o), 12);
      }),
    );
  });

  it('has no effect without unique positives, whatever the others are', () => {
    fc.assert(
      fc.property(counts, (others) => {
        const result = mediant({ unique: nothing, others });
        expect([result.effect, result.precision]).toEqual(['none', result.precisionWithout]);
      }),
    );
  });

  it('is the first without positives of the others, whatever its own are', () => {
    fc.assert(
      fc.property(someCounts, (unique) => {
        const result = mediant({ unique, others: nothing });
        expect([result.effect, result.precision]).toEqual(['first', result.uniquePrecision]);
      }),
    );
  });

  it('is the arithmetic of the figures when nobody fails', () => {
    fc.assert(
      fc.property(arbitraryTable({ failures: false, weights: false, minMembers: 1 }), (table) => {
        const { suite, members } = evaluate(table);
        const [member] = members;
        const unique = { truePositives: member!.uniqueTruePositives, falsePositives: member!.uniqueFalsePositives };
        const others = {
          truePositives: suite.truePositives - unique.truePositives,
          falsePositives: suite.falsePositives - unique.falsePositives,
        };
        const { uniquePrecision, precisionWithout, precision } = mediant({ unique, others });
        expect([uniquePrecision, precisionWithout, precision]).toEqual([
          member!.uniquePrecision,
          member!.precisionWithout,
          suite.precision,
        ]);
      }),
    );
  });
});

/** Everything that is a sum of weights; intervals differ, since two examples tell more than one of weight 2. */
function countsOf(table: JudgementTable): unknown {
  const { suite, members, overlaps } = evaluate(table);
  const {
    examples: _examples,
    precisionInterval: _precision,
    recallInterval: _recall,
    f1Interval: _f1,
    ...counts
  } = suite;
  return {
    counts,
    members: members.map((member) => ({
      own: [member.judged, member.failed, member.coverage, member.positives, member.precision, member.recall],
      unique: [member.uniquePositives, member.uniqueUnknown, member.uniquePrecision, member.uniqueRecall],
      without: [member.precisionWithout, member.recallWithout],
      shares: [member.fairShareTruePositives.toFixed(9), member.fairShareFalsePositives.toFixed(9)],
    })),
    overlaps,
  };
}

function ratiosOf(table: JudgementTable): unknown {
  const { precision, recall, f1 } = evaluate(table).suite;
  return { precision, recall, f1 };
}

function isFigure(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}

function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
