import type { StoreErrorCode } from './errors.ts';

/** Longest line or row that is read, in bytes; a longer one is skipped without being held and counted as unreadable. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** A format that every suite can read. */
export type RowFormat = 'jsonl' | 'csv' | 'parquet';

/** One row of a file, or the reason why it could not be read. */
export type Row =
  | {
      /** From 1: the line of JSONL, the data row of CSV and Parquet (the header does not count). */
      readonly row: number;
      readonly value: unknown;
      readonly fault?: undefined;
    }
  | {
      /** From 1: the line of the file, in CSV too, where a broken row has no other number. */
      readonly row: number;
      readonly fault: RowFault;
      readonly value?: undefined;
    };

/** Why a row could not be read. */
export interface RowFault {
  readonly code: StoreErrorCode;
  readonly message: string;
}
