import { ClamorError } from '@clamor/contract';

/** The codes this package throws or puts beside a row that it could not read. */
export const STORE_ERRORS = {
  STORE_FILE_MISSING: 'The file does not exist, is not a file, or may not be read.',
  STORE_FILE_EMPTY: 'The file has no content, or only a header.',
  STORE_FORMAT_UNKNOWN: 'The extension of the file names no format that can be read here.',
  STORE_CSV_INVALID: 'The file cannot be read as CSV.',
  STORE_PARQUET_INVALID: 'The file cannot be read as Parquet: cut off, damaged, or another format.',
  STORE_COLUMN_NAME_INVALID: 'Two columns have one name, or a column has none.',
  STORE_LABEL_COLUMN_MISSING: 'There is no label column.',
  STORE_COLUMN_MISSING: 'A table has no column of a name that was asked for, or that its kind must have.',
  STORE_MEMBER_COLUMN_MISSING: 'A table of judgements has no column besides label, weight and key.',
  STORE_LABEL_INVALID: 'A label is not 1, 0 or empty.',
  STORE_WEIGHT_INVALID: 'A sampling weight is not a finite number above 0.',
  STORE_JUDGEMENT_INVALID: 'A judgement is not 1, 0, empty (abstained) or failed.',
  STORE_SCORE_COLUMN_MISSING: 'A table of scores has no column of keys, or none of scores.',
  STORE_SCORE_INVALID: 'A score is not a finite number, empty (abstained) or failed.',
  STORE_SCORES_INCOMPLETE: 'A table of scores lacks examples that are to be evaluated.',
  STORE_KEY_MISSING: 'A row of a table of scores or labels has no key.',
  STORE_COUNT_INVALID: 'A count or a sum of weights of a summary is not a number, or below 0.',
  STORE_SUMMARY_COLUMN_INVALID: 'A summary lacks a column, or has one that is not known.',
  STORE_MEMBER_ROW_MISSING: 'A summary does not say what any member judged.',
  STORE_MEMBER_NAME_INVALID: 'The name of a member holds the character that stands between names.',
  STORE_KEY_DUPLICATE: 'Two rows have the same key.',
  STORE_ROW_INVALID:
    'A row could not be read and was left out: wrong number of fields, an open quote, bytes that are not UTF-8.',
  STORE_LINE_INVALID: 'A line is not valid JSON in UTF-8 and was left out.',
  STORE_LINE_TOO_LONG: 'A line or row is longer than the bound and was left out.',
  STORE_MANIFEST_INVALID: 'The manifest of a column is missing, is not JSON, or lacks a field.',
  STORE_COLUMN_INVALID: 'A column cannot be stored or read: lengths, ids, statuses or scores do not fit together.',
  STORE_COLUMN_HASH_MISMATCH: 'A stored column is not the one that its manifest describes.',
  STORE_NPY_INVALID: "A file is no array in NumPy's format, or one that is not read here.",
  STORE_ENCODER_COLUMN_INVALID:
    'Rows of an encoder cannot be stored or read: keys, rows and width do not fit together.',
  STORE_DATASET_MISMATCH: 'A stored column was made over another dataset, or another version of it.',
  STORE_SPLIT_UNKNOWN: 'The dataset has no split of that name.',
  STORE_ID_SET_UNKNOWN:
    'The ids that a member was fitted on cannot be resolved, so nobody can tell whether it saw the examples.',
  STORE_QUERY_INVALID: 'A query of a log of evidence lacks a field, or its file was edited or renamed.',
  STORE_LOG_UNUSABLE: 'The folder of a log of evidence cannot be read or written.',
  EVAL_TRAINED_ON: 'Examples to be evaluated are among those that the member was fitted on.',
} as const;

/** A code of {@link STORE_ERRORS}. */
export type StoreErrorCode = keyof typeof STORE_ERRORS;

/** An error thrown by this package. */
export class StoreError extends ClamorError<StoreErrorCode> {}
