import { declaredRates } from '../guard/declared-rates.ts';
import { Guard, type GuardAlarm, type GuardStatus } from '../guard/guard.ts';
import type { StateChange } from '../state/state-change.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { type Plan, versionKey } from './plan.ts';

/** Who changed the state, where it was the guard. */
export const GUARD = 'guard';

/**
 * The guard of a running suite, and what the policy does when it gives alarm.
 *
 * The action holds from the very next example, in memory; only then is it written where it outlives the process. It holds
 * until an operator decides about the member: nothing returns by itself.
 */
export class GuardAction {
  #guard: Guard;
  #plan: Plan;
  readonly #alarms = new Map<string, GuardAlarm>();
  readonly #demoted = new Set<string>();
  readonly #review = new Set<string>();
  readonly #onAlarm: (alarm: GuardAlarm) => void;

  /** @param onAlarm - Called once per alarm, with the action taken already. */
  constructor(plan: Plan, onAlarm: (alarm: GuardAlarm) => void) {
    this.#plan = plan;
    this.#guard = newGuard(plan);
    this.#onAlarm = onAlarm;
  }

  /** Versions, by `versionKey`, that are shadows whatever the state says. */
  get demoted(): ReadonlySet<string> {
    return this.#demoted;
  }

  /** Versions, by `versionKey`, whose unique positives are marked for review. */
  get review(): ReadonlySet<string> {
    return this.#review;
  }

  /** Alarms that no operator answered yet, oldest first. */
  get alarms(): readonly GuardAlarm[] {
    return [...this.#alarms.values()];
  }

  status(): readonly GuardStatus[] {
    return this.#guard.status();
  }

  /** Takes in a verdict; call it in the order of the examples. */
  observe({ key, judgements }: Verdict): void {
    for (const alarm of this.#guard.observe(key, judgements)) {
      const version = versionKey({ name: alarm.member, version: alarm.version });
      const action = this.#plan.policy.guard?.action ?? 'alert';
      this.#alarms.set(version, alarm);
      if (action === 'shadow') this.#demoted.add(version);
      if (action === 'review') this.#review.add(version);
      this.#onAlarm(alarm);
    }
  }

  /** An operator decided about a member: it is watched anew, and what the guard did is undone. */
  release(member: string): void {
    this.#guard.reset(member);
    for (const known of [this.#alarms, this.#demoted, this.#review]) {
      for (const version of known.keys()) if (version.startsWith(`${member}@`)) known.delete(version);
    }
  }

  /** Watches the members of another plan, from the beginning; what was done about versions that are in it too stays. */
  follow(plan: Plan): void {
    this.#plan = plan;
    this.#guard = newGuard(plan);
    const versions = new Set(plan.members.map(versionKey));
    for (const known of [this.#alarms, this.#demoted, this.#review]) {
      for (const version of known.keys()) if (!versions.has(version)) known.delete(version);
    }
  }
}

/**
 * The change of the state that takes a version out of the count: a version that is rolled out gives way to its base, a base
 * to the shadow, and a version that counts everywhere leaves its member in shadow.
 */
export function demotion(alarm: GuardAlarm, plan: Plan, state: SuiteState): StateChange {
  const slot = slotState(state, { member: alarm.member });
  const own = plan.slots.find(({ member }) => member === alarm.member)?.own;
  const isRolledOut = alarm.version === (slot.version ?? own);
  const what =
    isRolledOut && slot.base !== null
      ? { rollout: 0 }
      : alarm.version === slot.base
        ? { base: null }
        : { mode: 'shadow' as const };
  const share = `${alarm.uniquePositives} of ${alarm.examples} examples`;
  const why = `${alarm.member} ${alarm.version} alone was positive on ${share}; declared is a rate of ${alarm.declaredRate}.`;
  return { member: alarm.member, ...what, by: GUARD, why };
}

function newGuard({ members, policy }: Plan): Guard {
  const runLength = policy.guard?.runLength;
  return new Guard({
    members: declaredRates(members, policy.guard),
    ...(runLength === undefined ? {} : { runLength }),
  });
}
