import { type SuiteEncoder, encoderName } from '../encoders/suite-encoders.ts';
import type { GuardStatus } from '../guard/guard.ts';
import { slotState } from '../state/suite-state.ts';
import { standingOf } from '../state/version-standing.ts';
import { stateVersion } from '../state/state-version.ts';
import type { EncoderStatus, MemberStatus, SuiteStatus } from '../telemetry/status.ts';
import { type PlanMember, type PlanSlot, versionKey } from './plan.ts';
import type { SuiteCore } from './suite-core.ts';

/** How a running suite stands, as plain data. */
export function suiteStatus(core: SuiteCore): SuiteStatus {
  const { plan, options, queue, telemetry } = core;
  const { online, batch } = queue.sizes;
  const { counters, since } = telemetry;
  const watched = core.guard.status();
  const { refusal } = core.state;
  return {
    name: plan.name,
    suiteVersion: plan.suiteVersion,
    stateVersion: stateVersion(core.state.current),
    since: since.toISOString(),
    workers: plan.engine.size,
    queue: { online: online.waiting, batch: batch.waiting, limit: options.queueLimit, refused: counters.refused },
    verdicts: counters.verdicts,
    batchMs: counters.batchMs,
    losses: counters.losses,
    members: plan.slots.flatMap((slot) =>
      slot.members.flatMap((place) => {
        const member = plan.members[place];
        return member === undefined ? [] : [memberStatus(member, slot, core, watched)];
      }),
    ),
    encoders: plan.engine.encoders.map((encoder) => encoderStatus(encoder, core)),
    guardAlarms: counters.alarms,
    lastChanges: counters.lastChanges,
    stateRefusal: refusal === null ? null : { code: refusal.code, message: refusal.message },
    lock: plan.lock,
  };
}

function encoderStatus(encoder: SuiteEncoder, { encoderBreakers, telemetry }: SuiteCore): EncoderStatus {
  const { package: name, version, hash, members } = encoder;
  const { state, failuresInARow, nextProbeAt } = encoderBreakers.status(encoderName(encoder));
  const breaker = { state, failuresInARow, nextProbeAt };
  return { encoder: name, version, hash, members, breaker, ...telemetry.counters.encoders.of(name, version) };
}

function memberStatus(
  member: PlanMember,
  slot: PlanSlot,
  { state, breakers, guard, telemetry }: SuiteCore,
  guarded: readonly GuardStatus[],
): MemberStatus {
  const { state: breaker, failuresInARow, nextProbeAt } = breakers.status(versionKey(member));
  const watched = guarded.find((status) => status.member === member.name && status.version === member.version);
  const standing = standingOf({ version: member.version, own: slot.own }, slotState(state.current, slot));
  const isDemoted = standing.mode === 'active' && guard.demoted.has(versionKey(member));
  return {
    member: member.name,
    version: member.version,
    package: member.package,
    alias: member.alias,
    ...(isDemoted ? { mode: 'shadow', rollout: 0 } : standing),
    isolation: member.isolation,
    fault: member.fault?.code ?? null,
    breaker: { state: breaker, failuresInARow, nextProbeAt },
    ...telemetry.counters.version(member.name, member.version),
    guard:
      watched === undefined
        ? null
        : {
            declaredRate: watched.declaredRate,
            observedRate:
              watched.alarm?.observedRate ??
              (watched.examples === 0 ? null : watched.uniquePositives / watched.examples),
            alarmed: watched.alarm !== null,
          },
  };
}
