import type { RowFault } from './row.ts';

/** A column that a cell was read from, for messages. */
export interface CellPlace {
  readonly column: string;
  readonly row: number;
  readonly file: string;
}

/** A value read from a cell, or why it could not be. */
export type Cell<Value> = { readonly value: Value; readonly fault?: undefined } | { readonly fault: RowFault };

/**
 * A label: 1, 0, or `null` when the cell is empty.
 *
 * `1.0`, `true` and NaN as "empty" are what other programs write when a column of integers has gaps.
 */
export function labelCell(cell: unknown, place: CellPlace): Cell<0 | 1 | null> {
  const value = binary(cell);
  if (value !== undefined) return { value };
  return fault('STORE_LABEL_INVALID', cell, place, 'a label is 1, 0 or empty');
}

/** A judgement: 1, 0, `null` (empty: abstained) or `failed`. */
export function judgementCell(cell: unknown, place: CellPlace): Cell<0 | 1 | null | 'failed'> {
  if (typeof cell === 'string' && cell.trim().toLowerCase() === 'failed') return { value: 'failed' };
  const value = binary(cell);
  if (value !== undefined) return { value };
  return fault('STORE_JUDGEMENT_INVALID', cell, place, 'a judgement is 1, 0, empty (abstained) or failed');
}

/** A score: a number that float32 holds, `null` (empty: abstained) or `failed`. NaN is refused: it might mean either. */
export function scoreCell(cell: unknown, place: CellPlace): Cell<number | null | 'failed'> {
  if (typeof cell === 'string' && cell.trim().toLowerCase() === 'failed') return { value: 'failed' };
  if (isEmpty(cell) && typeof cell !== 'number') return { value: null };
  const value = typeof cell === 'string' ? Number(cell) : cell;
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return { value };
  return fault('STORE_SCORE_INVALID', cell, place, 'a score is a finite number (float32), empty (abstained) or failed');
}

/** A sampling weight, > 0; 1 when the cell is empty. */
export function weightCell(cell: unknown, place: CellPlace): Cell<number> {
  if (isEmpty(cell)) return { value: 1 };
  const value = typeof cell === 'string' ? Number(cell) : cell;
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return { value };
  return fault('STORE_WEIGHT_INVALID', cell, place, 'a sampling weight is a number above 0');
}

/** A count or a sum of weights, ≥ 0; 0 when the cell is empty. */
export function countCell(cell: unknown, place: CellPlace): Cell<number> {
  if (isEmpty(cell)) return { value: 0 };
  const value = typeof cell === 'string' ? Number(cell) : cell;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return { value };
  return fault('STORE_COUNT_INVALID', cell, place, 'a count or a sum of weights is a number, at least 0');
}

/** Text of a key, or `null` when there is none. */
export function keyCell(cell: unknown): string | null {
  if (isEmpty(cell)) return null;
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? `${cell}` : null;
}

function binary(cell: unknown): 0 | 1 | null | undefined {
  if (isEmpty(cell)) return null;
  if (cell === 1 || cell === true) return 1;
  if (cell === 0 || cell === false) return 0;
  if (typeof cell !== 'string') return undefined;
  const match = /^\s*([01])(\.0+)?\s*$/.exec(cell);
  return match === null ? undefined : match[1] === '1' ? 1 : 0;
}

function isEmpty(cell: unknown): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell) || (typeof cell === 'string' && cell.trim() === '');
}

function fault(code: RowFault['code'], cell: unknown, place: CellPlace, wanted: string): { fault: RowFault } {
  const shown = JSON.stringify(typeof cell === 'string' ? cell.slice(0, 60) : String(cell));
  return {
    fault: { code, message: `Row ${place.row} of "${place.file}", column "${place.column}": ${shown}; ${wanted}.` },
  };
}
