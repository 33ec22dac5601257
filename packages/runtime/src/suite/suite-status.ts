import type { Breakers } from '../breaker/breakers.ts';
import type { GuardStatus } from '../guard/guard.ts';
import type { AdmissionQueue } from '../queue/admission-queue.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import { stateVersion } from '../state/state-version.ts';
import type { MemberStatus, SuiteStatus } from '../telemetry/status.ts';
import type { SuiteTelemetry } from '../telemetry/suite-telemetry.ts';
import type { ResolvedOptions } from './options.ts';
import { type Plan, type PlanMember, type PlanSlot, versionKey } from './plan.ts';

/** What the status of a suite is put together from. */
export interface StatusSources {
  readonly plan: Plan;
  readonly state: SuiteState;
  readonly options: ResolvedOptions;
  readonly queue: AdmissionQueue;
  readonly breakers: Breakers;
  readonly guard: readonly GuardStatus[];
  readonly demoted: ReadonlySet<string>;
  readonly telemetry: SuiteTelemetry;
  readonly lock: SuiteStatus['lock'];
}

/** How a running suite stands, as plain data. */
export function suiteStatus(sources: StatusSources): SuiteStatus {
  const { plan, state, options, queue, telemetry, lock } = sources;
  const { online, batch } = queue.sizes;
  const { counters, since } = telemetry;
  return {
    name: plan.name,
    suiteVersion: plan.suiteVersion,
    stateVersion: stateVersion(state),
    since: since.toISOString(),
    workers: plan.engine.size,
    queue: { online: online.waiting, batch: batch.waiting, limit: options.queueLimit, refused: counters.refused },
    verdicts: counters.verdicts,
    batchMs: counters.batchMs,
    losses: counters.losses,
    members: plan.slots.flatMap((slot) =>
      slot.members.flatMap((place) => {
        const member = plan.members[place];
        return member === undefined ? [] : [memberStatus(member, slot, sources)];
      }),
    ),
    guardAlarms: counters.alarms,
    lastChanges: counters.lastChanges,
    lock,
  };
}

function memberStatus(member: PlanMember, slot: PlanSlot, sources: StatusSources): MemberStatus {
  const { state, breakers, guard, demoted, telemetry } = sources;
  const { state: breaker, failuresInARow, nextProbeAt } = breakers.status(versionKey(member));
  const watched = guard.find((status) => status.member === member.name && status.version === member.version);
  const rollout = demoted.has(versionKey(member)) ? 0 : share(member.version, slot, state);
  const { mode } = slotState(state, slot.member);
  return {
    member: member.name,
    version: member.version,
    package: member.package,
    alias: member.alias,
    mode: mode === 'active' && rollout === 0 ? 'shadow' : mode,
    rollout,
    isolation: member.isolation,
    fault: member.fault?.code ?? null,
    breaker: { state: breaker, failuresInARow, nextProbeAt },
    ...telemetry.counters.version(member.name, member.version),
    guard:
      watched === undefined
        ? null
        : {
            declaredRate: watched.declaredRate,
            observedRate: watched.examples === 0 ? null : watched.uniquePositives / watched.examples,
            alarmed: watched.alarm !== null,
          },
  };
}

/** Percent of keys on which a version counts. */
function share(version: string, { own, member }: PlanSlot, state: SuiteState): number {
  const slot = slotState(state, member);
  if (slot.mode !== 'active') return 0;
  const rolledOut = version === (slot.version ?? own) ? slot.rollout : 0;
  return rolledOut + (version === slot.base ? 100 - slot.rollout : 0);
}
