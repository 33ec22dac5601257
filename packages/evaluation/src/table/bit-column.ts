// Question: how large is a set of examples, and what is left of it beside another set, at 32 examples per instruction?
// Source: popcount as in Warren, Hacker's Delight, 2nd ed. 2012, §5-1 (bits added in pairs, nibbles, bytes).

/** 32 examples per word: bit `i & 31` of word `i >> 5` belongs to example i. Bits beyond the last example are 0. */
export type BitColumn = Uint32Array<ArrayBuffer>;

/**
 * Sampling weights, shape [n], or `null` for 1 each.
 *
 * A row of a summary stands for many examples: its weight is their Σd, and `squares`, shape [n], holds their Σd², which is
 * then not the square of the weight.
 */
export type Weights = (Float64Array<ArrayBuffer> & { readonly squares?: Float64Array<ArrayBuffer> }) | null;

/**
 * The size of a set of examples: Σd and Σd² over it.
 *
 * Both are the number of examples when there are no weights. Σd² is kept because Kish's effective size needs it.
 */
export interface SetSize {
  readonly weight: number;
  readonly squares: number;
}

/** An empty column for n examples. */
export function createBitColumn(examples: number): BitColumn {
  return new Uint32Array(Math.ceil(examples / 32));
}

/** The column of all n examples. */
export function createFullColumn(examples: number): BitColumn {
  const column = createBitColumn(examples).fill(0xffffffff);
  if (examples % 32 !== 0) column[column.length - 1] = (1 << (examples % 32)) - 1;
  return column;
}

/** Whether example i is in the set. */
export function hasBit(column: BitColumn, i: number): boolean {
  return ((column[i >>> 5]! >>> (i & 31)) & 1) === 1;
}

/** Puts example i into the set. */
export function setBit(column: BitColumn, i: number): void {
  column[i >>> 5]! |= 1 << (i & 31);
}

/** The examples in both sets. */
export function intersection(a: BitColumn, b: BitColumn): BitColumn {
  const out = new Uint32Array(a.length);
  for (let w = 0; w < out.length; w++) out[w] = a[w]! & b[w]!;
  return out;
}

/** The examples in the first set and not in the second. */
export function difference(a: BitColumn, b: BitColumn): BitColumn {
  const out = new Uint32Array(a.length);
  for (let w = 0; w < out.length; w++) out[w] = a[w]! & ~b[w]!;
  return out;
}

/** The examples that are in at least one of the sets. */
export function union(columns: readonly BitColumn[], words: number): BitColumn {
  const out = new Uint32Array(words);
  for (const column of columns) for (let w = 0; w < words; w++) out[w]! |= column[w]!;
  return out;
}

/** The size of a set. */
export function sizeOf(column: BitColumn, weights: Weights): SetSize {
  return sizeOfBoth(column, column, weights);
}

/** The size of the intersection of two sets, without making it. */
export function sizeOfBoth(a: BitColumn, b: BitColumn, weights: Weights): SetSize {
  if (weights === null) {
    let count = 0;
    for (let w = 0; w < a.length; w++) count += countBits(a[w]! & b[w]!);
    return { weight: count, squares: count };
  }
  const squaresOf = weights.squares;
  let weight = 0;
  let squares = 0;
  for (let w = 0; w < a.length; w++) {
    for (let bits = a[w]! & b[w]!; bits !== 0; bits &= bits - 1) {
      const i = w * 32 + lowestBit(bits);
      const d = weights[i]!;
      weight += d;
      squares += squaresOf === undefined ? d * d : squaresOf[i]!;
    }
  }
  return { weight, squares };
}

/** The examples of a set, ascending. */
export function indicesOf(column: BitColumn): number[] {
  const indices: number[] = [];
  for (let w = 0; w < column.length; w++) {
    for (let bits = column[w]!; bits !== 0; bits &= bits - 1) indices.push(w * 32 + lowestBit(bits));
  }
  return indices;
}

/** Position of the lowest bit that is set, 0 to 31; the word must not be 0. `bits &= bits - 1` then clears it. */
export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** How many bits of a word are set. */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
