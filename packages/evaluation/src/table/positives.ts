// Question: on which examples is anybody positive, and on which are two or more?
// Source: a saturating counter in bit planes (carry-save addition; Warren, Hacker's Delight, §5-1), 32 examples at a time.
import {
  type BitColumn,
  createFullColumn,
  difference,
  intersection,
  sizeOf,
  type SizedColumn,
  union,
} from './bit-column.ts';
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
  const planes = {
    any: new Uint32Array(words),
    twoOrMore: new Uint32Array(words),
    threeOrMore: new Uint32Array(words),
  };
  const nobody = new Uint32Array(words);
  for (let j = 0; j < columns.length; j += 4) {
    addVoices(planes, [columns[j]!, columns[j + 1] ?? nobody, columns[j + 2] ?? nobody, columns[j + 3] ?? nobody]);
  }
  return planes;
}

/** Four members at a time: the planes are loaded and stored a quarter as often, which halves the time. */
function addVoices({ any, twoOrMore, threeOrMore }: PositivePlanes, columns: readonly BitColumn[]): void {
  const [a, b, c, d] = columns as [BitColumn, BitColumn, BitColumn, BitColumn];
  for (let w = 0; w < any.length; w++) {
    let one = any[w]!;
    let two = twoOrMore[w]!;
    let three = threeOrMore[w]!;
    three |= two & a[w]!;
    two |= one & a[w]!;
    one |= a[w]!;
    three |= two & b[w]!;
    two |= one & b[w]!;
    one |= b[w]!;
    three |= two & c[w]!;
    two |= one & c[w]!;
    one |= c[w]!;
    three |= two & d[w]!;
    two |= one & d[w]!;
    one |= d[w]!;
    any[w] = one;
    twoOrMore[w] = two;
    threeOrMore[w] = three;
  }
}

/** What all the figures of a table share, computed once. */
export interface Positives extends PositivePlanes {
  readonly table: BitTable;
  readonly all: BitColumn;
  readonly labelledPositive: SizedColumn;
  /** Where somebody is positive and the label is 1. */
  readonly truePositive: SizedColumn;
  /** Where somebody is positive and the label is 0. */
  readonly falsePositive: SizedColumn;
  /** Examples on which at least one member failed. */
  readonly anyFailed: BitColumn;
  /** Room for one set at a time, so that one per member does not wait for the garbage collector. */
  readonly scratch: BitColumn;
  /** Members without which a verdict that is not positive is undetermined. */
  readonly required: ReadonlySet<string>;
}

/** The planes of a table with its failures. */
export function positivesOf(table: BitTable, required: ReadonlySet<string> = new Set()): Positives {
  const words = table.labelledPositive.length;
  const planes = positivePlanes(
    table.members.map((member) => member.positive),
    words,
  );
  const sized = (column: BitColumn): SizedColumn => ({ column, size: sizeOf(column, table.weights) });
  return {
    ...planes,
    labelledPositive: sized(table.labelledPositive),
    truePositive: sized(intersection(planes.any, table.labelledPositive)),
    falsePositive: sized(intersection(planes.any, table.labelledNegative)),
    table,
    all: createFullColumn(table.examples),
    anyFailed: union(
      table.members.map((member) => member.failed),
      words,
    ),
    scratch: new Uint32Array(words),
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
