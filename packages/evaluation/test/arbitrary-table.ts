import fc from 'fast-check';
import type { JudgementCode, JudgementTable, Label } from '../src/index.ts';

/** What an arbitrary table may hold besides positives and negatives. */
export interface ArbitraryTableOptions {
  /** Default true. */
  readonly failures?: boolean;
  /** Default true. */
  readonly unlabelled?: boolean;
  /** Whole numbers, so that counts stay exact. Default true. */
  readonly weights?: boolean;
  /** Default 0. */
  readonly minMembers?: number;
}

/** Tables with 0 to 80 examples: empty, within one word, and beyond two. */
export function arbitraryTable(options: ArbitraryTableOptions = {}): fc.Arbitrary<JudgementTable> {
  const { failures = true, unlabelled = true, weights = true, minMembers = 0 } = options;
  const label = fc.constantFrom<Label>(0, 1, ...(unlabelled ? [null] : []));
  const judgement = fc.constantFrom<JudgementCode>(0, 0, 1, 1, null, ...(failures ? (['failed'] as const) : []));
  return fc
    .record({ examples: fc.nat({ max: 80 }), members: fc.integer({ min: minMembers, max: 6 }) })
    .chain(({ examples, members }): fc.Arbitrary<JudgementTable> => {
      const column = { minLength: examples, maxLength: examples };
      return fc.record({
        labels: fc.array(label, column),
        weights: weights
          ? fc.option(fc.array(fc.integer({ min: 1, max: 9 }), column), { nil: null })
          : fc.constant<number[] | null>(null),
        members: fc
          .array(fc.array(judgement, column), { minLength: members, maxLength: members })
          .map((all) => all.map((judgements, j) => ({ name: `m${j}`, judgements }))),
      });
    });
}

/** The same examples in another order; indices may repeat or be left out. */
export function pickExamples(table: JudgementTable, indices: readonly number[]): JudgementTable {
  const pick = <T>(values: readonly T[]): T[] => indices.map((i) => values[i]!);
  return {
    labels: pick(table.labels),
    weights: table.weights ? pick(table.weights) : null,
    members: table.members.map(({ name, judgements }) => ({ name, judgements: pick(judgements) })),
  };
}
