import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable, pickExamples } from '../../test/arbitrary-table.ts';
import { disagreements } from '../../test/disagreements.ts';
import { evaluate, type EvaluateOptions } from '../figures/evaluate.ts';
import { positiveSets } from '../figures/positive-sets.ts';
import { uniquePositives } from '../figures/unique-positives.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { mergeSummaries } from './merge-summaries.ts';
import { summarise } from './summarise.ts';
import type { Summary } from './summary.ts';
import { summaryTable } from './summary-table.ts';

/** Six examples with every kind of judgement; the rows below are counted by hand. */
const table: JudgementTable = {
  labels: [1, 1, 0, null, 1, 0],
  weights: [2, 3, 1, 1, 1, 1],
  members: [
    { name: 'words', judgements: [1, 1, 0, 0, 'failed', 0] },
    { name: 'urls', judgements: [0, null, 1, 0, 1, null] },
  ],
};

const languages = { name: 'language', values: ['de', 'en', 'de', null, 'en', 'de'] };

/** A table cut into three shards, any of which may be empty, in any order. */
function arbitraryShards(): fc.Arbitrary<{ table: JudgementTable; shards: JudgementTable[]; values: string[] }> {
  return arbitraryTable({ minMembers: 1 }).chain((one) =>
    fc
      .array(fc.record({ shard: fc.nat({ max: 2 }), value: fc.constantFrom('de', 'en') }), {
        minLength: one.labels.length,
        maxLength: one.labels.length,
      })
      .map((marks) => ({
        table: one,
        values: marks.map(({ value }) => value),
        shards: [2, 0, 1].map((s) =>
          pickExamples(
            one,
            indicesWhere(marks, ({ shard }) => shard === s),
          ),
        ),
      })),
  );
}

/** Every other member is required, and there is a policy, so that no figure is left out. */
function everything({ members }: JudgementTable): EvaluateOptions {
  return {
    required: members.flatMap(({ name }, j) => (j % 2 === 0 ? [name] : [])),
    gate: { lossBudget: 0.01, meritFloor: 0.9 },
  };
}

describe('summarise', () => {
  it('counts examples by who is positive, who failed, label and slice; the largest count first', () => {
    const row = { positive: [], failed: [], label: 0, slice: null, count: 1, weight: 1, squares: 1 };
    expect(summarise({ ...table, weights: null }).sets).toEqual([
      { ...row, positive: ['words'], label: 1, count: 2, weight: 2, squares: 2 },
      { ...row, positive: ['urls'] },
      row,
      { ...row, positive: ['urls'], failed: ['words'], label: 1 },
      { ...row, label: null },
    ]);
  });

  it('sums the weights and their squares', () => {
    expect(summarise(table).sets[0]).toMatchObject({ count: 2, weight: 5, squares: 13 });
  });

  it('counts what a member judged and failed by label, and says nothing of what it abstained on', () => {
    expect(summarise(table).judged).toEqual([
      { member: 'words', label: 0, slice: null, judged: 2, failed: 0 },
      { member: 'words', label: 1, slice: null, judged: 5, failed: 1 },
      { member: 'words', label: null, slice: null, judged: 1, failed: 0 },
      { member: 'urls', label: 0, slice: null, judged: 1, failed: 0 },
      { member: 'urls', label: 1, slice: null, judged: 3, failed: 0 },
      { member: 'urls', label: null, slice: null, judged: 1, failed: 0 },
    ]);
  });

  it('keeps the slices apart, those without a value too', () => {
    const { slice, sets } = summarise(table, { slice: languages });
    expect(slice).toBe('language');
    expect(sets.map((row) => [row.slice, row.weight])).toEqual([
      ['de', 1],
      ['de', 1],
      ['de', 2],
      ['en', 1],
      ['en', 3],
      [null, 1],
    ]);
  });

  it('tells apart sets of 70 and of 100 members: no mask bounds them', () => {
    for (const count of [70, 100]) {
      const members = Array.from({ length: count }, (_, j) => ({
        name: `m${j}`,
        judgements: [1, j === count - 1 ? 0 : 1, j === 0 ? 0 : 1, 1] as (0 | 1)[],
      }));
      const wide: JudgementTable = { labels: [1, 1, 0, 1], members };
      expect(summarise(wide).sets.map((row) => [row.positive.length, row.count])).toEqual([
        [count, 2],
        [count - 1, 1],
        [count - 1, 1],
      ]);
      expect(evaluate(summarise(wide))).toEqual(evaluate(wide));
    }
  });

  it('refuses a slice column of another length', () => {
    const slice = { name: 'language', values: ['de'] };
    expect(() => summarise(table, { slice })).toThrow(expect.objectContaining({ code: 'EVAL_LENGTH_MISMATCH' }));
  });

  it('refuses a table of groups, whose abstentions are forgotten', () => {
    expect(() => summarise(summaryTable(summarise(table)))).toThrow(
      expect.objectContaining({ code: 'EVAL_EXAMPLES_WANTED' }),
    );
  });
});

