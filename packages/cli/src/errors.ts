import { ClamorError } from '@clamor/contract';

/** The codes this package throws or prints beside an input. */
export const CLI_ERRORS = {
  CLI_USAGE: 'The command line asks for something that does not exist or does not fit together.',
  CLI_FORMAT_UNKNOWN: 'The extension of a file names no format that the suite or the store reads.',
  CLI_INPUT_UNREADABLE: 'A file to be judged or encoded cannot be read.',
  CLI_INPUT_EMPTY: 'A file to be judged or encoded holds nothing.',
  CLI_TEXTS_INVALID: 'A file of texts to be encoded has a line that is no JSON string, or more text than is held.',
  CLI_ENCODER_UNKNOWN: 'No encoder of a name is installed.',
  CLI_ENCODER_AMBIGUOUS: 'Several installed encoders have the name that was given.',
  CLI_OUTPUT_UNWRITABLE: 'A file that was asked for cannot be written.',
  CLI_EVALUATION_MISSING: 'No package of kind evaluation is installed for the suite.',
  CLI_EVALUATION_INVALID: 'The package of kind evaluation cannot be imported or exports no evaluation of the suite.',
  CLI_NO_EXAMPLES: 'A split has no example that could be read, so there is nothing to measure.',
  CLI_SPLIT_NOT_EXPLORE: 'Examples of a split were to be shown, and the split does not have the role explore.',
  CLI_SPLIT_AMBIGUOUS: 'No split was named, and not exactly one has the role that the command asks by default.',
  CLI_SPLIT_HELD_BACK:
    'A threshold was to be tuned on a split that is held back for decisions, or its examples exported.',
  CLI_EVIDENCE_LOG_MISSING: 'A split that is held back was asked, and its evaluation has no log of evidence.',
  CLI_MEMBER_UNKNOWN: 'The suite or table has no member of a name.',
  CLI_MEMBER_FAULTY: 'A member that was asked about is not loaded.',
  CLI_MEMBER_NOT_MEASURED: 'A member that was asked about has no scores on the split.',
  CLI_NAME_TAKEN: 'A candidate from a file has the name of a member, or of another candidate.',
  CLI_VERSION_UNUSABLE: 'The other version of a member, named by --against, cannot be measured.',
  CLI_VERSION_MISSING: 'The registry has no such version of a package.',
  CLI_REGISTRY_FAILED: 'npm could not install another version of a package, though it may exist.',
  CLI_CHANGESET_MISSING: 'The changesets were to be checked, and the repository has none.',
  CLI_CHANGESET_INVALID: 'A changeset cannot be read.',
  CLI_QUEUE_GIT_FAILED: 'git could not tell what the queue is made of: there is no repository, or git is too old.',
  CLI_QUEUE_BASE_UNKNOWN: 'There is no branch that candidates could be merged into.',
  CLI_QUEUE_SUITE_UNKNOWN: 'The base holds no package of a suite of that name, or of several and none was named.',
  CLI_TABLE_INCOMPLETE: 'A table that a decision was to be made on has rows that cannot be read.',
  CLI_KEYS_MISSING: 'A table whose examples are to be labelled has no keys.',
  CLI_NOTHING_TO_LABEL: 'No example without a label could be chosen.',
  CLI_LABELS_MISMATCH: 'Labels that came in are not of the examples that were chosen, or are known already.',
  CLI_TABLES_DIFFER: 'Two tables with two versions of a member are not over the same examples with the same labels.',
  CLI_MEMBERS_DIFFER: 'The stored columns of a split are not over the examples of the split.',
  CLI_EXAMPLE_NOT_JSON: 'An example was to be exported, and JSON has no form for its input.',
  CLI_EXAMPLES_CHANGED: 'A dataset gave other examples when it was read a second time in one run.',
  CLI_LOCK_REFUSED: 'What is installed was not locked: it has faults, or the file is the lock of another suite.',
  CLI_ROLLBACK_NOTHING: 'What is installed is what is locked, and there is no earlier lock to go back to.',
  CLI_ROLLBACK_REFUSED:
    'npm cannot bring back what was locked; the message says of which packages, and nothing was changed.',
  CLI_ROLLBACK_WORKSPACE: 'A package to be rolled back is one of the workspace, or a linked folder.',
  CLI_ROLLBACK_BUNDLED: 'A package to be rolled back came with a bundle, and not by itself.',
  CLI_ROLLBACK_SOURCE: 'The tarball of a package to be rolled back is gone, or is another one by now.',
  CLI_ROLLBACK_FAILED:
    'npm could not install what was locked, or installed something else; the installation was put back.',
  INTERNAL_CLI: 'A bug in Clamor; please report it.',
} as const;

/** A code of {@link CLI_ERRORS}. */
export type CliErrorCode = keyof typeof CLI_ERRORS;

/** An error thrown by this package. */
export class CliError extends ClamorError<CliErrorCode> {}
