// Question: which examples are in exactly the same columns?
// Source: a trie over the columns (Fredkin, Trie memory, CACM 3 (1960), 490–499), so that no mask bounds their number.
import { type BitColumn, lowestBit } from './bit-column.ts';

/** Examples by the set of columns that they are in. */
export interface ExamplesBySet {
  /** Number of each example's set, shape [n]. */
  readonly setOf: Uint32Array<ArrayBuffer>;
  /** By number: the columns of the set, ascending. Number 0 is the empty set; a number may belong to no example. */
  readonly sets: readonly (readonly number[])[];
}

/**
 * Numbers the sets: column j moves its examples from the set they are in to that set with j added.
 *
 * Any number of columns, and one step per bit that is set.
 *
 * @param columns - Shape [m], each over the same n examples.
 * @example groupBySet([Uint32Array.of(0b11), Uint32Array.of(0b10)], 3) // { setOf: [1, 2, 0], sets: [[], [0], [0, 1]] }
 */
export function groupBySet(columns: readonly BitColumn[], examples: number): ExamplesBySet {
  const setOf = new Uint32Array(examples);
  const sets: number[][] = [[]];
  for (const [j, column] of columns.entries()) {
    const withColumn = new Map<number, number>();
    for (let w = 0; w < column.length; w++) {
      for (let bits = column[w]!; bits !== 0; bits &= bits - 1) {
        const i = w * 32 + lowestBit(bits);
        let next = withColumn.get(setOf[i]!);
        if (next === undefined) {
          next = sets.push([...sets[setOf[i]!]!, j]) - 1;
          withColumn.set(setOf[i]!, next);
        }
        setOf[i] = next;
      }
    }
  }
  return { setOf, sets };
}
