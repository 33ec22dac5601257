import { ClamorError } from '@clamor/contract';

/** What can be wrong with the data that the spam suite is measured on. */
export const DATASET_ERRORS = {
  DATASET_MISSING: 'The package that holds the mails is not installed, or one of its files is gone.',
  DATASET_CHANGED: 'A mail is not the one that the split was made from: its MD5 differs.',
  DATASET_SPLIT_INVALID: 'The table of splits has a line that cannot be read.',
  DATASET_SPLIT_UNKNOWN: 'There is no split of that name.',
} as const;

/** A code of {@link DATASET_ERRORS}. */
export type DatasetErrorCode = keyof typeof DATASET_ERRORS;

/** An error in the data that the spam suite is measured on. */
export class DatasetError extends ClamorError<DatasetErrorCode> {}
