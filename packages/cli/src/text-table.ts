import { printableLine } from './io.ts';

/**
 * Rows in columns that are as wide as their longest cell, two spaces apart; cells are made safe to print.
 *
 * @param rows - The first one is the header.
 * @param options - `right`: places of the columns that are set to the right, for numbers; default none.
 */
export function textTable(
  rows: readonly (readonly string[])[],
  { right = [] }: { readonly right?: readonly number[] } = {},
): string {
  const safe = rows.map((row) => row.map((cell) => printableLine(cell, 60)));
  const widths = (safe[0] ?? []).map((_, i) => Math.max(...safe.map((row) => [...(row[i] ?? '')].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const space = ' '.repeat(widths[i]! - [...cell].length);
        return right.includes(i) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return safe.map(line).join('\n');
}
