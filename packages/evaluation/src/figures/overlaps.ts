// Question: which members say the same?
// Source: Jaccard, The distribution of the flora in the alpine zone, 1912 (both ÷ either), over bit columns.
import { sizeOf } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import type { OverlapFigures } from './figures.ts';
import type { PositivesTogether } from './positives-together.ts';
import { ratio } from './ratios.ts';

/**
 * Every pair of members once, in the order of the table: m(m − 1)/2 figures.
 *
 * `onlyBoth` counts what the members said; a third one who failed there might have joined them.
 */
export function overlapFigures({ members, weights }: BitTable, together: PositivesTogether): OverlapFigures[] {
  const sizes = members.map(({ positive }) => sizeOf(positive, weights).weight);
  return members.flatMap((a, i) =>
    members.slice(i + 1).map((b, step): OverlapFigures => {
      const j = i + 1 + step;
      const pair = i * members.length + j;
      const both = together.both[pair]!;
      const isNeverPositive = sizes[i] === 0 && sizes[j] === 0;
      return {
        a: a.name,
        b: b.name,
        both,
        jaccard: isNeverPositive ? null : ratio(both, sizes[i]! + sizes[j]! - both),
        onlyBoth: together.onlyBoth[pair]!,
      };
    }),
  );
}
