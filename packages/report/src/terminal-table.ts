import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';

import stringWidth from 'string-width';

import type { FigureCell, FigureColumn, FigureTable } from './figure-table.ts';

const NO_FRAME = Object.fromEntries(
  [
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
    'left left-mid mid mid-mid right right-mid',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, '']),
);

/**
 * A table as lines of text, no frame: columns are apart by a space and the heading by a rule, so that it reads the same
 * without colour.
 *
 * When the columns do not fit, the table goes below itself in several parts, each beginning with the first column: a
 * figure is never cut.
 *
 * @param width - Columns of the terminal.
 */
export function terminalTable(table: FigureTable, options: { width: number; colours: Colors }): string {
  const widths = table.columns.map((column, index) => columnWidth(table, column, index));
  const gap = sum(widths) + 2 * (widths.length - 1) <= options.width ? 2 : 1;
  return columnParts(table, { widths, gap, width: options.width })
    .map((part) => renderPart(table, part, { ...options, widths, gap }))
    .join('\n\n');
}

interface Layout {
  /** Per column of the table. */
  readonly widths: readonly number[];
  readonly gap: number;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Figures get the width that the column asks for, or more; words as much as they need up to that width. */
function columnWidth(table: FigureTable, column: FigureColumn, index: number): number {
  const aside = asideWidth(table, index);
  const cells = table.rows.map((row) => stringWidth(cellText(row.cells[index], aside)));
  const content = Math.max(stringWidth(column.heading), ...cells);
  return column.align === 'right' ? Math.max(column.width, content) : Math.min(column.width, content);
}

/** Groups of column indices that fit the width, the first column in each; columns of one heading group stay together. */
function columnParts(table: FigureTable, layout: Layout): number[][] {
  const first = layout.widths[0] ?? 0;
  const parts: number[][] = [];
  let part: number[] = [0];
  let used = first;
  for (const block of blocks(table)) {
    const needed = sum(block.map((index) => layout.gap + (layout.widths[index] ?? 0)));
    if (used + needed > layout.width && part.length > 1) {
      parts.push(part);
      part = [0];
      used = first;
    }
    part.push(...block);
    used += needed;
  }
  return [...parts, part];
}

function blocks(table: FigureTable): number[][] {
  const found: number[][] = [];
  table.columns.forEach((column, index) => {
    if (index === 0) return;
    const last = found.at(-1);
    const before = table.columns[index - 1];
    if (last !== undefined && column.group !== undefined && before?.group === column.group) last.push(index);
    else found.push([index]);
  });
  return found;
}

function renderPart(table: FigureTable, part: readonly number[], layout: Layout & { colours: Colors }): string {
  const { colours, gap } = layout;
  const columns = part.map((index) => table.columns[index]).filter((column) => column !== undefined);
  const widths = part.map((index) => layout.widths[index] ?? 0);
  // One column of words may still be too wide beside the first: it wraps.
  const overflow = Math.max(0, sum(widths) + gap * (widths.length - 1) - layout.width);
  const colWidths = widths.map((each, index) => (index === widths.length - 1 ? Math.max(1, each - overflow) : each));
  const target = new Table({
    // A cell that spans columns counts one character between them, whatever stands there: the rest of the gap is padding.
    chars: { ...NO_FRAME, middle: ' ' },
    style: { 'padding-left': 0, 'padding-right': gap - 1, head: [], border: [], compact: true },
    colWidths: colWidths.map((each) => each + gap - 1),
    colAligns: columns.map((column) => column.align),
    wordWrap: true,
  });
  if (columns.some((column) => column.group !== undefined)) target.push(groupRow(columns, colours));
  target.push(columns.map((column) => ({ content: colours.bold(column.heading), hAlign: column.align })));
  const rule = '─'.repeat(sum(colWidths) + gap * (colWidths.length - 1));
  target.push([{ content: colours.dim(rule), colSpan: columns.length }]);
  for (const row of table.rows) {
    const cells = part.map((index) => cellText(row.cells[index], asideWidth(table, index), colours));
    target.push(row.strong === true ? cells.map((cell) => colours.bold(cell)) : cells);
  }
  return target.toString().replaceAll(/ +$/gm, '');
}

function groupRow(columns: readonly FigureColumn[], colours: Colors): Table.HorizontalTableRow {
  const cells: { content: string; colSpan: number; hAlign: 'right' }[] = [];
  columns.forEach((column, index) => {
    const last = cells.at(-1);
    if (last !== undefined && index > 0 && column.group === columns[index - 1]?.group) last.colSpan += 1;
    else cells.push({ content: colours.dim(column.group ?? ''), colSpan: 1, hAlign: 'right' });
  });
  return cells;
}

/** Asides are padded to one width, so that the figures before them stand in a line. */
function cellText(cell: FigureCell | undefined, aside: number, colours?: Colors): string {
  if (cell === undefined) return '';
  if (aside === 0) return cell.text;
  const said = (cell.aside ?? '').padEnd(aside);
  return `${cell.text} ${colours === undefined ? said : colours.dim(said)}`;
}

function asideWidth(table: FigureTable, index: number): number {
  return Math.max(0, ...table.rows.map((row) => row.cells[index]?.aside?.length ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
