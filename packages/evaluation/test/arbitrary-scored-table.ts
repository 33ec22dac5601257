import { scoreColumn } from '@clamor/contract';
import fc from 'fast-check';
import type { Label, MemberColumn, ScoredTable } from '../src/index.ts';

/** What an arbitrary table of scores may hold. */
export interface ArbitraryScoredTableOptions {
  /** Default 0. */
  readonly minMembers?: number;
  /** Default true. */
  readonly failures?: boolean;
  /** Whole numbers, so that counts stay exact. Default true. */
  readonly weights?: boolean;
}

/** Tables with 0 to 40 examples whose few different scores make ties, on both sides of the thresholds and at them. */
export function arbitraryScoredTable(options: ArbitraryScoredTableOptions = {}): fc.Arbitrary<ScoredTable> {
  const { minMembers = 0, failures = true, weights = true } = options;
  const label = fc.constantFrom<Label>(0, 1, 1, null);
  const entry = fc.record({
    score: fc.integer({ min: -8, max: 8 }).map((score) => score / 4),
    status: fc.constantFrom(0, 0, 0, 0, 1, ...(failures ? [2] : [])),
  });
  return fc
    .record({ examples: fc.nat({ max: 40 }), members: fc.integer({ min: minMembers, max: 4 }) })
    .chain(({ examples, members }): fc.Arbitrary<ScoredTable> => {
      const shape = { minLength: examples, maxLength: examples };
      const member = fc.record({
        entries: fc.array(entry, shape),
        threshold: fc.integer({ min: -9, max: 9 }).map((threshold) => threshold / 4),
      });
      return fc.record({
        labels: fc.array(label, shape),
        weights: weights
          ? fc.option(fc.array(fc.integer({ min: 1, max: 9 }), shape), { nil: null })
          : fc.constant<number[] | null>(null),
        members: fc.array(member, { minLength: members, maxLength: members }).map((all) =>
          all.map(({ entries, threshold }, j): MemberColumn => ({
            name: `m${j}`,
            threshold,
            column: columnOf(entries),
          })),
        ),
      });
    });
}

function columnOf(entries: readonly { readonly score: number; readonly status: number }[]): MemberColumn['column'] {
  return scoreColumn(
    entries.map(({ score }) => score),
    entries.map(({ status }) => status),
  );
}
