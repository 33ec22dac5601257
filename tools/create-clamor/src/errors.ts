/** The codes this package throws or prints, each with the situation it names. */
export const CREATE_ERRORS = {
  CREATE_USAGE: 'The command was called with options that it does not have, or without one that it needs.',
  CREATE_NAME_INVALID: 'The name of a project, suite, scope or package cannot be used.',
  CREATE_FOLDER_TAKEN: 'The folder is there and not empty, or is a file.',
  CREATE_MEMBERS_MISSING: 'A host of a suite that is not ours was asked for, and no member of it was named.',
  CREATE_GENERATE_FAILED: 'The generators of @clamor/nx could not make the suite.',
  CREATE_INSTALL_FAILED: 'npm could not install what the project needs; its files are there.',
  CREATE_LOCK_FAILED: 'What was installed could not be locked: a package has a fault, or there is no suite among them.',
} as const;

/** A code of {@link CREATE_ERRORS}. */
export type CreateErrorCode = keyof typeof CREATE_ERRORS;

/**
 * An error thrown by this package; test its `code`.
 *
 * It does not extend the base class of the contract: this program runs where nothing of ours is installed yet.
 */
export class CreateError extends Error {
  readonly code: CreateErrorCode;

  constructor(code: CreateErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(`${code}: ${message}`, options);
    this.name = 'CreateError';
    this.code = code;
  }
}
