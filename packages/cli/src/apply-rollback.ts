import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { errorMessage } from '@clamor/contract';
import {
  compareLock,
  formatLockDifference,
  inspectSuite,
  type InstalledSuite,
  type LockedSuite,
  type SuiteLock,
  writeLock,
} from '@clamor/runtime';

import { CliError } from './errors.ts';
import { withDependencies } from './host-manifest.ts';
import { type Io, printable } from './io.ts';
import { pinEncoders } from './pin-encoders.ts';
import type { RollbackPlan, RollbackStep } from './rollback-plan.ts';
import { runNpm } from './run-npm.ts';

/** A rollback that may begin. */
export interface Rollback {
  readonly host: string;
  /** Path of the lockfile of npm. */
  readonly lockfile: string;
  readonly plan: RollbackPlan;
  /** Path of the lock. */
  readonly file: string;
  /** What the lock will be. */
  readonly target: SuiteLock;
  /** What is installed so far; `null` when it cannot be read. */
  readonly before: InstalledSuite | null;
}

/**
 * Lets npm install what a plan says, and compares the result with the lock. When npm fails, is stopped, or installs something
 * else, package.json, both locks and node_modules are put back.
 *
 * @throws {CliError} `CLI_ROLLBACK_FAILED`, saying what was put back.
 */
export async function applyRollback(rollback: Rollback, io: Io): Promise<void> {
  const { host, lockfile, plan, file, target } = rollback;
  const manifest = join(host, 'package.json');
  const backups = await Promise.all(
    [manifest, lockfile, file].map(async (path) => ({ path, bytes: await readFile(path) })),
  );
  // First of all: should this process be killed, the next rollback still goes to the same lock.
  await writeLock(file, target);
  await writeFile(manifest, withDependencies(backups[0]?.bytes.toString() ?? '', plan.steps));
  await removeReplaced(plan.steps, host);
  let problem = await install(target, host, io);
  // npm may have taken another version of an encoder than the one that was locked: the host does not declare encoders.
  if (problem !== null && !io.signal.aborted && (await pinEncoders(target, rollback).catch(() => false)))
    problem = await install(target, host, io);
  if (problem === null) return;
  const message = `${problem}\n${await restore(backups, rollback)}`;
  // Whoever stopped the run gets no error of it, and must know all the same.
  if (io.signal.aborted) io.stderr.write(`${printable(message)}\n`);
  throw new CliError('CLI_ROLLBACK_FAILED', message);
}

/** What is installed of a suite; `null` when it cannot be read, which is a reason to go back. */
export async function inspectIfReadable(
  { suite, exclude }: Pick<LockedSuite, 'suite' | 'exclude'>,
  host: string,
): Promise<InstalledSuite | null> {
  return await inspectSuite({ from: host, suite, exclude }).then(
    ({ installed }) => installed,
    () => null,
  );
}

/** No funding, no audit: this may be an emergency, and offline. */
const NPM_INSTALL = ['install', '--no-audit', '--no-fund'] as const;

/** npm does not look at files of a version that it has installed already. */
async function removeReplaced(steps: readonly RollbackStep[], host: string): Promise<void> {
  for (const { kind, name } of steps)
    if (kind === 'replace') await rm(join(host, 'node_modules', name), { recursive: true, force: true });
}

/** @returns `null` when npm installed what was locked; otherwise what is wrong. */
async function install(target: LockedSuite, host: string, io: Io): Promise<string | null> {
  const { exitCode, output } = await runNpm(NPM_INSTALL, host, io.signal);
  return exitCode === 0 ? differencesFrom(target, host) : npmProblem(exitCode, output);
}

/** @returns `null` when what is installed is what was locked. */
async function differencesFrom(target: LockedSuite, host: string): Promise<string | null> {
  try {
    const { installed } = await inspectSuite({ from: host, suite: target.suite, exclude: target.exclude });
    const differences = compareLock(target, installed).map((each) => `  ${formatLockDifference(each)}`);
    if (differences.length === 0 && installed.suiteVersion === target.suiteVersion) return null;
    return `npm installed something else than was locked (suite version ${installed.suiteVersion}, wanted ${target.suiteVersion}):\n${differences.join('\n')}`;
  } catch (error) {
    return `What npm installed cannot be read: ${errorMessage(error)}`;
  }
}

interface Backup {
  readonly path: string;
  readonly bytes: Buffer;
}

/** @returns What the state of the installation is now, for people. */
async function restore(backups: readonly Backup[], { before, target, host }: Rollback): Promise<string> {
  await writeBack(backups);
  // Not under the signal of the run: half an installation is worse than a late exit.
  const { exitCode, output } = await runNpm(NPM_INSTALL, host, new AbortController().signal);
  await writeBack(backups); // npm may have tidied them up.
  const files = 'package.json and the locks are as before';
  if (exitCode !== 0) return `${files}, node_modules may not be: ${npmProblem(exitCode, output)}`;
  const after = before === null ? null : await inspectIfReadable(target, host);
  if (before === null || after === null) return `${files}, and npm install was run.`;
  const differences = compareLock(before, after);
  if (differences.length === 0) return 'Everything is as it was before.';
  const packages = [...new Set(differences.map((each) => `${each.package} ${each.version}`))];
  return `${files}, but these are not: ${packages.join(', ')}. Run npm ci.`;
}

async function writeBack(backups: readonly Backup[]): Promise<void> {
  for (const { path, bytes } of backups) await writeFile(path, bytes);
}

function npmProblem(exitCode: number | null, output: string): string {
  // The reason stands in the last lines.
  const lines = output.trimEnd().split('\n').slice(-15);
  const end = exitCode === null ? 'npm install was stopped' : `npm install ended with ${exitCode}`;
  return [`${end}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
