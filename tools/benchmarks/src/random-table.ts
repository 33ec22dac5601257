import type { BitColumn, BitTable } from '@clamor/evaluation';

/** What {@link randomTable} takes. */
export interface RandomTableOptions {
  readonly examples: number;
  readonly members: number;
  /** Share of the examples that each member is positive on, independently of the others. */
  readonly positiveRate: number;
}

const LABEL_RATE = 0.3;
const ABSTAINED_RATE = 0.01;

/** A table with every label known and no failure: the same in every run. */
export function randomTable({ examples, members, positiveRate }: RandomTableOptions): BitTable {
  const random = xorshift(20);
  const labelledPositive = randomColumn(examples, LABEL_RATE, random);
  const labelledNegative = labelledPositive.map((word) => ~word);
  if (examples % 32 !== 0) labelledNegative[labelledNegative.length - 1]! &= (1 << (examples % 32)) - 1;
  return {
    kind: 'bits',
    examples,
    labelledPositive,
    labelledNegative,
    weights: null,
    members: Array.from({ length: members }, (_, j) => {
      const positive = randomColumn(examples, positiveRate, random);
      const abstained = randomColumn(examples, ABSTAINED_RATE, random);
      for (let w = 0; w < abstained.length; w++) abstained[w]! &= ~positive[w]!;
      return { name: `member-${j}`, positive, abstained, failed: new Uint32Array(positive.length) };
    }),
  };
}

/** Gaps between the examples of a column are geometric: one random number per bit that is set. */
function randomColumn(examples: number, rate: number, random: () => number): BitColumn {
  const column = new Uint32Array(Math.ceil(examples / 32));
  const scale = 1 / Math.log(1 - rate);
  for (let i = nextGap(); i < examples; i += 1 + nextGap()) column[i >>> 5]! |= 1 << (i & 31);
  return column;

  function nextGap(): number {
    return Math.floor(Math.log(1 - random()) * scale);
  }
}

/** Uniform in [0, 1). Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (2003), 14. */
export function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
