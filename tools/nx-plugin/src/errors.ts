/** The codes this package throws or prints, each with the situation it names. */
export const NX_ERRORS = {
  GENERATE_USAGE: 'A command was called with options that it does not have, or without one that it needs.',
  GENERATE_NAME_INVALID: 'The name of a member, suite, encoder or scope cannot be used.',
  GENERATE_NAME_TAKEN: 'There is a folder or a package of that name.',
  GENERATE_SUITE_UNKNOWN: 'No package of the workspace, and none that it declares, is the suite.',
  GENERATE_ENCODER_UNKNOWN: 'No package of the workspace, and none that it declares, is the encoder of a head.',
  GENERATE_ENCODER_AMBIGUOUS: 'A head was to be made without naming its encoder, and there are several.',
  GENERATE_ENCODER_UNREADABLE: 'The encoder cannot be run to encode the samples.',
  GENERATE_WORKSPACE_INVALID: 'The workspace has no package.json, or one whose workspaces leave the new folder out.',
  GENERATE_SAMPLES_MISSING: 'There are not enough inputs that samples could be made of.',
  GENERATE_SAMPLES_ALIKE: 'All samples get the same score, so that no threshold lies between them.',
  GENERATE_SUITE_UNREADABLE: 'The code of the suite cannot be run to parse the samples, or refuses one.',
  GENERATE_INSTALL_FAILED: 'The package manager could not add the new package to the lockfile.',
  PACK_FAILED: 'npm cannot pack the package.',
  PACK_FILE_MISSING: 'A file that a package must hold, by its exports, its kind or its record, is not packed.',
  PACK_FILE_UNWANTED: 'Sources, tests, recipes or secrets would be published.',
  PACK_ARTIFACT_MISMATCH: 'An artifact is not the one of the record: every host refuses the package.',
  PACK_CARD_INCOMPLETE: 'The card of a member leaves out what its users must know.',
  PACK_TOOL_MISSING: 'publint or attw is not installed.',
  PACK_TOOL_FAILED: 'publint or attw finds a fault in the package.',
  BOUNDARY_CROSSED: 'A package imports one that the map keeps it from, or has no place on the map.',
  BOUNDARY_GRAPH_FAILED: 'Nx cannot make the graph of the workspace.',
  MERGE_BASE_UNKNOWN: 'git knows no such commit, or no history that it shares with what is checked out.',
  MERGE_CLAMOR_MISSING: 'The workspace has no @clamor/cli, which gates and compares.',
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
