import { errorMessage } from '@clamor/contract';
import {
  compareLock,
  discover,
  findNpmLockfile,
  formatFault,
  type InstalledSuite,
  type LockedSuite,
  readLock,
  readState,
  type SuiteLock,
  toHistory,
} from '@clamor/runtime';

import { applyRollback, inspectIfReadable } from '../apply-rollback.ts';
import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { planRollback, type RollbackPlan } from '../rollback-plan.ts';
import { stateDirectory } from '../state-directory.ts';
import { textTable } from '../text-table.ts';
import { lockOrigin, lockPath } from './lock.ts';

/** What {@link rollback} takes. */
export interface RollbackOptions {
  /** Path of the lock; default `clamor.lock.json` beside the package.json of the host. */
  readonly file?: string;
  /** The state directory; default `.clamor/state/SUITE` beside the package.json of the host. */
  readonly state?: string;
  /** Print the plan and change nothing. */
  readonly dryRun?: boolean;
  /** Do not ask. */
  readonly yes?: boolean;
}

/**
 * `clamor rollback`: brings the installation back to the newest lock that differs from it.
 *
 * npm installs exact versions; then what is installed is compared with the lock. When it differs, package.json, both
 * locks and node_modules are put back. The lock gone back to becomes the lock, and newer ones are dropped.
 *
 * @throws {CliError} `CLI_ROLLBACK_NOTHING`, `CLI_ROLLBACK_REFUSED`, `CLI_ROLLBACK_FAILED`, `CLI_USAGE`; {RuntimeError}
 * `LOCK_MISSING`, `LOCK_INVALID`
 */
export async function rollback(options: RollbackOptions, io: Io): Promise<ExitCode> {
  const { host } = discover({ from: io.cwd });
  const file = lockPath(options.file, host, io);
  const lock = await readLock(file);
  const before = await inspectIfReadable(lock, host);
  const target = chooseTarget(lock, before);
  const plan = await planRollback(target, before?.packages ?? null, host);
  const stateDir = stateDirectory(options.state, { host, suite: target.suite }, io);
  const lines = [...planLines(target, before, plan), ...(await stateLines(target, stateDir))];
  io.stdout.write(`${printable(lines.join('\n'))}\n`);
  const lockfile = findNpmLockfile(host);
  assertPossible(plan, lockfile);
  if (options.dryRun === true) return EXIT_CODES.ok;
  if (options.yes !== true && !(await isConfirmed(io))) {
    io.stdout.write('Nothing was changed.\n');
    return EXIT_CODES.ok;
  }
  await applyRollback({ host, lockfile, plan, file, target: withoutNewer(lock, target), before }, io);
  io.stdout.write(
    `${printable(`Rolled back: suite version ${target.suiteVersion} is installed, and ${file} is its lock. The package.json now has exact versions. Reload services that run the suite.`)}\n`,
  );
  return EXIT_CODES.ok;
}

function chooseTarget(lock: SuiteLock, installed: InstalledSuite | null): LockedSuite {
  const target = toHistory(lock).find((each) => installed === null || compareLock(each, installed).length > 0);
  if (target !== undefined) return target;
  throw new CliError(
    'CLI_ROLLBACK_NOTHING',
    `What is installed is what ${lockOrigin(lock)} locked, and there is no earlier lock to go back to.`,
  );
}

function withoutNewer(lock: SuiteLock, target: LockedSuite): SuiteLock {
  const history = toHistory(lock);
  const place = history.findIndex(
    (each) => each.suiteVersion === target.suiteVersion && each.createdAt === target.createdAt,
  );
  return { lockVersion: 1, ...target, previous: history.slice(place + 1) };
}

function planLines(target: LockedSuite, installed: InstalledSuite | null, { steps }: RollbackPlan): string[] {
  const heading = `Suite ${target.suite}: from ${installed?.suiteVersion ?? 'what cannot be read'} to ${target.suiteVersion}, locked ${lockOrigin(target)}.`;
  const rows = steps.map((step) => [step.kind, step.name, `${step.from ?? '-'} → ${step.to ?? '-'}`, step.spec ?? '']);
  if (rows.length === 0) return [heading];
  return [heading, textTable([['step', 'dependency', 'version', 'package.json'], ...rows])];
}

/** A state may name a version that the rollback takes away: then its member would fail, not fall back to another one. */
async function stateLines({ packages }: LockedSuite, dir: string): Promise<string[]> {
  // A state that cannot be read is no reason to stay on a broken release.
  const state = await readState(dir).catch(errorMessage);
  if (typeof state === 'string') return [`What the state lets count is not known: ${state}`];
  return Object.entries(state.members).flatMap(([member, { version, base }]) => {
    const there = packages.filter((each) => each.member === member).map((each) => each.version);
    const gone = [version, base].filter((each) => each !== null && !there.includes(each));
    if (there.length === 0 || gone.length === 0) return [];
    return `The state lets ${member} ${gone.join(' and ')} count, which is not in this lock. Change it before services reload: clamor control ${member} --version own --base none --why …`;
  });
}

function assertPossible({ refusals }: RollbackPlan, lockfile: string | null): asserts lockfile is string {
  const lines = refusals.map((refusal) => `  ${formatFault(refusal)}`);
  if (lockfile === null) lines.push('  The host has no lockfile of npm: another package manager installed it.');
  if (lines.length === 0) return;
  throw new CliError('CLI_ROLLBACK_REFUSED', `Nothing was changed; npm cannot bring this back:\n${lines.join('\n')}`);
}

async function isConfirmed(io: Io): Promise<boolean> {
  io.stderr.write('Change the installation like this? [y/N] ');
  let answer = '';
  for await (const chunk of io.stdin) {
    answer += new TextDecoder().decode(chunk);
    if (answer.includes('\n')) break;
  }
  if (answer === '')
    throw new CliError('CLI_USAGE', 'Nobody answered, so nothing was changed. Give --yes, or --dry-run.');
  return /^y(es)?\s*$/i.test(answer.split('\n')[0] ?? '');
}
