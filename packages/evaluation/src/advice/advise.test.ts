import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from './advise.ts';
import { applyMove } from './apply-move.ts';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import { rowTable } from '../../test/row-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import type { SuiteFigures } from '../figures/figures.ts';

const policy = {
  precisionFloor: 0.95,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.01,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
};

const suiteOf = (table: ScoredTable): SuiteFigures =>
  evaluate(columnsToTable(table), { clusters: table.clusters ?? null }).suite;

/** Small tables in which every kind of move occurs, with clusters in half of them. */
const tables = arbitraryScoredTable({ minMembers: 1 }).chain((table) =>
  fc
    .option(
      fc.array(fc.constantFrom('a', 'b', null), { minLength: table.labels.length, maxLength: table.labels.length }),
    )
    .map((clusters): ScoredTable => (clusters === null ? table : { ...table, clusters })),
);
const loosePolicy = {
  ...policy,
  precisionFloor: 0.7,
  uniquePrecisionFloor: 0.6,
  harmConfidence: 0.55,
  meritConfidence: 0.55,
  lossBudget: 0.2,
};

describe('advise', () => {
  it('carries with every move the suite that applying it gives', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { moves, suite } = advise(table, { policy: loosePolicy });
        expect(suite).toEqual(suiteOf(table));
        for (const { move, suite: after, change } of moves) {
          expect(after).toEqual(suiteOf(applyMove(table, move)));
          expect(change.precision).toBe(minus(after.precision, suite.precision));
          expect(change.recall).toBe(minus(after.recall, suite.recall));
        }
      }),
    );
  });

  it('carries with every step of the sequence the suite that the steps before it and it give', () => {
    fc.assert(
      fc.property(tables, (table) => {
        let state = table;
        for (const { move, suite } of advise(table, { policy: loosePolicy, costs: { m0: 2 } }).sequence) {
          state = applyMove(state, move);
          expect(suite).toEqual(suiteOf(state));
        }
      }),
    );
  });

  it('advises moves for precision that raise it, for recall that raise it, and only that', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { moves } = advise(table, { policy: loosePolicy });
        const gains = moves.map(({ aim, change }) =>
          aim === 'precision' ? change.precision! : aim === 'recall' ? change.recall! : 1,
        );
        expect(gains.every((gain) => gain > 0)).toBe(true);
      }),
    );
  });

  // 100 true of the others; a is alone on 10 examples, 5 of them true, b on 10, 8 of them true: 113 of 120.
  const twoBad = rowTable([
    { count: 100, label: 1, scores: { good: 1 } },
    { count: 5, label: 1, scores: { a: 1 } },
    { count: 5, label: 0, scores: { a: 1 } },
    { count: 8, label: 1, scores: { b: 1 } },
    { count: 2, label: 0, scores: { b: 1 } },
    { count: 3, label: 1, scores: { good: 0.4 } },
  ]);

  it('ranks moves for precision by what they gain while the suite is below its floor', () => {
    const { below, moves, sequence } = advise(twoBad, { policy });
    expect(below).toBe('precision');
    expect(moves.slice(0, 2).map(({ move }) => move)).toEqual([
      { kind: 'remove', member: 'a' },
      { kind: 'remove', member: 'b' },
    ]);
    expect(moves[0]!.suite.precision).toBeCloseTo(108 / 110, 12);
    // 108 of 110 is above .95: the promise is kept, and b stays.
    expect(sequence.map(({ move }) => move)[0]).toEqual({ kind: 'remove', member: 'a' });
    expect(sequence.filter(({ aim }) => aim === 'precision')).toHaveLength(1);
  });

  it('ranks moves for recall first where the promise is kept', () => {
    const { below, moves } = advise(twoBad, { policy: { ...policy, precisionFloor: 0.9 } });
    expect(below).toBeNull();
    expect(moves[0]).toMatchObject({
      move: { kind: 'threshold', member: 'good' },
      reason: 'within reach',
      aim: 'recall',
      evidence: { confidence: 0.8, result: 'open' },
    });
    expect(moves[0]!.change.recall).toBeCloseTo(3 / 116, 12);
    expect(moves.map(({ aim }) => aim)).toEqual(moves.map(({ aim }) => aim).toSorted((a, b) => (a > b ? -1 : 1)));
  });

  it('does not advise to part from what keeps the floor while the suite keeps its promise', () => {
    // b: 8 of 10, beside 105 of 110. At a floor of .8 and a promise of .9 both are kept; a, 5 of 10, does not keep its floor.
    const kept = { ...policy, precisionFloor: 0.9, uniquePrecisionFloor: 0.8 };
    const removedWith = (changed: typeof policy): unknown[] =>
      advise(twoBad, { policy: changed }).moves.flatMap(({ move }) => (move.kind === 'remove' ? [move.member] : []));
    expect(removedWith(kept)).toEqual(['a']);
    expect(removedWith({ ...kept, precisionFloor: 0.99 })).toEqual(['a', 'b']);
  });

  it('moves no threshold, and tells nothing that is within the reach of one, where thresholds are frozen', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { moves, sequence, missed, findings } = advise(table, { policy: loosePolicy, thresholds: 'frozen' });
        expect([...moves, ...sequence].every(({ move }) => move.kind === 'remove')).toBe(true);
        expect(missed.flatMap(({ withinReach }) => withinReach)).toEqual([]);
        expect(findings.map(({ kind }) => kind)).not.toContain('threshold curve dips');
        expect(findings.map(({ kind }) => kind)).not.toContain('low band');
      }),
    );
    expect(advise(twoBad, { policy, thresholds: 'frozen' }).moves[0]?.move).toEqual({ kind: 'remove', member: 'a' });
  });

  it('takes P(u < o) of the gate for a removal', () => {
    const { moves } = advise(twoBad, { policy });
    const { atLeastOthers } = evaluate(columnsToTable(twoBad)).members.find(({ name }) => name === 'a')!.gate;
    expect(moves[0]!.evidence).toEqual({ probability: 1 - atLeastOthers!, confidence: 0.9, result: 'passed' });
  });

  it('leaves a recall that would break the floor or the budget alone', () => {
    const table = rowTable([
      { count: 96, label: 1, scores: { good: 1 } },
      { count: 4, label: 0, scores: { good: 1 } },
      { count: 3, label: 1, scores: { good: 0.4 } },
      { count: 3, label: 0, scores: { good: 0.4 } },
    ]);
    const recallMoves = (changed: Partial<typeof policy>): unknown[] =>
      advise(table, { policy: { ...policy, ...changed } }).moves.filter(({ aim }) => aim === 'recall');
    expect(recallMoves({ precisionFloor: 0.95, uniquePrecisionFloor: 0.5, lossBudget: 1 })).toHaveLength(0);
    expect(recallMoves({ precisionFloor: 0.9, uniquePrecisionFloor: 0.5, lossBudget: 0.01 })).toHaveLength(0);
    expect(recallMoves({ precisionFloor: 0.9, uniquePrecisionFloor: 0.5, lossBudget: 0.03 })).toHaveLength(1);
  });

  it('says that dead weight changes nothing here, bounds what was not seen, and tells the cost', () => {
    const table = rowTable([
      { count: 50, label: 1, scores: { good: 1, idle: 0 } },
      { count: 10, label: 1, scores: { good: 1, idle: 1 } },
      { count: 40, label: 0, scores: { good: 0, idle: 0 } },
    ]);
    const { moves, sequence } = advise(table, { policy, costs: { idle: 1.5 } });
    const move = moves.find(({ reason }) => reason === 'dead weight')!;
    expect(move).toMatchObject({
      move: { kind: 'remove', member: 'idle' },
      aim: 'cost',
      savesMs: 1.5,
      change: { precision: 0, recall: 0 },
    });
    // 1 − .05^(1/100) = .0295; the rule of three says 3 ÷ 100.
    expect(move.message).toContain('3.0 %');
    expect(move.message).toContain('1.5 ms');
    expect(move.evidence.result).toBe('none');
    expect(sequence).toEqual([move]);
  });

  it('says nothing of costs that were not measured, and removes nothing for them', () => {
    const table = rowTable([{ count: 20, label: 1, scores: { good: 1, idle: 0 } }]);
    const { moves, sequence } = advise(table, { policy });
    expect(moves.map(({ savesMs }) => savesMs)).toEqual([null]);
    expect(sequence).toEqual([]);
  });

  it('is silent on an empty table, on one without labels and on a suite without members', () => {
    const silent = { below: null, moves: [], sequence: [] };
    expect(advise({ labels: [], members: [] }, { policy })).toMatchObject(silent);
    expect(advise({ labels: [1, 0], members: [] }, { policy })).toMatchObject(silent);
    const unlabelled = rowTable([{ count: 9, label: null, scores: { a: 1 } }]);
    const { moves, findings, missed } = advise(unlabelled, { policy });
    expect(moves).toEqual([]);
    expect(findings).toMatchObject([{ kind: 'few unique positives', member: 'a', labelled: 0 }]);
    expect(missed).toMatchObject([{ positiveLabels: 0, missed: 0, outOfReach: 0 }]);
  });

  it('refuses a policy, costs, ids and slices that are none, faults together', () => {
    const wrong = { ...policy, precisionFloor: 1.5, meritConfidence: 0.5 };
    expect(faultsOf(() => advise(twoBad, { policy: wrong, costs: { a: -1, nobody: 1 } }))).toEqual([
      'EVAL_GATE_INVALID',
      'EVAL_GATE_INVALID',
      'EVAL_GATE_INVALID',
      'EVAL_MEMBER_UNKNOWN',
    ]);
    expect(faultsOf(() => advise(twoBad, { policy, maxIds: -1 }))).toEqual(['EVAL_COUNT_INVALID']);
    const described = { ...twoBad, ids: ['x'], slices: [{ name: 'language', values: ['en'] }] };
    expect(faultsOf(() => advise(described, { policy }))).toEqual(['EVAL_LENGTH_MISMATCH', 'EVAL_LENGTH_MISMATCH']);
  });

  it('gives JSON without a number that is none', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(
          leaves(advise(table, { policy: loosePolicy })).every(
            (leaf) => typeof leaf !== 'number' || Number.isFinite(leaf),
          ),
        ).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

function faultsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return (error as { faults: { code: string }[] }).faults.map(({ code }) => code);
  }
  return [];
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}
