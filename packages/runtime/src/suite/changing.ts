import { errorCode, errorMessage } from '@clamor/contract';
import { FaultsError } from '../discovery/fault.ts';
import { encoderName } from '../encoders/suite-encoders.ts';
import { RuntimeError } from '../errors.ts';
import { abortable } from '../execution/abortable.ts';
import type { StateChange } from '../state/state-change.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { AddAttributes } from '../telemetry/spans.ts';
import { AskingOrder } from './asking-order.ts';
import { type Plan, versionKey } from './plan.ts';
import { reloadPlan } from './reload-plan.ts';
import { planAttributes, suiteAttribute } from './span-attributes.ts';
import type { SuiteCore } from './suite-core.ts';

const CLOSE_TIMEOUT_MS = 2000;

/** Changes of a running suite: of its state, of its plan, and its end. */
export class Changing {
  readonly #core: SuiteCore;
  readonly #closing = new AbortController();
  /** Reloads go one after the other. Changes of the state wait for nobody: a kill switch least of all. */
  #reloading: Promise<unknown> = Promise.resolve();
  /** Plans that were switched away from and still have batches under way. */
  readonly #retiring = new Set<Plan>();
  #closed: Promise<void> | undefined;

  constructor(core: SuiteCore) {
    this.#core = core;
  }

  async control(change: StateChange): Promise<SuiteState> {
    const core = this.#core;
    core.assertOpen();
    const isSwitchedOn =
      (change.mode ?? 'off') !== 'off' && slotState(core.state.current, { member: change.member }).mode === 'off';
    // What runs already is loaded: to ask busy workers would make a switch to shadow wait.
    if (isSwitchedOn) await abortable(readyToRun(core.plan, change.member), this.#closing.signal);
    core.assertOpen();
    return core.state.change(change);
  }

  reload(signal?: AbortSignal): Promise<void> {
    const { plan, telemetry } = this.#core;
    const closing = this.#closing.signal;
    const either = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    const switched = this.#reloading.then(() =>
      telemetry.spans.traced('clamor.reload', suiteAttribute(plan.name), (add) => this.#switch(either, add)),
    );
    this.#reloading = switched.catch(() => {});
    return switched.then((old) => this.#retire(old));
  }

  close(drain: boolean): Promise<void> {
    const core = this.#core;
    if (core.phase !== 'aborted') core.phase = drain ? 'draining' : 'aborted';
    this.#closing.abort(core.closedError());
    const queue = core.queue.close({ drain });
    this.#closed ??= (async () => {
      if (drain) await queue;
      await this.#reloading;
      const plans = [core.plan, ...this.#retiring];
      await Promise.all(plans.map((plan) => plan.engine.close({ timeoutMs: CLOSE_TIMEOUT_MS })));
      await queue;
      await core.statusFile?.close();
      await core.state.close();
      core.breakers.close();
      core.encoderBreakers.close();
      core.telemetry.close();
    })();
    return this.#closed;
  }

  /** @returns The plan that was switched away from. */
  async #switch(signal: AbortSignal, add: AddAttributes): Promise<Plan> {
    const core = this.#core;
    core.assertOpen();
    const startedAt = performance.now();
    const old = core.plan;
    const next = await this.#nextPlan(old, signal);
    for (const member of old.members) core.breakers.reset(versionKey(member));
    for (const encoder of old.engine.encoders) core.encoderBreakers.reset(encoderName(encoder));
    core.guard.follow(next);
    core.asking = new AskingOrder(next);
    core.state.useSlots(next.slots);
    core.telemetry.counters.keepOnly(next.members.map(({ name, version }) => ({ member: name, version })));
    core.telemetry.counters.encoders.keepOnly(next.engine.encoders);
    core.hearLosses(next);
    core.plan = next;
    add(() => planAttributes(next));
    this.#retiring.add(old);
    const durationMs = performance.now() - startedAt;
    core.telemetry.tell('reloaded', { before: old.suiteVersion, after: next.suiteVersion, durationMs });
    return old;
  }

  async #nextPlan(old: Plan, signal: AbortSignal): Promise<Plan> {
    const { options, state, telemetry } = this.#core;
    try {
      return await reloadPlan(old, { ...options, signal }, () => state.current);
    } catch (error) {
      if (signal.aborted) throw error; // Nobody refused it.
      const code = errorCode(error) ?? 'SUITE_LOAD_FAILED';
      const faults = error instanceof FaultsError ? error.faults : [];
      const { suiteVersion } = old;
      telemetry.tell('reloadRefused', { code, message: errorMessage(error), faults, suiteVersion });
      throw error;
    }
  }

  async #retire(old: Plan): Promise<void> {
    await old.drain();
    await old.engine.close({ timeoutMs: CLOSE_TIMEOUT_MS });
    this.#retiring.delete(old);
  }
}

/** Loads a member that is to be switched on, where it is not loaded yet. */
async function readyToRun(plan: Plan, name: string): Promise<void> {
  const versions = plan.members.filter((member) => member.name === name);
  const faults = versions.flatMap((member) => member.fault ?? []);
  const sound = versions.filter((member) => member.fault === null).map((member) => member.index);
  const { faults: found } = await plan.engine.load(sound);
  const [fault] = [...faults, ...found.values()];
  if (fault === undefined) return;
  throw new RuntimeError(
    'STATE_MEMBER_FAULTY',
    `Member "${name}" cannot be switched on: found ${fault.found} [${fault.code}]; wanted ${fault.wanted}. ${fault.todo}`,
  );
}
