// Question: which members say the same?
// Source: Jaccard, The distribution of the flora in the alpine zone, 1912 (both ÷ either), over bit columns.
import { type BitColumn, countBits, difference, lowestBit, sizeOf, type Weights } from '../table/bit-column.ts';
import type { OverlapFigures } from './figures.ts';
import type { Positives } from '../table/positives.ts';
import { ratio } from './ratios.ts';

/**
 * Every pair of members once, in the order of the table: m(m − 1)/2 figures.
 *
 * `onlyBoth` counts what the members said; a third one who failed there might have joined them.
 */
export function overlapFigures({ table, twoOrMore, threeOrMore }: Positives): OverlapFigures[] {
  const exactlyTwo = difference(twoOrMore, threeOrMore);
  const sizes = table.members.map(({ positive }) => sizeOf(positive, table.weights).weight);
  const overlaps: OverlapFigures[] = [];
  for (const [i, a] of table.members.entries()) {
    for (let j = i + 1; j < table.members.length; j++) {
      const b = table.members[j]!;
      const { both, onlyBoth } = sizeOfPair(a.positive, b.positive, exactlyTwo, table.weights);
      const either = sizes[i]! + sizes[j]! - both;
      const isNeverPositive = sizes[i] === 0 && sizes[j] === 0;
      overlaps.push({ a: a.name, b: b.name, both, jaccard: isNeverPositive ? null : ratio(both, either), onlyBoth });
    }
  }
  return overlaps;
}

/** One pass for both counts: most words of two specialists share nothing, and are left at once. */
function sizeOfPair(
  a: BitColumn,
  b: BitColumn,
  exactlyTwo: BitColumn,
  weights: Weights,
): { both: number; onlyBoth: number } {
  let both = 0;
  let onlyBoth = 0;
  for (let w = 0; w < a.length; w++) {
    const shared = a[w]! & b[w]!;
    if (shared === 0) continue;
    const only = shared & exactlyTwo[w]!;
    both += weights === null ? countBits(shared) : weightOfWord(shared, w, weights);
    if (only !== 0) onlyBoth += weights === null ? countBits(only) : weightOfWord(only, w, weights);
  }
  return { both, onlyBoth };
}

function weightOfWord(word: number, w: number, weights: Float64Array): number {
  let weight = 0;
  for (let bits = word; bits !== 0; bits &= bits - 1) weight += weights[w * 32 + lowestBit(bits)]!;
  return weight;
}
