// Question: on which examples is anybody positive, and on which are two or more?
// Source: a saturating counter in bit planes (carry-save addition; Warren, Hacker's Delight, §5-1), 32 examples at a time.
import { type BitColumn, createFullColumn, difference, union } from './bit-column.ts';
import type { BitTable } from './bit-table.ts';

/** Where at least one, two, three of the members are positive. */
export interface PositivePlanes {
  readonly any: BitColumn;
  readonly twoOrMore: BitColumn;
  readonly threeOrMore: BitColumn;
}

/**
 * One pass over the members, any number of them, in any order.
 *
 * A member's sole positives are then `column & ~twoOrMore`, without looking at the other members again; and exactly two are
 * positive on `twoOrMore & ~threeOrMore`.
 */
export function positivePlanes(columns: readonly BitColumn[], words: number): PositivePlanes {
  const any = new Uint32Array(words);
  const twoOrMore = new Uint32Array(words);
  const threeOrMore = new Uint32Array(words);
  for (const column of columns) {
    for (let w = 0; w < words; w++) {
      const word = column[w]!;
      const two = any[w]! & word;
      threeOrMore[w]! |= twoOrMore[w]! & word;
      twoOrMore[w]! |= two;
      any[w]! |= word;
    }
  }
  return { any, twoOrMore, threeOrMore };
}

/** What all the figures of a table share, computed once. */
export interface Positives extends PositivePlanes {
  readonly table: BitTable;
  readonly all: BitColumn;
  /** Examples on which at least one member failed. */
  readonly anyFailed: BitColumn;
  /** Members without which a verdict that is not positive is undetermined. */
  readonly required: ReadonlySet<string>;
}

/** The planes of a table with its failures. */
export function positivesOf(table: BitTable, required: ReadonlySet<string> = new Set()): Positives {
  const words = table.labelledPositive.length;
  return {
    ...positivePlanes(
      table.members.map((member) => member.positive),
      words,
    ),
    table,
    all: createFullColumn(table.examples),
    anyFailed: union(
      table.members.map((member) => member.failed),
      words,
    ),
    required,
  };
}

/**
 * Where a verdict is undetermined: nobody is positive and a required member failed.
 *
 * @param positive - Where somebody is positive.
 * @param except - A member that is thought away, with its being required.
 */
export function undeterminedOf({ table, required }: Positives, positive: BitColumn, except?: string): BitColumn {
  const failed = table.members
    .filter(({ name }) => name !== except && required.has(name))
    .map((member) => member.failed);
  return difference(union(failed, positive.length), positive);
}
