/** The codes this package throws or prints, each with the situation it names. */
export const NX_ERRORS = {
  GENERATE_USAGE: 'A command was called with options that it does not have, or without one that it needs.',
  GENERATE_NAME_INVALID: 'The name of a member, suite, encoder or scope cannot be used.',
  GENERATE_NAME_TAKEN: 'There is a folder or a package of that name.',
  GENERATE_SUITE_UNKNOWN: 'No package of the workspace, and none that it declares, is the suite.',
  GENERATE_WORKSPACE_INVALID: 'The workspace has no package.json, or one whose workspaces leave the new folder out.',
  GENERATE_SAMPLES_MISSING: 'There are not enough inputs that samples could be made of.',
  GENERATE_SAMPLES_ALIKE: 'All samples get the same score, so that no threshold lies between them.',
  GENERATE_SUITE_UNREADABLE: 'The code of the suite cannot be run to parse the samples, or refuses one.',
  GENERATE_INSTALL_FAILED: 'The package manager could not add the new package to the lockfile.',
} as const;

/** A code of {@link NX_ERRORS}. */
export type NxErrorCode = keyof typeof NX_ERRORS;

/**
 * An error thrown by this package; test its `code`.
 *
 * It does not extend the base class of the contract: a generator runs before anything is built or installed, so this package
 * imports none of ours.
 */
export class NxError extends Error {
  readonly code: NxErrorCode;

  constructor(code: NxErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(`${code}: ${message}`, options);
    this.name = 'NxError';
    this.code = code;
  }
}
