/** How often one kind of interval held the truth, over a grid. */
export interface CoverageRow {
  readonly name: string;
  readonly cells: readonly CoverageCell[];
}

/** One place of the grid. */
export interface CoverageCell {
  readonly coverage: number;
  readonly where: string;
}

/** Mean coverage over a grid. */
export function meanOf(cells: readonly CoverageCell[]): number {
  return cells.reduce((sum, { coverage }) => sum + coverage, 0) / cells.length;
}

function isWithinBand(mean: number): boolean {
  return mean >= 0.94 && mean <= 0.96;
}

/** One sentence that owns up to the means which are not where they should be. */
export function outsideBand(rows: readonly CoverageRow[]): string {
  const outside = rows
    .map(({ name, cells }) => ({ name, mean: meanOf(cells) }))
    .filter(({ mean }) => !isWithinBand(mean));
  return outside.length === 0
    ? 'No figure is outside .94–.96.'
    : `Outside .94–.96: ${outside.map(({ name, mean }) => `${name} (${mean.toFixed(3)}, ${mean > 0.96 ? 'too wide' : 'too narrow'})`).join(', ')}.`;
}

/** A Markdown table: mean, whether it is where it should be, and the worst place. */
export function tableOf(rows: readonly CoverageRow[]): string {
  const lines = rows.map(({ name, cells }) => {
    const mean = meanOf(cells);
    const worst = cells.reduce((low, cell) => (cell.coverage < low.coverage ? cell : low));
    return `| ${name} | ${mean.toFixed(3)} | ${isWithinBand(mean) ? 'yes' : 'no'} | ${worst.coverage.toFixed(3)} (${worst.where}) |`;
  });
  return ['| interval | mean coverage | within .94–.96 | worst |', '| --- | --- | --- | --- |', ...lines].join('\n');
}
