import { column } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { Label } from '../table/judgement-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { tuneMember, type TuneMemberOptions } from './tune-member.ts';

const rule: TuneMemberOptions = { floor: 0.9, confidence: 0.8 };

/** A suite of one whose labels are given from the highest score down; scores are 1, 1 − 1/64, 1 − 2/64 … */
function ranked(labels: readonly Label[], threshold = 2): ScoredTable {
  return { labels, members: [{ name: 'a', threshold, column: column(labels, (_, i) => 1 - i / 64) }] };
}

const ones = (count: number): Label[] => Array.from({ length: count }, () => 1);

describe('tuneMember', () => {
  // P(Beta(8.5, 0.5) ≥ .9) = .81, P(Beta(7.5, 0.5) ≥ .9) = .78: eight true ones are the fewest that show it.
  it('needs eight true unique positives to show .9 with .8', () => {
    expect(tuneMember(ranked(ones(7)), 'a', rule).chosen).toBeNull();
    expect(tuneMember(ranked(ones(8)), 'a', rule).chosen).toMatchObject({ uniqueTruePositives: 8, recall: 1 });
  });

  it('says what is missing where there is too little to show it', () => {
    expect(tuneMember(ranked(ones(7)), 'a', rule).reason).toContain('7 labelled unique positives are true and 0 false');
  });

  it('takes the lowest threshold that is shown, as long as every higher one that could have been shown is', () => {
    const { chosen } = tuneMember(ranked([...ones(12), 0, ...ones(2)]), 'a', rule);
    expect(chosen).toMatchObject({ uniqueTruePositives: 12, uniqueFalsePositives: 0 });
    // Between the twelfth and the thirteenth score.
    expect(chosen?.threshold).toBe(1 - 11.5 / 64);
  });

  // Seven of eight are not shown (P(Beta(7.5, 1.5) ≥ .9) = .35), and eight could have shown it.
  it('is stopped by a false one among the first eight, wherever it stands', () => {
    expect(tuneMember(ranked([...ones(3), 0, ...ones(40)]), 'a', rule).chosen).toBeNull();
    const { chosen, reason } = tuneMember(ranked([0, ...ones(43)]), 'a', rule);
    expect(chosen).toBeNull();
    expect(reason).toContain('7 of 8 unique positives are true');
  });

  // 30/1 is shown (P = .91) and so are all from 8/0 on; the false one at place 9 breaks it: 8/1 is not shown.
  it('does not go on below a threshold that is not shown, though lower ones look good again', () => {
    const { chosen, dips, reason } = tuneMember(ranked([...ones(8), 0, ...ones(40)]), 'a', rule);
    expect(chosen).toMatchObject({ uniqueTruePositives: 8, uniqueFalsePositives: 0 });
    expect(dips).toMatchObject([{ uniqueTruePositives: 8, uniqueFalsePositives: 1 }]);
    expect(reason).toContain('8 of 9 unique positives are true');
  });

  it('reports no dip where nothing lower is shown again', () => {
    expect(tuneMember(ranked([...ones(8), 0, 0, 0]), 'a', rule).dips).toEqual([]);
  });

  it('takes the highest of thresholds with equal recall', () => {
    const { chosen } = tuneMember(ranked([...ones(30), 0, null]), 'a', rule);
    expect(chosen).toMatchObject({ uniqueTruePositives: 30, uniqueFalsePositives: 0 });
  });

  it('looks at unique positives only: what others find is no merit', () => {
    const labels = ones(20);
    const table = ranked(labels);
    const others = { name: 'b', threshold: 0.5, column: column(labels, (_, i) => (i < 13 ? 1 : 0)) };
    const { chosen, reason } = tuneMember({ ...table, members: [...table.members, others] }, 'a', rule);
    expect(chosen).toBeNull();
    expect(reason).toContain('7 labelled unique positives');
  });

  it('tells what the thresholds spend against the suite without the member', () => {
    // The others: 9 of 9. With a at its lowest: 9 + 20 true, 2 false.
    const labels: Label[] = [...ones(9), ...ones(10), 0, 0, ...ones(10)];
    const members = [
      { name: 'a', threshold: 0.5, column: column(labels, (_, i) => (i < 9 ? 0 : 1)) },
      { name: 'b', threshold: 0.5, column: column(labels, (_, i) => (i < 9 ? 1 : 0)) },
    ];
    const { spends } = tuneMember({ labels, members }, 'a', { ...rule, floor: 0.5 });
    expect(spends.current).toBeCloseTo(1 - 29 / 31, 12);
    expect(spends.chosen).toBeCloseTo(1 - 29 / 31, 12);
  });

  it('does not choose what spends more than is left, and says so when that leaves nothing', () => {
    const labels: Label[] = [...ones(9), ...ones(30), 0];
    const members = [
      { name: 'a', threshold: 2, column: column(labels, (_, i) => (i < 9 ? 0 : 1)) },
      { name: 'b', threshold: 0.5, column: column(labels, (_, i) => (i < 9 ? 1 : 0)) },
    ];
    expect(tuneMember({ labels, members }, 'a', { ...rule, lossBudget: 0.03 }).chosen).not.toBeNull();
    const tight = tuneMember({ labels, members }, 'a', { ...rule, lossBudget: 0.01 });
    expect(tight.chosen).toBeNull();
    expect(tight.reason).toContain('costs more precision than the 0.01 that are left');
  });

  it('counts near-copies as what they are worth', () => {
    const table = ranked(ones(8));
    const clusters = [...Array.from({ length: 7 }, () => 'copies'), null];
    expect(tuneMember(table, 'a', rule).chosen).not.toBeNull();
    expect(tuneMember({ ...table, clusters }, 'a', rule).chosen).toBeNull();
  });

  it('keeps the rule at the chosen threshold and at every higher one, by the definition', () => {
    fc.assert(
      fc.property(
        arbitraryScoredTable({ minMembers: 1 }),
        fc.constantFrom(0.3, 0.5, 0.7),
        fc.constantFrom(0.6, 0.8),
        (table, floor, confidence) => {
          const { chosen, curve, spends } = tuneMember(table, 'm0', { floor, confidence });
          const higher = curve.points.filter(({ threshold }) => threshold >= (chosen?.threshold ?? Infinity));
          // Without weights all unique positives weigh the same: as many true ones show it or not.
          const enough = fewestToShow(floor, confidence);
          const judged = (table.weights ? [] : higher).filter(
            ({ uniqueTruePositives, uniqueFalsePositives }) => uniqueTruePositives + uniqueFalsePositives >= enough,
          );
          expect(judged.filter(({ merit }) => merit! < confidence)).toEqual([]);
          if (chosen === null) return;
          expect(chosen.merit).toBeGreaterThanOrEqual(confidence);
          expect(curve.points).toContainEqual(chosen);
          const members = table.members.map((member, j) =>
            j === 0 ? { ...member, threshold: chosen.threshold } : member,
          );
          const { suite, members: figures } = evaluate(columnsToTable({ ...table, members }));
          const loss = (figures[0]!.precisionWithout ?? 0) - (suite.precision ?? 0);
          expect(spends.chosen).toBeCloseTo(figures[0]!.precisionWithout === null ? 0 : Math.max(0, loss), 12);
        },
      ),
    );
  });

  it('chooses nothing for a member that scored nothing', () => {
    const table: ScoredTable = { labels: [1], members: [{ name: 'a', threshold: 0, column: column([1], () => null) }] };
    expect(tuneMember(table, 'a', rule)).toMatchObject({
      chosen: null,
      spends: { current: 0, chosen: null },
      dips: [],
    });
  });

  it('refuses a rule that is none', () => {
    const table = ranked(ones(3));
    for (const wrong of [{ floor: 2 }, { confidence: 0.5 }, { confidence: 1 }, { lossBudget: -1 }]) {
      expect(() => tuneMember(table, 'a', { ...rule, ...wrong })).toThrow(
        expect.objectContaining({ code: 'EVAL_GATE_INVALID' }),
      );
    }
    expect(() => tuneMember(table, 'b', rule)).toThrow(expect.objectContaining({ code: 'EVAL_MEMBER_UNKNOWN' }));
  });
});

/** The smallest number of true ones, none false, that are shown to keep the floor: by `tuneMember` of that many. */
function fewestToShow(floor: number, confidence: number): number {
  let count = 1;
  while (tuneMember(ranked(ones(count)), 'a', { floor, confidence }).chosen === null) count += 1;
  return count;
}
