import { resolve } from 'node:path';

import { errorCode } from '@clamor/contract';
import {
  compareLock,
  createLock,
  formatFault,
  formatLockDifference,
  inspectSuite,
  LOCK_FILE,
  type LockDifference,
  readLock,
  readState,
  stateVersion,
  type SuiteLock,
  writeLock,
} from '@clamor/runtime';

import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { queryAuthor } from '../query-author.ts';
import { stateDirectory } from '../state-directory.ts';

/** What {@link lock} takes. */
export interface LockOptions {
  /** Default the only one installed. */
  readonly suite?: string;
  /** Packages that the host leaves out. */
  readonly exclude?: readonly string[];
  /** Path of the lock; default `clamor.lock.json` beside the package.json of the host. */
  readonly file?: string;
  /** The state directory; default `.clamor/state/SUITE` beside the package.json of the host. */
  readonly state?: string;
  /** Who locks; default the user name of git, otherwise that of the machine. */
  readonly by?: string;
  readonly json?: boolean;
}

/**
 * `clamor lock`: records what is installed, and says what has changed since the last lock.
 *
 * @throws {CliError} `CLI_LOCK_REFUSED`; {RuntimeError} `LOCK_INVALID`, and the codes of `inspectSuite`
 */
export async function lock(options: LockOptions, io: Io): Promise<ExitCode> {
  const { exclude = [] } = options;
  const suite = options.suite === undefined ? {} : { suite: options.suite };
  const { installed, discovery, faults } = await inspectSuite({ from: io.cwd, exclude, ...suite });
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${formatFault(fault)}`);
    throw refused(`what is installed has ${faults.length} fault(s):\n${lines.join('\n')}\nRepair them first`);
  }
  const file = lockPath(options.file, discovery.host, io);
  const previous = await lastLock(file);
  if (previous !== null && previous.suite !== installed.suite) {
    throw refused(`${file} is the lock of suite "${previous.suite}". Name another one with --file`);
  }
  const stateDir = stateDirectory(options.state, { host: discovery.host, suite: installed.suite }, io);
  const differences = previous === null ? [] : compareLock(previous, installed);
  const next = createLock(installed, {
    by: options.by ?? (await queryAuthor(io)),
    createdAt: io.now(),
    stateVersion: stateVersion(await readState(stateDir)),
    exclude,
    previous,
  });
  const isNew = previous === null || differences.length > 0;
  if (isNew) await writeLock(file, next);
  print(options, { file, differences, lock: isNew ? next : previous, previous }, io);
  return EXIT_CODES.ok;
}

/** Path of a lock; a relative one starts at the working directory. */
export function lockPath(file: string | undefined, host: string, io: Io): string {
  return file === undefined ? resolve(host, LOCK_FILE) : resolve(io.cwd, file);
}

async function lastLock(file: string): Promise<SuiteLock | null> {
  try {
    return await readLock(file);
  } catch (error) {
    if (errorCode(error) === 'LOCK_MISSING') return null;
    throw error;
  }
}

interface Locked {
  readonly file: string;
  readonly lock: SuiteLock;
  readonly previous: SuiteLock | null;
  readonly differences: readonly LockDifference[];
}

function print({ json }: LockOptions, { file, lock: written, previous, differences }: Locked, io: Io): void {
  if (json === true) {
    const { suite, suiteVersion } = written;
    io.stdout.write(`${JSON.stringify({ file, suite, suiteVersion, changed: differences }, null, 2)}\n`);
    return;
  }
  const what = `suite ${written.suite} ${written.suiteVersion}, ${written.packages.length} packages`;
  const lines =
    previous === null
      ? [`${file}: ${what}. It is the first lock.`]
      : differences.length === 0
        ? [`${file}: ${what}. Nothing has changed since ${lockOrigin(previous)}; the file is as it was.`]
        : [
            `${file}: ${what}.`,
            `Since ${lockOrigin(previous)} (${previous.suiteVersion}):`,
            ...differences.map((difference) => `  ${formatLockDifference(difference)}`),
          ];
  io.stdout.write(`${printable(lines.join('\n'))}\n`);
}

/**
 * When a lock was made, and by whom.
 *
 * @example lockOrigin({ createdAt: '2026-01-02T03:04:05.000Z', by: 'ann' }) // '2026-01-02 03:04 UTC by ann'
 */
export function lockOrigin({ createdAt, by }: { readonly createdAt: string; readonly by: string }): string {
  return `${createdAt.slice(0, 16).replace('T', ' ')} UTC by ${by}`;
}

function refused(why: string): CliError {
  return new CliError('CLI_LOCK_REFUSED', `Nothing was locked: ${why}.`);
}
