import { column } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { advise } from './advise.ts';
import type { Advice, Finding } from './advice.ts';
import type { Label } from '../table/judgement-table.ts';
import { rowTable } from '../../test/row-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';

const policy = {
  precisionFloor: 0.95,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.01,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
};

function findingsOf<Kind extends Finding['kind']>(advice: Advice, kind: Kind): Extract<Finding, { kind: Kind }>[] {
  return advice.findings.filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind);
}

/** Others with 100 true positives, and a member with so many of its own. */
function withUnique(count: number): ScoredTable {
  return rowTable([
    { count: 100, label: 1, scores: { many: 1 } },
    { count, label: 1, scores: { few: 1 } },
  ]);
}

/** A suite of one whose labels are given from the highest score down. */
function ranked(labels: readonly Label[]): ScoredTable {
  return { labels, members: [{ name: 'a', threshold: 0.1, column: column(labels, (_, i) => 1 - i / 128) }] };
}

function ones(count: number): Label[] {
  return Array.from({ length: count }, () => 1);
}

describe('blind spot (a): near-duplicates', () => {
  const twins = rowTable([
    { count: 60, label: 1, scores: { a: 1, twin: 1 } },
    { count: 2, label: 0, scores: { a: 1, twin: 0 } },
    { count: 30, label: 1, scores: { other: 1 } },
  ]);

  it('names members that are only ever positive together', () => {
    const [finding, ...others] = findingsOf(advise(twins, { policy }), 'near-duplicates');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ members: ['a', 'twin'], together: 60, apart: 2 });
    expect(finding!.message).toContain('"a" and "twin" are positive together on 60 and apart on 2');
  });

  it('advises to remove the less precise where no cost is known, the costlier where it is', () => {
    const [unknown, known] = [{}, { a: 1, twin: 3 }].map((costs) =>
      advise(twins, { policy, costs }).moves.find(({ reason }) => reason === 'near-duplicate'),
    );
    expect(unknown?.move).toEqual({ kind: 'remove', member: 'a' });
    expect(known?.move).toEqual({ kind: 'remove', member: 'twin' });
  });

  it('does not call a near-duplicate dead weight: both would go', () => {
    const { moves } = advise(twins, { policy });
    expect(moves.filter(({ reason }) => reason === 'dead weight')).toEqual([]);
  });

  it('does not take a few examples for it', () => {
    const few = rowTable([{ count: 5, label: 1, scores: { a: 1, b: 1 } }]);
    expect(findingsOf(advise(few, { policy }), 'near-duplicates')).toEqual([]);
  });

  it('does not chain: who is like b need not be like a', () => {
    // a and b share 90 of 100, b and c share 90 of 100, a and c 80 of 110.
    const chain = rowTable([
      { count: 80, label: 1, scores: { a: 1, b: 1, c: 1 } },
      { count: 10, label: 1, scores: { a: 1, b: 1, c: 0 } },
      { count: 10, label: 1, scores: { a: 0, b: 1, c: 1 } },
    ]);
    expect(findingsOf(advise(chain, { policy }), 'near-duplicates').map(({ members }) => members)).toEqual([
      ['a', 'b'],
    ]);
  });
});

describe('blind spot (b): shared false positives', () => {
  // 100 true ones, alone and shared; a and b share 12 false ones at low scores. u = 1 for both, s = 100/112.
  const shared = rowTable([
    { count: 40, label: 1, scores: { a: 0.9, b: 0.9 } },
    { count: 30, label: 1, scores: { a: 0.9, b: 0 } },
    { count: 30, label: 1, scores: { a: 0, b: 0.9 } },
    { count: 12, label: 0, scores: { a: 0.6, b: 0.6 } },
    { count: 50, label: 0, scores: { a: 0.1, b: 0.1 } },
  ]);

  it('says that no removal raises the precision, which part is shared and by whom', () => {
    const [finding] = findingsOf(advise(shared, { policy }), 'shared false positives');
    expect(finding).toMatchObject({ shareOfFalsePositives: 1 });
    expect(finding!.sets).toMatchObject([{ members: ['a', 'b'], falsePositives: 12 }]);
    expect(finding!.message).toContain("No member's unique precision is below the suite's 0.893");
    expect(finding!.message).toContain('by "a" and "b" (12)');
  });

  it('advises to raise the thresholds of the set together, since one alone changes nothing', () => {
    const { moves } = advise(shared, { policy });
    expect(moves[0]).toMatchObject({
      reason: 'shared false positives',
      aim: 'precision',
      move: {
        kind: 'together',
        moves: [
          { member: 'a', from: 0.5 },
          { member: 'b', from: 0.5 },
        ],
      },
      change: { recall: 0 },
      evidence: { result: 'passed' },
    });
    expect(moves[0]!.suite.precision).toBe(1);
    expect(moves.filter(({ move }) => move.kind === 'threshold')).toEqual([]);
  });

  it('sends to single thresholds where little is shared', () => {
    const single = rowTable([
      { count: 90, label: 1, scores: { a: 0.9 } },
      { count: 10, label: 0, scores: { a: 0.6 } },
      { count: 90, label: 1, scores: { b: 0.9 } },
      { count: 10, label: 0, scores: { b: 0.6 } },
    ]);
    const [finding] = findingsOf(advise(single, { policy }), 'shared false positives');
    expect(finding).toMatchObject({ shareOfFalsePositives: 0, sets: [] });
    expect(finding!.message).toContain('raising thresholds one by one');
  });

  it('is silent without false positives, and where a member is plainly the cause', () => {
    const clean = rowTable([{ count: 20, label: 1, scores: { a: 1, b: 1 } }]);
    const plain = rowTable([
      { count: 50, label: 1, scores: { good: 1 } },
      { count: 50, label: 0, scores: { bad: 1 } },
    ]);
    for (const table of [clean, plain]) {
      expect(findingsOf(advise(table, { policy }), 'shared false positives')).toEqual([]);
    }
  });
});

