import { ClamorError } from '@clamor/contract';

/** Why an input is not a mail. Each becomes an issue of the schema; parsing throws nothing else on purpose. */
export const MAIL_ERRORS = {
  MAIL_EMPTY: 'The input holds no bytes but white space and NUL.',
  MAIL_TOO_LARGE: 'The input is larger than the limit.',
  MAIL_UNREADABLE: 'The MIME parser gave up: too many header bytes, or parts nested too deeply.',
  MAIL_INPUT_INVALID: 'The input is neither bytes, nor text, nor an object with raw, or from, subject, text, html.',
} as const;

/** A code of {@link MAIL_ERRORS}. */
export type MailErrorCode = keyof typeof MAIL_ERRORS;

/** An input that is not a mail. */
export class MailError extends ClamorError<MailErrorCode> {}
