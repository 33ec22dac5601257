import { errorCode, errorMessage } from '@clamor/contract';
import { Breakers } from '../breaker/breakers.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import { RuntimeError } from '../errors.ts';
import type { GuardAlarm } from '../guard/guard.ts';
import { AdmissionQueue } from '../queue/admission-queue.ts';
import type { AuditEntry } from '../state/audit-log.ts';
import type { StateKeeper } from '../state/state-keeper.ts';
import { StateStore } from '../state/state-store.ts';
import { stateVersion } from '../state/state-version.ts';
import { type StartingSlot, isSameSlot, slotNamed, slotState } from '../state/suite-state.ts';
import type { SuiteGauges } from '../telemetry/metrics.ts';
import { StatusFile } from '../telemetry/status-file.ts';
import { SuiteTelemetry } from '../telemetry/suite-telemetry.ts';
import { AskingOrder } from './asking-order.ts';
import { GUARD, GuardAction, demotion } from './guard-action.ts';
import type { StateHooks } from './open-state.ts';
import type { ResolvedOptions } from './options.ts';
import { type Plan, splitKey, versionKey } from './plan.ts';
import { suiteStatus } from './suite-status.ts';

/** What a {@link SuiteCore} is made of. */
export interface SuiteCoreParts {
  readonly plan: Plan;
  readonly options: ResolvedOptions;
  readonly state: StateKeeper;
  readonly hooks: StateHooks;
}

/** The parts of a running suite, wired to each other: what one of them finds out, the others hear. */
export class SuiteCore {
  /** The present one; batches that were asked by an earlier one still end by it. */
  plan: Plan;
  /** `draining`: nothing new is let in. `aborted`: what is under way gets no answer. */
  phase: 'open' | 'draining' | 'aborted' = 'open';
  readonly options: ResolvedOptions;
  readonly state: StateKeeper;
  readonly queue: AdmissionQueue;
  readonly breakers: Breakers;
  readonly encoderBreakers: Breakers;
  readonly guard: GuardAction;
  /** Who is asked first where the first positive ends the asking; a new one per plan. */
  asking: AskingOrder;
  readonly telemetry: SuiteTelemetry;
  /** Shows the status to whoever looks from outside; only where there is a state directory. */
  readonly statusFile: StatusFile | null;

  constructor({ plan, options, state, hooks }: SuiteCoreParts) {
    this.plan = plan;
    this.options = options;
    this.state = state;
    this.telemetry = new SuiteTelemetry({ suite: plan.name });
    this.queue = new AdmissionQueue({ suite: plan.name, concurrency: options.workers, limit: options.queueLimit });
    this.breakers = new Breakers({
      ...options.breaker,
      onChange: (change) => this.telemetry.tell('breakerChanged', { ...change, ...splitKey(change.member) }),
    });
    this.encoderBreakers = new Breakers({
      ...options.breaker,
      onChange: ({ member, ...change }) => {
        const { member: encoder, version } = splitKey(member);
        this.telemetry.tell('encoderBreakerChanged', { ...change, encoder, version });
      },
    });
    this.asking = new AskingOrder(plan);
    this.guard = new GuardAction(plan, (alarm) => this.#answer(alarm));
    this.hearLosses(plan);
    this.telemetry.observe({
      queue: () => this.#waiting(),
      breakers: () => this.#breakerStates(),
      encoderBreakers: () => this.#encoderBreakerStates(),
    });
    hooks.changed = (entry) => this.#stateChanged(entry);
    hooks.refused = (error) => this.#stateRefused(error);
    this.statusFile =
      state instanceof StateStore ? new StatusFile({ dir: state.dir, read: () => suiteStatus(this) }) : null;
  }

  /** Tells of workers that the members of a plan cost; for every plan that takes over. */
  hearLosses(plan: Plan): void {
    plan.engine.onLoss = ({ kind, index }, cause) => {
      const told = { cause, message: LOST[cause] };
      if (kind === 'encoder') {
        const encoder = plan.engine.encoders[index];
        if (encoder === undefined) return;
        const { package: name, version } = encoder;
        this.telemetry.tell('workerLost', { ...told, member: null, encoder: name, version, isolation: null });
        return;
      }
      const member = plan.members.find((candidate) => candidate.index === index);
      if (member === undefined) return;
      const { name, version, isolation } = member;
      this.telemetry.tell('workerLost', { ...told, member: name, encoder: null, version, isolation });
    };
  }

  /** @throws {RuntimeError} `SUITE_CLOSED` */
  assertOpen(): void {
    if (this.phase !== 'open') throw this.closedError();
  }

  closedError(): RuntimeError {
    return new RuntimeError('SUITE_CLOSED', `Suite "${this.plan.name}" was closed. Load it again with loadSuite().`);
  }

  #waiting(): { readonly online: number; readonly batch: number } {
    const { online, batch } = this.queue.sizes;
    return { online: online.waiting, batch: batch.waiting };
  }

  #breakerStates(): ReturnType<SuiteGauges['breakers']> {
    return this.plan.members.map((member) => ({
      member: member.name,
      version: member.version,
      state: this.breakers.state(versionKey(member)),
    }));
  }

  #encoderBreakerStates(): ReturnType<SuiteGauges['encoderBreakers']> {
    return this.plan.engine.encoders.map((encoder) => ({
      encoder: encoder.package,
      version: encoder.version,
      state: this.encoderBreakers.state(encoderName(encoder)),
    }));
  }

  /** What the policy does about an alarm: it holds already, and is written where it outlives the process. */
  #answer(alarm: GuardAlarm): void {
    const { action } = this.plan.policy.guard ?? { action: 'alert' };
    this.telemetry.tell('guardAlarm', { ...alarm, action });
    if (action !== 'shadow') return;
    this.state
      .change(demotion(alarm, this.plan, this.state.current))
      .catch((error: unknown) => this.#stateRefused(error));
  }

  /** Whoever changed the state, here or elsewhere: what a person decides about a member undoes what the guard did. */
  #stateChanged({ by, why, at, change, before, after }: AuditEntry): void {
    const versions = { before: stateVersion(before), after: stateVersion(after) };
    this.telemetry.tell('stateChanged', { by, why, at, change, ...versions });
    if (by === GUARD) return;
    const names = new Set([...Object.keys(before.members), ...Object.keys(after.members)]);
    const slotOf = (member: string): StartingSlot => slotNamed(this.plan.slots, member);
    const changed = [...names].filter(
      (name) => !isSameSlot(slotState(before, slotOf(name)), slotState(after, slotOf(name))),
    );
    for (const name of 'member' in change ? [change.member] : changed) {
      this.guard.release(name);
      for (const member of this.plan.members) if (member.name === name) this.breakers.reset(versionKey(member));
    }
  }

  #stateRefused(error: unknown): void {
    const code = errorCode(error) ?? 'STATE_IO_FAILED';
    this.telemetry.tell('stateRefused', { code, message: errorMessage(error) });
  }
}

const LOST = {
  crash: 'It ended its worker, or left an error uncaught there.',
  deadline: 'It blocked its worker until that was stopped.',
} as const;
