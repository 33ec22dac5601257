import { errorCode, errorMessage } from '@clamor/contract';
import { type AuditEntry, readAuditLog } from '@clamor/runtime';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { queueAnswer } from '../queue/queue-answer.ts';
import { readRefs } from '../queue/read-refs.ts';
import { readSuiteTree } from '../queue/suite-packages.ts';
import { stateDirectory } from '../state-directory.ts';
import { type ReportOutputs, writeReport } from '../write-report.ts';

/** What {@link queue} takes. */
export interface QueueOptions extends Omit<ReportOutputs, 'junit'> {
  /** Default the only one on the base. */
  readonly suite?: string;
  /** What candidates are merged into; default `main`, `origin/main`, `master` or `origin/master`, the first that is there. */
  readonly base?: string;
  /** Candidates without a commit since then, and what came in or was opened before, are left out. */
  readonly since?: Date;
  /** The state directory; default `.clamor/state/SUITE` at the top of the work tree. */
  readonly state?: string;
  /** Folder of the log of evidence in the repository; default `evidence` in the package of kind evaluation. */
  readonly evidence?: string;
}

/**
 * `clamor queue`: which candidates are open and what stands between each and the base, what became of the suite's figures, and how long
 * candidates took. From git and files alone; no member is loaded and nothing is measured.
 *
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`, `CLI_QUEUE_BASE_UNKNOWN`, `CLI_QUEUE_SUITE_UNKNOWN`, `CLI_OUTPUT_UNWRITABLE`
 */
export async function queue(options: QueueOptions, io: Io): Promise<ExitCode> {
  const refs = await readRefs(options.base, { cwd: io.cwd });
  const tree = await readSuiteTree({
    cwd: refs.top,
    commit: refs.base.commit,
    ...(options.suite === undefined ? {} : { suite: options.suite }),
    ...(options.evidence === undefined ? {} : { evidence: options.evidence.replace(/\/+$/, '') }),
  });
  const state = await readState(stateDirectory(options.state, { host: refs.top, suite: tree.suite }, io));
  const answer = await queueAnswer({
    refs,
    tree,
    log: state.log,
    now: io.now(),
    since: options.since ?? null,
  });
  const result = { ...answer, faults: [...answer.faults, ...state.faults] };
  await writeReport({ kind: 'queue', suite: tree.suite, result }, options, io);
  return result.faults.length === 0 ? EXIT_CODES.ok : EXIT_CODES.data;
}

/** A log that cannot be read is told, and the rest of the queue is not lost. */
async function readState(dir: string): Promise<{ log: readonly AuditEntry[]; faults: readonly string[] }> {
  try {
    return { log: await readAuditLog(dir), faults: [] };
  } catch (error) {
    if (errorCode(error)?.startsWith('STATE_') !== true) throw error;
    return { log: [], faults: [errorMessage(error)] };
  }
}
