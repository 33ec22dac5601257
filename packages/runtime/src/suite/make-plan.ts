import type { CheckedMember } from '../discovery/check-member.ts';
import type { DiscoveredPackage } from '../discovery/discover.ts';
import { type Fault, faultyError } from '../discovery/fault.ts';
import type { FoundSuite } from '../discovery/find-suite.ts';
import type { Slot } from '../discovery/slots.ts';
import { abortable } from '../execution/abortable.ts';
import { Engine, type Isolation } from '../execution/engine.ts';
import { effectiveIsolation } from '../execution/isolation.ts';
import type { CheckedSuite, SuiteInspection } from '../versions/inspect-suite.ts';
import { assertLocked, lockStanding } from '../versions/lock.ts';
import { scoreHash } from '../versions/score-hash.ts';
import { knownEncodings } from './known-encodings.ts';
import { type ResolvedOptions, forMember } from './options.ts';
import { Plan, type PlanMember, type PlanSlot } from './plan.ts';

/**
 * Makes a plan of what was found installed: compares it with the lock when that is asked for, and loads the members that
 * are not off into workers.
 *
 * @param isOff - Whether a member is switched off. Such a one is not loaded (it may be off because it hangs) and its faults
 * harm nobody.
 * @throws {RuntimeError} The codes of `loadSuite`, or the reason of the signal in the options; nothing is left running.
 */
export async function makePlan(
  inspection: SuiteInspection,
  options: ResolvedOptions,
  isOff: (member: string) => boolean,
): Promise<Plan> {
  const { name, discovery, suite, slots, members, encoders, installed } = inspection;
  if (options.locked !== undefined && options.locked !== false) {
    await assertLocked(installed, options.locked, { host: discovery.host, from: options.from ?? process.cwd() });
  }
  options.signal?.throwIfAborted();
  const known = await abortable(knownEncodings(options.encodings, encoders), options.signal);
  const engine = new Engine({
    suite: { name, entry: suite.entry, dir: suite.package.dir, contentHash: suite.contentHash },
    members: members.map((member) => ({ ...member, isolation: isolationOf(member, options) })),
    workers: options.workers,
    loadDeadlineMs: options.loadDeadlineMs,
    parseDeadlineMs: options.parseDeadlineMs,
    encoderCacheMb: options.encoderCacheMb,
    known,
    addEncodings: options.encodings?.add.bind(options.encodings),
    ...(options.heapLimitMb === undefined ? {} : { heapLimitMb: options.heapLimitMb }),
  });
  try {
    const running = [...members.keys()].filter((index) => !isOff(members[index]?.name ?? ''));
    const loaded = await abortable(engine.load(running), options.signal);
    const faulty = [...inspection.faults, ...loaded.faults.values()];
    const found = slots.flatMap((slot) => slot.versions);
    const idle = found.filter((member) => isOff(member.name));
    const faults = [
      ...faulty.filter((fault) => !idle.some((member) => isOf(fault, member))),
      ...missingFaults(suite, slots),
    ];
    if (faults.length > 0 && options.onFault === 'throw') throw faultyError(name, faults);
    return new Plan({
      name,
      policy: suite.policy,
      suiteVersion: installed.suiteVersion,
      discovery,
      faults,
      slots: planSlots(slots),
      members: found.map((member) =>
        planMember(member, { checked: members, suite, faults: faulty }, isolationOf(member, options)),
      ),
      engine,
      lock: await lockStanding(installed, discovery.host),
    });
  } catch (error) {
    await engine.close({ timeoutMs: 0 });
    throw error;
  }
}

function isolationOf({ name, marker }: DiscoveredPackage, options: ResolvedOptions): Isolation {
  return effectiveIsolation(forMember(options.isolation, name), marker);
}

/** Members that the policy requires and nobody installed. */
function missingFaults(suite: FoundSuite, slots: readonly Slot[]): Fault[] {
  const missing = suite.policy.required.filter((name) => !slots.some((slot) => slot.package === name));
  return missing.map((name) => ({
    package: name,
    version: null,
    code: 'MEMBER_REQUIRED_MISSING',
    found: 'no installed package of that name',
    wanted: `the member that the policy of ${suite.package.package} requires`,
    todo: 'Install it.',
  }));
}

function planSlots(slots: readonly Slot[]): PlanSlot[] {
  let place = 0;
  return slots.map(({ member, versions, own, startMode }) => ({
    member,
    versions: versions.map(({ version }) => version),
    own,
    startMode,
    members: versions.map(() => place++),
  }));
}

interface PlanMemberParts {
  readonly checked: readonly CheckedMember[];
  readonly suite: CheckedSuite;
  readonly faults: readonly Fault[];
}

function planMember(
  member: DiscoveredPackage,
  { checked, suite, faults }: PlanMemberParts,
  isolation: Isolation,
): PlanMember {
  const index = checked.findIndex((candidate) => candidate.dir === member.dir);
  const found = checked[index];
  return {
    ...member,
    record: found?.record ?? null,
    scoreHash: found === undefined ? null : scoreHash(found, suite),
    index,
    isolation,
    fault: faults.find((fault) => isOf(fault, member)) ?? null,
  };
}

/** Whether a fault is of this version of a member; a duplicate was left out, and is not the one that stayed. */
function isOf(fault: Fault, member: DiscoveredPackage): boolean {
  return fault.package === member.package && fault.version === member.version && fault.code !== 'MEMBER_DUPLICATE';
}
