import { availableParallelism } from 'node:os';
import type { CheckedMember } from '../discovery/check-member.ts';
import type { DiscoverOptions, DiscoveredPackage } from '../discovery/discover.ts';
import { RuntimeError } from '../errors.ts';
import { type Fault, faultyError } from '../discovery/fault.ts';
import type { FoundSuite } from '../discovery/find-suite.ts';
import { loadMembers } from '../execution/load-members.ts';
import { RunningSuite, type SuiteMember } from './running-suite.ts';
import { stateVersion } from '../state/state-version.ts';
import { type Mode, stateOfModes } from '../state/suite-state.ts';
import { inspectSuite } from '../versions/inspect-suite.ts';
import { assertLocked } from '../versions/lock.ts';
import { WorkerPool } from '../execution/worker-pool.ts';
import type { WorkerMember } from '../execution/worker-protocol.ts';

/** Options of {@link loadSuite}. */
export interface LoadSuiteOptions extends DiscoverOptions {
  /** Name of the suite; may be left out when only one is installed. */
  readonly suite?: string;
  /**
   * What a faulty member does. `throw` (default): nothing is loaded and the error lists all faults. `degrade`: the others
   * judge, and every verdict names the faulty one as failed.
   */
  readonly onFault?: 'throw' | 'degrade';
  /**
   * Refuse an installation that differs from its lock: `true` for `clamor.lock.json` beside the package.json of the host, or the path
   * of a lock. Default: not compared. Modes do not matter.
   */
  readonly locked?: boolean | string;
  /** Modes by member name; default all `active`. */
  readonly modes?: { readonly [member: string]: Mode };
  /** Worker threads, ≥ 1; default the cores this process may use. */
  readonly workers?: number;
  /** Examples that travel to a worker together, ≥ 1; default 32. */
  readonly batchSize?: number;
  /** Milliseconds that a member may take per example of a batch; default 1,000. */
  readonly deadlineMs?: number;
  /** Milliseconds that a member's import, load and samples may take together; default 10,000. */
  readonly loadDeadlineMs?: number;
  /** Milliseconds that the suite may take to parse one example; default 10,000. */
  readonly parseDeadlineMs?: number;
}

/**
 * Loads a suite: discovers its members among the packages that the host declares, checks them from cheap to costly
 * (manifest, contract, suite range, record and artifact hash from JSON alone; then import, shape, load and samples in
 * workers) and keeps them ready.
 *
 * @throws {RuntimeError} `SUITE_FAULTY` listing every fault; `HOST_NOT_FOUND`, `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`,
 * `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`; with `locked` also `LOCK_MISSING`, `LOCK_INVALID`, `SUITE_LOCK_MISMATCH`
 * @example
 * // const suite = await loadSuite({ suite: 'spam' });
 * // const [verdict] = await suite.judge([{ key: 'mail-1', input: bytes }]);
 * // await suite.close();
 */
export async function loadSuite(options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  // onnxruntime reads this once per process, on the main thread, before any worker opens a session.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const inspection = await inspectSuite(options);
  const { name, discovery, suite, slots, installed } = inspection;
  if (options.locked !== undefined && options.locked !== false) {
    await assertLocked(installed, options.locked, { host: discovery.host, from: options.from ?? process.cwd() });
  }
  const found = slots.flatMap((slot) => slot.versions.filter((version) => version.version === slot.own));
  const modes = options.modes ?? {};
  checkModes(modes, found);
  const running = found.filter((member) => modes[member.name] !== 'off');
  const idle = slots.flatMap((slot) => slot.versions).filter((version) => !running.includes(version));
  const members = inspection.members.filter((member) => running.some(({ dir }) => dir === member.dir));
  const faults = inspection.faults.filter((fault) => !idle.some((version) => isOf(fault, version)));
  const allFaults = [...faults, ...missingFaults(suite, found)];
  const pool = new WorkerPool(
    {
      suite: { name, entry: suite.entry },
      members: members.map(toWorkerMember),
      loadDeadlineMs: options.loadDeadlineMs ?? 10_000,
    },
    options.workers ?? availableParallelism(),
    { loadMs: options.loadDeadlineMs ?? 10_000, parseMs: options.parseDeadlineMs ?? 10_000 },
  );
  try {
    const loaded = await loadMembers(pool, members);
    allFaults.push(...loaded.faults.values());
    if (allFaults.length > 0 && options.onFault !== 'degrade') throw faultyError(name, allFaults);
    return new RunningSuite({
      name,
      policy: suite.policy,
      suiteVersion: installed.suiteVersion,
      stateVersion: stateVersion(stateOfModes(modes)),
      discovery,
      faults: allFaults,
      members: suiteMembers(running, members, allFaults, modes),
      pool,
      costsMs: loaded.costsMs,
      batchSize: options.batchSize ?? 32,
      deadlineMs: options.deadlineMs ?? 1000,
    });
  } catch (error) {
    await pool.close(0);
    throw error;
  }
}

function checkModes(modes: { readonly [member: string]: Mode }, found: readonly DiscoveredPackage[]): void {
  const unknown = Object.keys(modes).filter((name) => !found.some((member) => member.name === name));
  if (unknown.length === 0) return;
  throw new RuntimeError(
    'PACKAGE_MISSING',
    `Modes are given for ${unknown.join(', ')}, and the members found are ${found.map((member) => member.name).join(', ') || 'none'}. Correct the names.`,
  );
}

/** Members that the policy requires and nobody installed. */
function missingFaults(suite: FoundSuite, found: readonly DiscoveredPackage[]): Fault[] {
  const missing = suite.policy.required.filter((name) => !found.some((member) => member.package === name));
  return missing.map((name) => ({
    package: name,
    version: null,
    code: 'MEMBER_REQUIRED_MISSING',
    found: 'no installed package of that name',
    wanted: `the member that the policy of ${suite.package.package} requires`,
    todo: 'Install it.',
  }));
}

function isOf(fault: Fault, found: DiscoveredPackage): boolean {
  return fault.package === found.package && fault.version === found.version && fault.code !== 'MEMBER_DUPLICATE';
}

/** Every member that is not off, in the order of discovery: ready ones with their place in the pool, faulty ones with why. */
function suiteMembers(
  found: readonly DiscoveredPackage[],
  checked: readonly CheckedMember[],
  faults: readonly Fault[],
  modes: { readonly [member: string]: Mode },
): SuiteMember[] {
  return found.map((member) => {
    const index = checked.findIndex((candidate) => candidate.name === member.name);
    return {
      ...member,
      mode: modes[member.name] ?? 'active',
      record: checked[index]?.record ?? null,
      index,
      fault: faults.find((fault) => isOf(fault, member)) ?? null,
    };
  });
}

function toWorkerMember({
  name,
  package: fullName,
  version,
  dir,
  entry,
  record,
  contentHash,
}: CheckedMember): WorkerMember {
  return { name, package: fullName, version, dir, entry, record, contentHash };
}