describe('blind spot (d): few unique positives', () => {
  it('names a member whose unique positives could show nothing even if all were true', () => {
    const [finding] = findingsOf(advise(withUnique(7), { policy }), 'few unique positives');
    expect(finding).toMatchObject({ member: 'few', labelled: 7 });
    // Wilson's interval of 7 of 7 is [0.646, 1].
    expect(finding!.message).toContain('[0.646, 1.000]');
    expect(finding!.message).toContain('it takes 8');
  });

  it('is silent from eight on, and about those without any', () => {
    expect(findingsOf(advise(withUnique(8), { policy }), 'few unique positives')).toEqual([]);
    expect(findingsOf(advise(withUnique(0), { policy }), 'few unique positives')).toEqual([]);
  });
});

describe('blind spot (e): a low band', () => {
  // 190 of 200 as a whole; of the 10 lowest 0 are true.
  const hidden = rowTable([
    { count: 300, label: 1, scores: { others: 1 } },
    { count: 190, label: 1, scores: { a: 0.9 } },
    { count: 10, label: 0, scores: { a: 0.6 } },
  ]);

  it('shows the lowest-scoring band that an average in order hides', () => {
    const advice = advise(hidden, { policy });
    const [finding] = findingsOf(advice, 'low band');
    expect(finding).toMatchObject({ member: 'a', truePositives: 0, falsePositives: 10, band: { from: 0.5 } });
    expect(finding!.message).toContain('0.950 as a whole');
    expect(finding!.message).toContain('only 0 of 10 are true');
    const move = advice.moves.find(({ reason }) => reason === 'low band')!;
    expect(move.move).toMatchObject({ kind: 'threshold', member: 'a', from: 0.5 });
    expect(move.change.recall).toBe(0);
    expect(move.suite.precision).toBe(1);
  });

  it('is silent where the band is as precise as the rest', () => {
    const even = rowTable([
      { count: 300, label: 1, scores: { others: 1 } },
      { count: 180, label: 1, scores: { a: 0.9 } },
      { count: 10, label: 1, scores: { a: 0.6 } },
    ]);
    expect(findingsOf(advise(even, { policy }), 'low band')).toEqual([]);
  });

  it('calls it low unique precision, not a low band, where the average is low itself', () => {
    const low = rowTable([
      { count: 300, label: 1, scores: { others: 1 } },
      { count: 20, label: 1, scores: { a: 0.9 } },
      { count: 30, label: 0, scores: { a: 0.6 } },
    ]);
    const advice = advise(low, { policy });
    expect(findingsOf(advice, 'low band')).toEqual([]);
    expect(advice.moves.map(({ move, reason }) => [move.kind, reason])).toEqual([
      ['threshold', 'low unique precision'],
      ['remove', 'low unique precision'],
    ]);
  });
});

describe('blind spot (f): a threshold curve that dips', () => {
  it('names the dip above a threshold that keeps the floor again', () => {
    const [finding] = findingsOf(advise(ranked([...ones(9), 0, 0, ...ones(60)]), { policy }), 'threshold curve dips');
    expect(finding).toMatchObject({ member: 'a', dips: [{ uniqueTruePositives: 9, uniqueFalsePositives: 2 }] });
    expect(finding!.message).toContain('falls below 0.9');
  });

  it('is silent where the curve only falls', () => {
    expect(findingsOf(advise(ranked([...ones(60), 0, 0]), { policy }), 'threshold curve dips')).toEqual([]);
  });
});
