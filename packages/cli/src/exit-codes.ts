import { errorCode } from '@clamor/contract';

/**
 * What `clamor` answers to the shell. 1, 2 and 3 belong to `clamor gate`, 4 to `clamor compare`, so that a script can tell an outcome from an
 * error; errors have the numbers of sysexits.h (BSD), from 64 on.
 */
export const EXIT_CODES = {
  /** Done; nothing was left out. Of a gate: pass. */
  ok: 0,
  /** Of a gate: fail. */
  gateFail: 1,
  /** Of a gate: inconclusive. */
  gateInconclusive: 2,
  /** Of a gate: no effect. */
  gateNoEffect: 3,
  /** Of compare --changeset: the changesets say less than the behaviour does. */
  changesetLess: 4,
  /** The command line is wrong, or Node is too old (EX_USAGE). */
  usage: 64,
  /** Data is wrong: a file, a row, an example; whatever could be done with the rest was done (EX_DATAERR). */
  data: 65,
  /** The suite, one of its packages, or its evaluation could not be loaded (EX_UNAVAILABLE). */
  suite: 69,
  /** A bug of Clamor, or something nobody foresaw (EX_SOFTWARE). */
  internal: 70,
  /** Stopped by SIGINT (Ctrl-C); what was finished until then was printed. */
  interrupted: 130,
} as const;

/** A number of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** First match wins, so single codes stand before the areas they belong to. */
const BY_PREFIX: readonly (readonly [prefix: string, exit: ExitCode])[] = [
  ['CLI_USAGE', EXIT_CODES.usage],
  ['CLI_SPLIT_', EXIT_CODES.usage],
  ['CLI_MEMBER_UNKNOWN', EXIT_CODES.usage],
  ['CLI_ENCODER_', EXIT_CODES.usage],
  ['CLI_NAME_TAKEN', EXIT_CODES.usage],
  ['CLI_QUEUE_BASE_UNKNOWN', EXIT_CODES.usage],
  ['CLI_QUEUE_SUITE_UNKNOWN', EXIT_CODES.usage],
  ['CLI_QUEUE_GIT_FAILED', EXIT_CODES.suite],
  ['STORE_SPLIT_UNKNOWN', EXIT_CODES.usage],
  ['STATE_MEMBER_UNKNOWN', EXIT_CODES.usage],
  ['STATE_VERSION_UNKNOWN', EXIT_CODES.usage],
  ['STATE_ROLLOUT_RANGE', EXIT_CODES.usage],
  ['STATE_REASON_MISSING', EXIT_CODES.usage],
  ['STATE_CHANGE_INVALID', EXIT_CODES.usage],
  ['CLI_MEMBER_FAULTY', EXIT_CODES.suite],
  ['CLI_EVIDENCE_LOG_MISSING', EXIT_CODES.suite],
  ['CLI_ROLLBACK_', EXIT_CODES.suite],
  ['CLI_LOCK_', EXIT_CODES.suite],
  ['CLI_REGISTRY_FAILED', EXIT_CODES.suite],
  ['CLI_EVALUATION_', EXIT_CODES.suite],
  ['CLI_', EXIT_CODES.data],
  ['STORE_', EXIT_CODES.data],
  ['EVAL_', EXIT_CODES.data],
  ['STATE_', EXIT_CODES.data],
  ['HOST_', EXIT_CODES.suite],
  ['PACKAGE_', EXIT_CODES.suite],
  ['SUITE_', EXIT_CODES.suite],
  ['LOCK_', EXIT_CODES.suite],
  ['MEMBER_', EXIT_CODES.suite],
  ['ENCODER_', EXIT_CODES.suite],
];

/**
 * The exit code for anything thrown.
 *
 * @example exitCodeOf(new ClamorError('STORE_FILE_EMPTY', '…')) // 65
 */
export function exitCodeOf(error: unknown): ExitCode {
  const code = errorCode(error) ?? '';
  return BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? EXIT_CODES.internal;
}
