import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../test/arbitrary-table.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation, Interval } from './figures.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { summarise } from '../summary/summarise.ts';

const gate = { lossBudget: 0.01, meritFloor: 0.9 };

function four<T>(values: readonly T[]): T[] {
  return values.flatMap((value) => [value, value, value, value]);
}

function close(values: Interval | null): unknown {
  return values && values.map((value) => value.toFixed(9));
}

function names({ members }: JudgementTable): string[] {
  return members.map(({ name }) => name);
}

/** Every example four times, and the cluster of each. */
function copied(table: JudgementTable): { copies: JudgementTable; clusters: string[] } {
  return {
    copies: {
      labels: four(table.labels),
      weights: table.weights ? four(table.weights) : null,
      members: table.members.map(({ name, judgements }) => ({ name, judgements: four(judgements) })),
    },
    clusters: four(table.labels.map((_, i) => `mail ${i}`)),
  };
}

/** Intervals and gate probabilities: all that clusters touch. */
function uncertaintyOf({ suite, members }: Evaluation): unknown[] {
  return [
    ...[suite.precisionInterval, suite.recallInterval, suite.f1Interval].map(close),
    ...members.flatMap((member) => [
      ...[member.precisionInterval, member.recallInterval, member.uniquePrecisionInterval].map(close),
      ...Object.values(member.gate).map((value: number | null) => value && value.toFixed(6)),
    ]),
  ];
}

/** All the rest. */
function figuresOf({ suite, members, overlaps }: Evaluation): unknown {
  const hidden = { precisionInterval: null, recallInterval: null, f1Interval: null };
  return {
    suite: { ...suite, ...hidden },
    members: members.map((member) => ({ ...member, ...hidden, uniquePrecisionInterval: null, gate: null })),
    overlaps,
  };
}

describe('evaluate with clusters', () => {
  it('gives what it gives without when every example is a cluster of its own', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(arbitraryTable(), fc.boolean(), (table, areRequired) => {
        const options = { gate, required: areRequired ? names(table) : [] };
        const alone = evaluate(table, { ...options, clusters: table.labels.map(() => null) });
        expect(uncertaintyOf(alone)).toEqual(uncertaintyOf(evaluate(table, options)));
      }),
      { numRuns: 60 },
    );
  });

  it('touches no figure but intervals and gate probabilities', () => {
    fc.assert(
      fc.property(arbitraryTable(), fc.infiniteStream(fc.constantFrom('a', 'b', null)), (table, stream) => {
        const clusters = table.labels.map(() => stream.next().value as string | null);
        expect(figuresOf(evaluate(table, { clusters }))).toEqual(figuresOf(evaluate(table)));
      }),
    );
  });

  it('is as sure of copies as of the examples themselves', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(arbitraryTable({ minMembers: 1 }), fc.boolean(), (table, areRequired) => {
        const options = { gate, required: areRequired ? names(table) : [] };
        const { copies, clusters } = copied(table);
        const evaluated = evaluate(copies, { ...options, clusters });
        expect(uncertaintyOf(evaluated)).toEqual(uncertaintyOf(evaluate(table, options)));
      }),
      { numRuns: 60 },
    );
  });

  // Two campaigns of four mails each, one of them right: as sure as of one in two.
  it('widens the interval of unique precision', () => {
    const table: JudgementTable = {
      labels: [1, 1, 1, 1, 0, 0, 0, 0],
      members: [{ name: 'words', judgements: [1, 1, 1, 1, 1, 1, 1, 1] }],
    };
    const clusters = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];
    const { uniquePrecisionInterval } = evaluate(table, { clusters }).members[0]!;
    expect(uniquePrecisionInterval).toEqual(wilsonInterval(1, 2)!.map((end) => expect.closeTo(end, 12)));
  });

  it('refuses clusters of another length, and for a summary', () => {
    const table: JudgementTable = { labels: [1, 0], members: [{ name: 'a', judgements: [1, 0] }] };
    expect(() => evaluate(table, { clusters: ['a'] })).toThrow(
      expect.objectContaining({ code: 'EVAL_LENGTH_MISMATCH' }),
    );
    expect(() => evaluate(summarise(table), { clusters: ['a', 'a'] })).toThrow(
      expect.objectContaining({ code: 'EVAL_EXAMPLES_WANTED' }),
    );
  });
});
