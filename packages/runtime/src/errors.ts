import { ClamorError } from '@clamor/contract';

/** The codes this package throws or puts into faults and judgements, each with the situation it names. */
export const RUNTIME_ERRORS = {
  HOST_NOT_FOUND: 'No package.json was found at or above the folder where discovery starts.',
  PACKAGE_MISSING: 'A declared dependency is not installed, so nobody knows whether it is a member.',
  PACKAGE_MANIFEST_INVALID: 'A package.json cannot be read, or its clamor field is not a marker.',
  PACKAGE_CONTRACT_MISMATCH: 'A package was written against another contract.',
  SUITE_NOT_FOUND: 'No installed package is the suite that was asked for.',
  SUITE_AMBIGUOUS:
    'Several installed packages are the suite that was asked for, or none was named and there are several.',
  SUITE_POLICY_INVALID: "The suite's assets/policy.json is missing or not a policy.",
  SUITE_LOAD_FAILED: "The suite's code cannot be imported or exports no suite.",
  SUITE_FAULTY: 'Packages of the suite have faults; the message lists all of them.',
  SUITE_FULL_SHARE_RANGE: 'The share of examples that is asked in full is not from 0 to 1.',
  SUITE_CLOSED: 'The suite was closed; load it again.',
  SUITE_DEADLINE: 'The time for a batch was over before a member had its turn.',
  SUITE_OVERLOADED: 'More examples wait than the suite accepts, or one waited longer than its deadline.',
  LOCK_MISSING: 'There is no lock where one was asked for.',
  LOCK_INVALID: 'The lock cannot be read, or is not a lock of this version of Clamor.',
  LOCK_WRITE_FAILED: 'A lock cannot be written where it was to stand.',
  SUITE_LOCK_MISMATCH: 'What is installed differs from the lock; the message lists each difference.',
  STATE_MEMBER_UNKNOWN: 'A change of the state names a member that is not installed.',
  STATE_VERSION_UNKNOWN: 'A change of the state names a version of a member that is not installed.',
  STATE_ROLLOUT_RANGE: 'A rollout is not a percentage from 0 to 100.',
  STATE_REASON_MISSING: 'A change of the state, or an edit of state.json, does not say who made it or why.',
  STATE_CHANGE_INVALID: 'A change of the state has a value of the wrong kind, or changes nothing.',
  STATE_REVISION_STALE: 'An edit of state.json does not raise the revision, so it may be older than the state.',
  STATE_FILE_INVALID: 'state.json cannot be read as a state.',
  STATE_LOG_INVALID: 'The audit log has a line that cannot be read, or lacks what was in it.',
  STATE_LOCKED: 'Another process holds the state directory and does not let go.',
  STATE_IO_FAILED: 'A file of the state directory cannot be read or written.',
  STATE_CLOSED: 'The state was closed; open it again.',
  SUITE_RELOAD_REFUSED: 'What is installed now has a fault that was not there before; the suite goes on as it was.',
  STATE_MEMBER_FAULTY: 'A member that is to be switched on cannot be loaded.',
  MEMBER_REQUIRED_MISSING: 'A member that the policy requires is not installed.',
  MEMBER_SUITE_RANGE: 'A member does not accept the installed version of its suite or of the contract.',
  MEMBER_RECORD_INVALID: "A member's assets/record.json is missing or not a record.",
  MEMBER_ARTIFACT_MISSING: "A member's artifact cannot be read.",
  MEMBER_ARTIFACT_MISMATCH: "The bytes of a member's artifact are not those of its record.",
  MEMBER_PROVENANCE_MISSING: 'Provenance is required, and a member has none that can be found.',
  MEMBER_PROVENANCE_INVALID:
    'Provenance is required, and that of a member does not verify, or is not of the installed tarball or an accepted repository.',
  MEMBER_CONTENT_CHANGED: "A member's files changed after they were checked, so a worker does not load them.",
  MEMBER_DUPLICATE: 'Two installed packages are the same member.',
  MEMBER_IMPORT_FAILED: "A member's code throws when it is imported, or cannot be found.",
  MEMBER_SHAPE_INVALID: 'A member exports no classifier, or one that is not what its record says.',
  MEMBER_LOAD_FAILED: 'A member throws when it is loaded.',
  MEMBER_LOAD_TIMEOUT: 'A member did not finish importing, loading or scoring its samples in time.',
  MEMBER_SAMPLES_INVALID: "A member's assets/samples.jsonl is missing or not samples.",
  MEMBER_SAMPLES_MISMATCH: 'A member gives its samples other scores than it recorded.',
  MEMBER_THREW: 'A member throws on an example.',
  MEMBER_RESULT_INVALID: 'A member returned something that is not a score column of the right length.',
  MEMBER_FEATURES_THREW: "A member's feature function throws on an example.",
  MEMBER_SCORE_NOT_FINITE: 'A member gives a score that is NaN or infinite.',
  MEMBER_ABSTAINED_UNDECLARED: 'A member abstained though its record says that it never does.',
  MEMBER_DEADLINE: 'A member did not answer in time.',
  MEMBER_CRASHED:
    'A member ended its worker: it called process.exit, ran out of memory, or failed where nobody listened.',
  MEMBER_STOPPED: 'A member cost several workers in a row and rests for a while before it is called again.',
  MEMBER_BREAKER_OPEN: 'A member failed several batches in a row and is left alone until a probe of it succeeds.',
  EXAMPLE_INVALID: "The suite's schema refuses the input.",
  EXAMPLE_TIMEOUT: 'The suite did not finish parsing the input in time.',
} as const;

/** A code of {@link RUNTIME_ERRORS}. */
export type RuntimeErrorCode = keyof typeof RUNTIME_ERRORS;

/** An error thrown by this package. */
export class RuntimeError extends ClamorError<RuntimeErrorCode> {}
