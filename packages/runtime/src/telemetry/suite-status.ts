import type { GuardStatus } from '../guard/guard.ts';
import { type Mode, type SlotState, type SuiteState, slotState } from '../state/suite-state.ts';
import type { SuiteCounters } from './suite-counters.ts';
import type { MemberStatus, QueueStatus, SuiteStatus } from './status.ts';

/** An installed version of a member, as far as a status tells of it. */
export interface StatusMember extends Pick<
  MemberStatus,
  'version' | 'package' | 'alias' | 'isolation' | 'fault' | 'breaker'
> {
  readonly name: string;
  /** The version of its slot that counts when the state names none. */
  readonly own: string;
  /** Whether the guard took it out of the count: a shadow, whatever the state says. */
  readonly isDemoted: boolean;
}

/** What {@link suiteStatus} is made of. */
export interface StatusParts extends Pick<SuiteStatus, 'name' | 'suiteVersion' | 'stateVersion' | 'workers' | 'lock'> {
  readonly since: Date;
  readonly state: SuiteState;
  readonly queue: Omit<QueueStatus, 'refused'>;
  /** Every installed version. */
  readonly members: readonly StatusMember[];
  readonly guard: readonly GuardStatus[];
  readonly counters: SuiteCounters;
}

/** Puts a status together. */
export function suiteStatus(parts: StatusParts): SuiteStatus {
  const { name, suiteVersion, stateVersion, since, workers, queue, members, counters, lock } = parts;
  return {
    name,
    suiteVersion,
    stateVersion,
    since: since.toISOString(),
    workers,
    queue: { ...queue, refused: counters.refused },
    verdicts: counters.verdicts,
    batchMs: counters.batchMs,
    losses: counters.losses,
    members: members.map((member) => memberStatus(member, parts)),
    guardAlarms: counters.alarms,
    lastChanges: counters.lastChanges,
    lock,
  };
}

function memberStatus(found: StatusMember, { state, counters, guard }: StatusParts): MemberStatus {
  const { name, version, package: fullName, alias, own, isolation, fault, isDemoted } = found;
  const standing = standingOf({ version, own }, slotState(state, name));
  const { mode, rollout } =
    isDemoted && standing.mode === 'active' ? { mode: 'shadow' as const, rollout: 0 } : standing;
  const { state: breaker, failuresInARow, nextProbeAt } = found.breaker;
  const watched = guard.find((each) => each.member === name && each.version === version);
  return {
    member: name,
    version,
    package: fullName,
    alias,
    mode,
    rollout,
    isolation,
    fault,
    breaker: { state: breaker, failuresInARow, nextProbeAt },
    ...counters.version(name, version),
    guard: watched === undefined ? null : guardStatus(watched),
  };
}

/** How much one of several versions counts. */
export interface VersionStanding {
  readonly mode: Mode;
  /** Percent of keys on which it counts. */
  readonly rollout: number;
}

/**
 * How much an installed version of a member counts, by the state of its slot.
 *
 * @param found - `own` is the version that counts when the state names none.
 * @example
 * standingOf({ version: '1.0.0', own: '1.0.0' }, { mode: 'active', rollout: 10, version: '1.1.0', base: '1.0.0' })
 * // { mode: 'active', rollout: 90 }
 */
export function standingOf(
  { version, own }: { readonly version: string; readonly own: string },
  slot: SlotState,
): VersionStanding {
  if (slot.mode !== 'active') return { mode: slot.mode, rollout: 0 };
  const inside = version === (slot.version ?? own) ? slot.rollout : 0;
  const outside = version === slot.base ? 100 - slot.rollout : 0;
  return { mode: inside + outside > 0 ? 'active' : 'shadow', rollout: inside + outside };
}

function guardStatus({ declaredRate, examples, uniquePositives, alarm }: GuardStatus): MemberStatus['guard'] {
  const observedRate = examples === 0 ? null : uniquePositives / examples;
  return { declaredRate, observedRate, alarmed: alarm !== null };
}
