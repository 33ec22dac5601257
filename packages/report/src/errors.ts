import { ClamorError } from '@clamor/contract';

/** The codes this package throws, each with the situation it names. */
export const REPORT_ERRORS = {
  REPORT_EMPTY: 'A report has no section, so there is nothing to show.',
  REPORT_NOT_FINITE: 'A figure of the report is NaN or infinite; an undefined figure is null.',
  REPORT_EXAMPLES_REFUSED: 'Examples to read were given for a split that does not have the role explore.',
  REPORT_EXACT_REFUSED: 'Exact figures were asked for on a split that gates and may not be explored.',
  REPORT_WIDTH_INVALID: 'The width of the terminal report is not a positive whole number.',
} as const;

/** A code of {@link REPORT_ERRORS}. */
export type ReportErrorCode = keyof typeof REPORT_ERRORS;

/** An error thrown by this package. */
export class ReportError extends ClamorError<ReportErrorCode> {}
