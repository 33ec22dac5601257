import { availableParallelism } from 'node:os';
import { type CheckedMember, checkMember } from '../discovery/check-member.ts';
import { type DiscoverOptions, type DiscoveredPackage, discover } from '../discovery/discover.ts';
import { RuntimeError } from '../errors.ts';
import { type Fault, faultyError } from '../discovery/fault.ts';
import { type FoundSuite, findSuite } from '../discovery/find-suite.ts';
import { groupSlots } from '../discovery/slots.ts';
import { loadMembers } from '../execution/load-members.ts';
import { RunningSuite, type SuiteMember } from './running-suite.ts';
import { type Mode, stateVersion, suiteVersion } from '../versions/suite-version.ts';
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
 * `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`
 * @example
 * // const suite = await loadSuite({ suite: 'spam' });
 * // const [verdict] = await suite.judge([{ key: 'mail-1', input: bytes }]);
 * // await suite.close();
 */
export async function loadSuite(options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  // onnxruntime reads this once per process, on the main thread, before any worker opens a session.
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
  const discovery = discover(options);
  const suite = findSuite(discovery, options.suite);
  const name = suite.package.marker.suite ?? suite.package.name;
  const classifiers = discovery.packages.filter((p) => p.marker.kind === 'classifier' && p.marker.suite === name);
  const { slots, faults: duplicates } = groupSlots(classifiers);
  const found = slots.flatMap((slot) => slot.versions.filter((version) => version.version === slot.own));
  const modes = options.modes ?? {};
  checkModes(modes, found);
  const running = found.filter((member) => modes[member.name] !== 'off');
  const { members, faults } = await checkMembers(running, suite);
  const allFaults = [...discovery.faults, ...duplicates, ...faults, ...missingFaults(suite, found)];
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
      suiteVersion: await suiteVersion(suite, slots),
      stateVersion: stateVersion(modes),
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

async function checkMembers(
  found: readonly DiscoveredPackage[],
  suite: FoundSuite,
): Promise<{ members: CheckedMember[]; faults: Fault[] }> {
  const checks = await Promise.all(found.map((member) => checkMember(member, suite.package)));
  return {
    members: checks.flatMap((check) => ('member' in check ? [check.member] : [])),
    faults: checks.flatMap((check) => ('faults' in check ? check.faults : [])),
  };
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
      fault: faults.find((fault) => fault.package === member.package && fault.code !== 'MEMBER_DUPLICATE') ?? null,
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
