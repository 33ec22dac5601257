/** What a coded error may carry besides its code and message. */
export interface ClamorErrorOptions {
  /** The foreign error that led here, wrapped once. */
  readonly cause?: unknown;
}

/**
 * The base of every error that Clamor throws on purpose.
 *
 * The code is API and the prose is not: test `error.code`, never `instanceof`, because two copies of this package may be
 * installed side by side. The message says what happened (with the value and the place), what was wanted, and what to do.
 *
 * @example new ClamorError('EVAL_LENGTH_MISMATCH', '3 labels, 2 scores.').code // 'EVAL_LENGTH_MISMATCH'
 */
export class ClamorError<Code extends string = string> extends Error {
  /** `AREA_WHAT` in capitals; adding a code is a minor change, changing one is major. */
  readonly code: Code;

  constructor(code: Code, message: string, options: ClamorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
  }
}

/** The codes this package throws, each with the situation it names. */
export const CONTRACT_ERRORS = {
  CONTRACT_DEFINITION_INVALID: 'A define… helper was given something that cannot be a classifier, encoder or suite.',
  CONTRACT_INPUT_INVALID: 'An input specification has a width, a maximum or a name that cannot be used.',
  CONTRACT_COLUMN_INVALID: 'A score column was built with a length that is not that of its batch.',
} as const;

/** A code of {@link CONTRACT_ERRORS}. */
export type ContractErrorCode = keyof typeof CONTRACT_ERRORS;

/** An error thrown by this package. */
export class ContractError extends ClamorError<ContractErrorCode> {}

/**
 * The code of anything thrown, whoever threw it.
 *
 * @returns The `code` when it is a string, otherwise `null`.
 * @example errorCode(new ClamorError('EVAL_TRAINED_ON', '…')) // 'EVAL_TRAINED_ON'
 */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * The message of anything thrown, whoever threw it.
 *
 * @example errorMessage('boom') // 'boom'
 */
export function errorMessage(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