describe('evaluate', () => {
  it('gives the figures of a table for its summary, every one of them', () => {
    fc.assert(
      fc.property(arbitraryTable(), (one) => {
        expect(evaluate(summarise(one), everything(one))).toEqual(evaluate(one, everything(one)));
      }),
      { numRuns: 40 },
    );
  });

  it('gives them within 1e-9 when weights are no whole numbers', () => {
    fc.assert(
      fc.property(arbitraryTable({ weights: false }), fc.infiniteStream(realWeight()), (one, stream) => {
        const weights = one.labels.map(() => stream.next().value as number);
        const weighted = { ...one, weights };
        const options = everything(one);
        const [actual, expected] = [evaluate(summarise(weighted), options), evaluate(weighted, options)];
        expect(disagreements(actual, expected, (_, figure) => 1e-9 * Math.max(1, Math.abs(figure)))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the figures of one slice', () => {
    fc.assert(
      fc.property(arbitraryShards(), ({ table: one, values }) => {
        const summary = summarise(one, { slice: { name: 'language', values } });
        const german = pickExamples(
          one,
          indicesWhere(values, (value) => value === 'de'),
        );
        expect(evaluate(summaryTable(summary, { slice: 'de' }))).toEqual(evaluate(german));
        expect(evaluate(summary)).toEqual(evaluate(one));
      }),
    );
  });

  it('takes a summary that was JSON in between', () => {
    expect(evaluate(JSON.parse(JSON.stringify(summarise(table))) as Summary)).toEqual(evaluate(table));
  });
});

describe('positiveSets', () => {
  it('are those of the table that the summary was made from', () => {
    fc.assert(
      fc.property(arbitraryTable(), (one) => {
        expect(positiveSets(summaryTable(summarise(one)))).toEqual(positiveSets(one));
      }),
    );
  });
});

describe('uniquePositives', () => {
  it('refuses a table of groups, which has no example to point at', () => {
    expect(() => uniquePositives(summaryTable(summarise(table)), 'words')).toThrow(
      expect.objectContaining({ code: 'EVAL_EXAMPLES_WANTED' }),
    );
  });
});

describe('mergeSummaries', () => {
  it('gives the summary of the whole, whatever the shards and their order', () => {
    fc.assert(
      fc.property(arbitraryShards(), ({ table: one, shards }) => {
        const [a, b, c] = shards.map((shard) => summarise(shard)) as [Summary, Summary, Summary];
        const whole = summarise(one);
        expect(mergeSummaries(a, b, c)).toEqual(whole);
        expect(mergeSummaries(c, mergeSummaries(b, a))).toEqual(whole);
      }),
    );
  });

  it('takes members in another order, and keeps that of the first', () => {
    const reversed = { ...table, members: table.members.toReversed() };
    const both = mergeSummaries(summarise(table), summarise(reversed));
    expect(both).toEqual(mergeSummaries(summarise(table), summarise(table)));
    expect(both.members).toEqual(['words', 'urls']);
  });

  it('returns a single summary as it is', () => {
    expect(mergeSummaries(summarise(table))).toEqual(summarise(table));
  });

  it('refuses summaries of other members', () => {
    const other = summarise({ ...table, members: table.members.slice(1) });
    expect(() => mergeSummaries(summarise(table), other)).toThrow(
      expect.objectContaining({ code: 'EVAL_SUMMARY_MISMATCH' }),
    );
  });

  it('refuses summaries of other slices', () => {
    expect(() => mergeSummaries(summarise(table), summarise(table, { slice: languages }))).toThrow(
      expect.objectContaining({ code: 'EVAL_SUMMARY_MISMATCH' }),
    );
  });
});

function realWeight(): fc.Arbitrary<number> {
  return fc.double({ min: 0.01, max: 100, noNaN: true });
}

function indicesWhere<T>(values: readonly T[], isWanted: (value: T) => boolean): number[] {
  return values.flatMap((value, i) => (isWanted(value) ? [i] : []));
}
