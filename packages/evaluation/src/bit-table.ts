/** 32 examples per word: bit `i & 31` of word `i >> 5` belongs to example i. Bits beyond the last example are 0. */
export type BitColumn = Uint32Array<ArrayBuffer>;

/** One member's judgements as bit columns. A bit set in none of them: negative. */
export interface BitMember {
  readonly name: string;
  readonly positive: BitColumn;
  readonly abstained: BitColumn;
  readonly failed: BitColumn;
}

/** A judgement table as bit columns: what all figures are computed from, and the fast way in. */
export interface BitTable {
  readonly kind: 'bits';
  /** n, the number of rows. */
  readonly examples: number;
  /** Labels that are 1. */
  readonly labelledPositive: BitColumn;
  /** Labels that are 0. A bit set in neither: label not known. */
  readonly labelledNegative: BitColumn;
  /** Sampling weights, shape [n], or `null` for 1 each. */
  readonly weights: Float64Array<ArrayBuffer> | null;
  readonly members: readonly BitMember[];
}
