/** The codes of this tool, each with the situation it names. */
export const RELEASE_ERRORS = {
  RELEASE_CHANGESET_SHARED: 'A changeset names a member and another package: the figures in it would be told of both.',
  RELEASE_MAJOR_ALONE: 'A package breaks what others need, and one of those has no changeset that says it breaks, too.',
  RELEASE_RECORD_INVALID: "A member's record cannot be read, so its changelog cannot say the figures.",
  RELEASE_HISTORY_SHALLOW: 'The history of the repository does not reach back to the last release of a member.',
  RELEASE_NOT_COMMITTED: 'A changelog has an entry for a version that no commit has: the last step was not committed.',
  RELEASE_TREE_DIRTY: 'Files differ from what is committed, so nobody could tell what was published.',
  RELEASE_LOCKFILE_LOST: 'A merged lockfile lacks a package that both sides have.',
  RELEASE_ONLY_INCOMPLETE:
    'Packages were to be released by themselves that need others to go out with them, or have no changeset.',
  RELEASE_STEP_FAILED: 'A command of the release ended with an error.',
} as const;

/** A code of {@link RELEASE_ERRORS}. */
export type ReleaseErrorCode = keyof typeof RELEASE_ERRORS;

/**
 * An error of this tool.
 *
 * Not a `ClamorError`: Changesets imports the changelog by itself, without the condition that leads to the sources of
 * `@clamor/contract`, and long before anything is built.
 */
export class ReleaseError extends Error {
  readonly code: ReleaseErrorCode;

  constructor(code: ReleaseErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.name = 'ReleaseError';
    this.code = code;
  }
}
