import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorCode, errorMessage } from '@clamor/contract';
import writeFileAtomic from 'write-file-atomic';
import { RuntimeError } from '../errors.ts';
import { type Check, createCheck } from '../discovery/validate.ts';
import { compareLock, lockMismatchError } from './compare-lock.ts';
import { type InstalledSuite, LOCK_SCHEMA, PREVIOUS_LOCKS, type LockedSuite, type SuiteLock } from './locked-suite.ts';

/** Name of a lock, beside the package.json of the host. */
export const LOCK_FILE = 'clamor.lock.json';

/** Who locks, and when. */
export interface CreateLockOptions {
  readonly by: string;
  readonly createdAt: Date;
  /** Of the state at that time; information only. */
  readonly stateVersion: string;
  /** What was left out when the installation was looked at; default none. */
  readonly exclude?: readonly string[];
  /** The lock there is so far; it and its predecessors are kept, newest first. Default none. */
  readonly previous?: SuiteLock | null;
}

/**
 * A lock of what is installed. A previous lock that nothing has changed against is replaced, not kept beside it.
 *
 * @param installed - As `inspectSuite` describes it.
 */
export function createLock(installed: InstalledSuite, options: CreateLockOptions): SuiteLock {
  const { by, createdAt, stateVersion, exclude = [], previous = null } = options;
  const earlier = previous === null ? [] : toHistory(previous);
  return {
    lockVersion: 1,
    ...installed,
    stateVersion,
    createdAt: createdAt.toISOString(),
    by,
    exclude,
    previous: earlier.filter((lock) => compareLock(lock, installed).length > 0).slice(0, PREVIOUS_LOCKS),
  };
}

/** A lock and those before it, newest first. */
export function toHistory(lock: SuiteLock): readonly LockedSuite[] {
  const { suite, suiteVersion, policy, packages, stateVersion, createdAt, by, exclude } = lock;
  return [{ suite, suiteVersion, policy, packages, stateVersion, createdAt, by, exclude }, ...lock.previous];
}

/**
 * Reads a lock.
 *
 * @param file - Its path.
 * @throws {RuntimeError} `LOCK_MISSING`, `LOCK_INVALID`
 */
export async function readLock(file: string): Promise<SuiteLock> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      throw new RuntimeError('LOCK_MISSING', `There is no ${file}. Write one with clamor lock.`, { cause });
    }
    throw invalid(file, `cannot be read: ${errorMessage(cause)}`, cause);
  }
  const checked = checkLock(value);
  if ('problem' in checked) throw invalid(file, checked.problem);
  return checked.value;
}

/**
 * Writes a lock as a whole or not at all: a reader sees the one before or this one.
 *
 * @throws {RuntimeError} `LOCK_WRITE_FAILED`; what was there before is still there then.
 */
export async function writeLock(file: string, lock: SuiteLock): Promise<void> {
  try {
    await writeFileAtomic(file, `${JSON.stringify(lock, null, 2)}\n`);
  } catch (cause) {
    throw new RuntimeError(
      'LOCK_WRITE_FAILED',
      `${file} cannot be written: ${errorMessage(cause)}. Name a file in a folder that is there and may be written to.`,
      { cause },
    );
  }
}

/**
 * Refuses an installation that differs from its lock.
 *
 * @param locked - `true` for {@link LOCK_FILE} beside the package.json of the host; otherwise a path.
 * @param place - `host`: folder of the host; `from`: folder that a relative path starts at.
 * @throws {RuntimeError} `LOCK_MISSING`, `LOCK_INVALID`, `SUITE_LOCK_MISMATCH`
 */
export async function assertLocked(
  installed: InstalledSuite,
  locked: true | string,
  place: { readonly host: string; readonly from: string },
): Promise<void> {
  const file = locked === true ? join(place.host, LOCK_FILE) : resolve(place.from, locked);
  const differences = compareLock(await readLock(file), installed);
  if (differences.length > 0) throw lockMismatchError(file, differences);
}

/** Whether what is installed agrees with the lock of its host; `none` when there is no lock, or none that can be read. */
export async function lockStanding(installed: InstalledSuite, host: string): Promise<'matches' | 'differs' | 'none'> {
  try {
    const lock = await readLock(join(host, LOCK_FILE));
    return compareLock(lock, installed).length === 0 ? 'matches' : 'differs';
  } catch (error) {
    if (error instanceof RuntimeError) return 'none';
    throw error;
  }
}

const checkLock: Check<SuiteLock> = createCheck<SuiteLock>(LOCK_SCHEMA);

function invalid(file: string, problem: string, cause?: unknown): RuntimeError {
  return new RuntimeError(
    'LOCK_INVALID',
    `${file}: ${problem}. Take it from version control, or write a new one with clamor lock.`,
    { cause },
  );
}
