import {
  type FailureReason,
  type MemberRecord,
  type Policy,
  type ScoreColumn,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { Breakers } from '../breaker/breakers.ts';
import type { DiscoveredPackage, Discovery } from '../discovery/discover.ts';
import { type Fault, FaultsError } from '../discovery/fault.ts';
import { RuntimeError } from '../errors.ts';
import { collectBatches, cutBatches } from '../execution/batches.ts';
import type { Isolation } from '../execution/engine.ts';
import type { ExampleInput } from '../execution/worker-protocol.ts';
import { BatchTally } from '../telemetry/batch-tally.ts';
import type { SuiteEmitter } from '../telemetry/events.ts';
import type { SuiteStatus } from '../telemetry/status.ts';
import { SuiteTelemetry } from '../telemetry/suite-telemetry.ts';
import { AdmissionQueue } from '../queue/admission-queue.ts';
import type { AuditEntry } from '../state/audit-log.ts';
import type { StateChange } from '../state/state-change.ts';
import type { StateKeeper } from '../state/state-keeper.ts';
import { stateVersion } from '../state/state-version.ts';
import { type Mode, type SuiteState, isSameSlot, slotState } from '../state/suite-state.ts';
import type { Verdict, VerdictRules } from '../verdict/verdict.ts';
import type { GuardAlarm } from '../guard/guard.ts';
import { GUARD, GuardAction, demotion } from './guard-action.ts';
import { joinBatch } from './join-batch.ts';
import type { StateHooks } from './open-state.ts';
import type { ResolvedOptions } from './options.ts';
import { type Call, Pipeline } from './pipeline.ts';
import { type Plan, type PlanMember, splitKey, versionKey } from './plan.ts';
import { reloadPlan } from './reload-plan.ts';
import type { ScoredBatch } from './score-batch.ts';
import { type ScoreTable, joinColumns } from './score-table.ts';
import { suiteStatus } from './suite-status.ts';
import { verdictRules } from './verdict-rules.ts';

/** An installed version of a member of a loaded suite, as it stands now. */
export interface SuiteMember extends DiscoveredPackage {
  /** What the state says of the version that counts (on a part of the keys during a rollout); another one is a shadow. */
  readonly mode: Mode;
  /** `null` when the record could not be read; then there is a fault. */
  readonly record: MemberRecord | null;
  readonly isolation: Isolation;
  /** Why it cannot judge; `null` when it can. */
  readonly fault: Fault | null;
}

/** Options of a run over examples. */
export interface RunOptions {
  /** Stops the run between batches; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after every batch with the number of examples done so far. */
  readonly onProgress?: (examplesDone: number) => void;
  /**
   * `online`: somebody waits for the answer; `batch`: nobody does, deadlines count per example, and online work goes first.
   * Default: `judge` is online, `judgeStream` and `score` are batch.
   */
  readonly priority?: 'online' | 'batch';
}

/** How {@link RunningSuite.close} ends. */
export interface CloseOptions {
  /** `true`: what was accepted is answered first. `false` (default): runs under way end with `SUITE_CLOSED`. */
  readonly drain?: boolean;
}

/** What a {@link RunningSuite} is made of. */
export interface RunningSuiteParts {
  readonly plan: Plan;
  readonly options: ResolvedOptions;
  readonly state: StateKeeper;
  readonly hooks: StateHooks;
}

const CLOSE_TIMEOUT_MS = 2000;

/** A suite that is loaded and ready to judge; made by `loadSuite`. */
export class RunningSuite {
  #plan: Plan;
  readonly #options: ResolvedOptions;
  readonly #state: StateKeeper;
  readonly #queue: AdmissionQueue;
  readonly #breakers: Breakers;
  readonly #guard: GuardAction;
  readonly #pipeline: Pipeline;
  readonly #telemetry = new SuiteTelemetry();
  #rules: { readonly plan: Plan; readonly state: SuiteState; readonly rules: VerdictRules } | undefined;
  #changing: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;
  /** What is under way when the suite closes gets no answer. */
  #isAborted = false;

  constructor({ plan, options, state, hooks }: RunningSuiteParts) {
    this.#plan = plan;
    this.#options = options;
    this.#state = state;
    hooks.changed = (entry) => this.#stateChanged(entry);
    hooks.refused = ({ code, message }) => this.#telemetry.tell('stateRefused', { code, message });
    this.#queue = new AdmissionQueue({ suite: plan.name, concurrency: options.workers, limit: options.queueLimit });
    this.#breakers = new Breakers({
      ...options.breaker,
      onChange: (change) => {
        this.#telemetry.tell('breakerChanged', { ...change, ...splitKey(change.member) });
      },
    });
    this.#guard = new GuardAction(plan, (alarm) => this.#answer(alarm));
    this.#pipeline = new Pipeline({
      options,
      queue: this.#queue,
      breakers: this.#breakers,
      telemetry: this.#telemetry,
      now: () => ({ plan: this.#plan, state: this.#state.current }),
    });
  }

  get name(): string {
    return this.#plan.name;
  }

  get policy(): Policy {
    return this.#plan.policy;
  }

  get suiteVersion(): string {
    return this.#plan.suiteVersion;
  }

  get stateVersion(): string {
    return stateVersion(this.#state.current);
  }

  /** Tells what happens: failures, lost workers, breakers, alarms of the guard, changes, reloads, refusals, batches. */
  get events(): SuiteEmitter {
    return this.#telemetry.events;
  }

  get discovery(): Discovery {
    return this.#plan.discovery;
  }

  /** Empty unless the suite was loaded with `onFault: 'degrade'`. */
  get faults(): readonly Fault[] {
    return this.#plan.faults;
  }

  /** Versions that are not off, in the order of their package names. */
  get members(): readonly SuiteMember[] {
    const { slots, members } = this.#plan;
    return slots.flatMap(({ member, own, members: places }) => {
      const { mode, version } = slotState(this.#state.current, member);
      if (mode === 'off') return [];
      return places.flatMap((place) => {
        const found = members[place];
        if (found === undefined) return [];
        const { index: _, ...rest } = found;
        return [{ ...rest, mode: found.version === (version ?? own) ? mode : ('shadow' as const) }];
      });
    });
  }

  /**
   * Judges examples.
   *
   * @param examples - Shape [n]. Inputs are copied, never changed.
   * @returns Shape [n], in the order of the examples. One that cannot be read has an `error` and the outcome
   * `undetermined`; nothing is left out.
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  async judge(examples: readonly ExampleInput[], options: RunOptions = {}): Promise<Verdict[]> {
    const { size } = this.#plan.engine;
    const batches = cutBatches(examples, { workers: size, batchSize: this.#options.batchSize });
    const spareWorkers = Math.max(1, Math.floor(size / Math.max(1, batches.length)));
    const { length } = examples;
    return Array.fromAsync(this.#verdicts({ priority: 'online', ...options, batches, examples: length, spareWorkers }));
  }

  /**
   * Judges a stream, in its order, with a bounded number of batches under way.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  judgeStream(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    options: RunOptions = {},
  ): AsyncGenerator<Verdict> {
    const batches = collectBatches(examples, this.#options.batchSize);
    return this.#verdicts({ priority: 'batch', ...options, batches, examples: 0, spareWorkers: 1 });
  }

  /**
   * Scores examples without judging them, all by the plan and state of the beginning.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  async score(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    options: RunOptions = {},
  ): Promise<ScoreTable> {
    const plan = this.#plan;
    const state = this.#state.current;
    const { members } = this;
    const keys: string[] = [];
    const parts = plan.members.map((): ScoreColumn[] => []);
    const unreadable = new Map<number, FailureReason>();
    const batches = collectBatches(examples, this.#options.batchSize);
    const call: Call = {
      priority: 'batch',
      ...options,
      batches,
      examples: 0,
      spareWorkers: 1,
      fixed: { plan, state },
    };
    await plan.use(async () => {
      for await (const batch of this.#scored(call)) {
        for (const [i, reason] of batch.unreadable) unreadable.set(keys.length + i, reason);
        for (const [m, column] of batch.columns.entries()) if (column !== null) parts[m]?.push(column);
        keys.push(...batch.examples.map((example) => example.key));
      }
    });
    const columns = plan.members.flatMap((member, m) => {
      const counts = members.find(({ dir }) => dir === member.dir);
      if (counts === undefined) return [];
      return [[columnName(member, counts.mode, members), joinColumns(parts[m] ?? [])] as const];
    });
    return { keys, columns: new Map(columns), unreadable };
  }

  /**
   * Changes what counts, without a release: a mode, a rollout, the version of a member. It holds from the next batch that
   * is joined; batches under way are not dropped. A member that is switched on is loaded and tried first.
   *
   * @throws {RuntimeError} `STATE_MEMBER_UNKNOWN`, `STATE_VERSION_UNKNOWN`, `STATE_ROLLOUT_RANGE`, `STATE_REASON_MISSING`,
   * `STATE_CHANGE_INVALID`; `STATE_MEMBER_FAULTY` for one that cannot be switched on; `SUITE_CLOSED`. Nothing changes then.
   * @example
   * // await suite.control({ member: 'words', mode: 'off', by: 'ann', why: 'floods since 9:14' });
   */
  control(change: StateChange): Promise<SuiteState> {
    return this.#inTurn(async () => {
      this.#assertOpen();
      const plan = this.#plan;
      if ((change.mode ?? 'off') !== 'off') await this.#readyToRun(plan, change.member);
      return this.#state.change(change);
    });
  }

  /**
   * Looks again at what is installed and switches to it: the members are checked and loaded in new workers and try their
   * samples there, then new batches go to them, and the old workers end when the batches that they began are done. Code is
   * never imported again in place.
   *
   * @throws {RuntimeError} `SUITE_RELOAD_REFUSED` when something is wrong with what is installed now, and whatever `loadSuite`
   * throws; the suite then goes on as it was. `SUITE_CLOSED`
   */
  reload(): Promise<void> {
    return this.#inTurn(async () => {
      this.#assertOpen();
      const old = this.#plan;
      const startedAt = performance.now();
      const next = await this.#nextPlan(old);
      for (const member of old.members) this.#breakers.reset(versionKey(member));
      this.#guard.follow(next);
      this.#state.useSlots(next.slots);
      this.#plan = next;
      this.#telemetry.counters.keepOnly(next.members.map(({ name, version }) => ({ member: name, version })));
      const durationMs = performance.now() - startedAt;
      this.#telemetry.tell('reloaded', { before: old.suiteVersion, after: next.suiteVersion, durationMs });
      await old.drain();
      await old.engine.close({ timeoutMs: CLOSE_TIMEOUT_MS });
    });
  }

  /** How the suite stands: plain data, without examples and keys, fit for a page or a log. */
  status(): SuiteStatus {
    return suiteStatus({
      plan: this.#plan,
      state: this.#state.current,
      options: this.#options,
      queue: this.#queue,
      breakers: this.#breakers,
      guard: this.#guard.status(),
      demoted: this.#guard.demoted,
      telemetry: this.#telemetry,
      lock: this.#plan.lock,
    });
  }

  /** Alarms of the guard that nobody answered yet, with the keys to judge again, oldest first. */
  get guardAlarms(): readonly GuardAlarm[] {
    return this.#guard.alarms;
  }

  /**
   * Closes members and workers; may be called twice, and again without `drain` by who will not wait any longer.
   *
   * What comes after it gets `SUITE_CLOSED`.
   */
  async close({ drain = false }: CloseOptions = {}): Promise<void> {
    this.#isAborted ||= !drain;
    const queue = this.#queue.close({ drain });
    this.#closing ??= (async () => {
      if (drain) await queue;
      await this.#changing;
      await this.#plan.engine.close({ timeoutMs: CLOSE_TIMEOUT_MS });
      await queue;
      await this.#state.close();
      this.#breakers.close();
      this.#telemetry.close();
    })();
    await this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async *#verdicts(call: Call): AsyncGenerator<Verdict> {
    for await (const batch of this.#scored(call)) {
      const state = this.#stateOf(batch);
      const rules = this.#rulesOf(batch.plan, state);
      const tally = new BatchTally();
      for (const verdict of joinBatch(batch, { state, rules, demoted: this.#guard.demoted })) {
        this.#guard.observe(verdict);
        tally.add(verdict);
        yield verdict;
      }
      const durationMs = performance.now() - batch.startedAt;
      this.#telemetry.batchJudged(tally, { durationMs, priority: call.priority });
    }
  }

  async *#scored(call: Call): AsyncGenerator<ScoredBatch> {
    for await (const batch of this.#pipeline.score(call)) {
      if (this.#isAborted) throw this.#closedError();
      yield batch;
    }
  }

  /** The state that a batch is joined by: the present one, unless it counts a member that was off when the batch was asked. */
  #stateOf({ plan, columns, askedBy }: ScoredBatch): SuiteState {
    const now = this.#state.current;
    const isAsked = plan.members.every(
      (member, m) => columns[m] !== null || slotState(now, member.name).mode === 'off',
    );
    return isAsked ? now : askedBy;
  }

  #rulesOf(plan: Plan, state: SuiteState): VerdictRules {
    if (this.#rules?.plan !== plan || this.#rules.state !== state) {
      this.#rules = { plan, state, rules: { ...verdictRules(plan, state), review: this.#guard.review } };
    }
    return this.#rules.rules;
  }

  async #nextPlan(old: Plan): Promise<Plan> {
    try {
      return await reloadPlan(old, this.#options, this.#state.current);
    } catch (error) {
      const { suiteVersion } = old;
      const code = errorCode(error) ?? 'SUITE_LOAD_FAILED';
      const faults = error instanceof FaultsError ? error.faults : [];
      this.#telemetry.tell('reloadRefused', { code, message: errorMessage(error), faults, suiteVersion });
      throw error;
    }
  }

  async #readyToRun(plan: Plan, name: string): Promise<void> {
    const versions = plan.members.filter((member) => member.name === name);
    const faults = versions.flatMap((member) => member.fault ?? []);
    const { faults: found } = await plan.engine.load(
      versions.filter((member) => member.fault === null).map((member) => member.index),
    );
    const [fault] = [...faults, ...found.values()];
    if (fault === undefined) return;
    throw new RuntimeError(
      'STATE_MEMBER_FAULTY',
      `Member "${name}" cannot be switched on: found ${fault.found} [${fault.code}]; wanted ${fault.wanted}. ${fault.todo}`,
    );
  }

  /** What the policy does about an alarm, where it outlives the process. */
  #answer(alarm: GuardAlarm): void {
    this.#telemetry.tell('guardAlarm', { ...alarm, action: this.policy.guard?.action ?? 'alert' });
    if (this.policy.guard?.action !== 'shadow') return;
    const change = this.#inTurn(async () => {
      if (this.#closing === undefined) await this.#state.change(demotion(alarm, this.#plan, this.#state.current));
    });
    change.catch((error: unknown) => {
      // It holds in memory all the same.
      this.#telemetry.tell('stateRefused', {
        code: errorCode(error) ?? 'STATE_IO_FAILED',
        message: errorMessage(error),
      });
    });
  }

  /** Changes and reloads one after the other. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#changing.then(work);
    this.#changing = result.catch(() => {});
    return result;
  }

  /** Whoever changed the state, here or elsewhere: what a person decides about a member undoes what the guard did. */
  #stateChanged({ by, why, at, change, before, after }: AuditEntry): void {
    const versions = { before: stateVersion(before), after: stateVersion(after) };
    this.#telemetry.tell('stateChanged', { by, why, at, change, ...versions });
    if (by === GUARD) return;
    const names = new Set([...Object.keys(before.members), ...Object.keys(after.members)]);
    const changed = [...names].filter((name) => !isSameSlot(slotState(before, name), slotState(after, name)));
    for (const name of 'member' in change ? [change.member] : changed) {
      this.#guard.release(name);
      for (const member of this.#plan.members) if (member.name === name) this.#breakers.reset(versionKey(member));
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw this.#closedError();
  }

  #closedError(): RuntimeError {
    return new RuntimeError('SUITE_CLOSED', `Suite "${this.name}" was closed. Load it again with loadSuite().`);
  }
}

function columnName(member: PlanMember, mode: Mode, members: readonly SuiteMember[]): string {
  const isOnly = members.filter(({ name }) => name === member.name).length === 1;
  return isOnly || mode !== 'shadow' ? member.name : `${member.name}@${member.version}`;
}
