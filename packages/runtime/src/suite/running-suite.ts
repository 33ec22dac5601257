import type { MemberRecord, Policy } from '@clamor/contract';
import type { DiscoveredPackage, Discovery } from '../discovery/discover.ts';
import type { Fault } from '../discovery/fault.ts';
import { type SuiteEncoder, toSuiteEncoder } from '../encoders/suite-encoders.ts';
import { RuntimeError } from '../errors.ts';
import { untilAborted } from '../execution/abortable.ts';
import { collectBatches, cutBatches } from '../execution/batches.ts';
import type { Isolation } from '../execution/engine.ts';
import type { ExampleInput } from '../execution/worker-protocol.ts';
import type { GuardAlarm } from '../guard/guard.ts';
import type { StateChange } from '../state/state-change.ts';
import { stateVersion } from '../state/state-version.ts';
import { type Mode, type SuiteState, slotState } from '../state/suite-state.ts';
import type { SuiteEmitter } from '../telemetry/events.ts';
import type { SuiteStatus } from '../telemetry/status.ts';
import { DEFAULT_FULL_SHARE } from '../verdict/early-stop.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { Changing } from './changing.ts';
import { Judging } from './judging.ts';
import type { Call } from './pipeline.ts';
import { type ScoreTable, ScoreTableBuilder } from './score-table.ts';
import { SuiteCore, type SuiteCoreParts } from './suite-core.ts';
import { suiteStatus } from './suite-status.ts';

/** An installed version of a member of a loaded suite, as it stands now. */
export interface SuiteMember extends DiscoveredPackage {
  /** What the state says of the version that counts (on a part of the keys during a rollout); another one is a shadow. */
  readonly mode: Mode;
  /** `null` when the record could not be read; then there is a fault. */
  readonly record: MemberRecord | null;
  readonly isolation: Isolation;
  /** Why it cannot judge; `null` when it can. */
  readonly fault: Fault | null;
  /**
   * Hash over all that decides its scores, see `scoreHash`: where it is the same, scores of before can be used. `null` for a member
   * with a fault of its files.
   */
  readonly scoreHash: string | null;
}

/** Options of a run over examples. */
export interface RunOptions {
  /** Stops the run wherever it is: the promise rejects with the signal's reason, and a stream's source is told to stop. */
  readonly signal?: AbortSignal;
  /** Called after every batch with the number of examples done so far. */
  readonly onProgress?: (examplesDone: number) => void;
  /**
   * `online`: somebody waits for the answer; `batch`: nobody does, deadlines count per example, and online work goes first.
   * Default: `judge` is online, `judgeStream` and `score` are batch.
   */
  readonly priority?: 'online' | 'batch';
}

/** Options of a run that scores. */
export interface ScoreOptions extends RunOptions {
  /** Which members are asked, by the names of their columns; default all that are not off. */
  readonly members?: readonly string[];
}

/** Options of a run that judges. */
export interface JudgeOptions extends RunOptions {
  /**
   * `full` (default): every member is asked. `first`: members are asked one after the other, in a learned order, until one that
   * counts is positive; the outcome is the same, what the others would have said is not known, and the verdict says
   * `full: false`.
   */
  readonly mode?: 'full' | 'first';
  /** With `first`: share of the examples that is asked in full all the same, by hash of the key, in [0, 1]; default .1. */
  readonly fullShare?: number;
}

/** How {@link RunningSuite.close} ends. */
export interface CloseOptions {
  /** `true`: what was accepted is answered first. `false` (default): runs under way end with `SUITE_CLOSED`. */
  readonly drain?: boolean;
}

/** A suite that is loaded and ready to judge; made by `loadSuite`. */
export class RunningSuite {
  readonly #core: SuiteCore;
  readonly #judging: Judging;
  readonly #changing: Changing;

  constructor(parts: SuiteCoreParts) {
    this.#core = new SuiteCore(parts);
    this.#judging = new Judging(this.#core);
    this.#changing = new Changing(this.#core);
  }

  get name(): string {
    return this.#core.plan.name;
  }

  get policy(): Policy {
    return this.#core.plan.policy;
  }

  get suiteVersion(): string {
    return this.#core.plan.suiteVersion;
  }

  get stateVersion(): string {
    return stateVersion(this.#core.state.current);
  }

  /** Tells what happens: failures, lost workers, breakers, alarms of the guard, changes, reloads, refusals, batches. */
  get events(): SuiteEmitter {
    return this.#core.telemetry.events;
  }

  get discovery(): Discovery {
    return this.#core.plan.discovery;
  }

  /** Empty unless the suite was loaded with `onFault: 'degrade'`. */
  get faults(): readonly Fault[] {
    return this.#core.plan.faults;
  }

  /** What the members read, each once, those of members that are off too. */
  get encoders(): readonly SuiteEncoder[] {
    return this.#core.plan.engine.encoders.map(toSuiteEncoder);
  }

  /** Versions that are not off, in the order of their package names. */
  get members(): readonly SuiteMember[] {
    const { slots, members } = this.#core.plan;
    return slots.flatMap((slot) => {
      const { own, members: places } = slot;
      const { mode, version } = slotState(this.#core.state.current, slot);
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
   * @throws {RuntimeError} `SUITE_CLOSED`, `SUITE_OVERLOADED`, `SUITE_FULL_SHARE_RANGE`
   */
  async judge(
    examples: readonly ExampleInput[],
    { mode, fullShare, ...options }: JudgeOptions = {},
  ): Promise<Verdict[]> {
    const { size } = this.#core.plan.engine;
    const batches = cutBatches(examples, { workers: size, batchSize: this.#core.options.batchSize });
    const spareWorkers = Math.max(1, Math.floor(size / Math.max(1, batches.length)));
    const { length } = examples;
    const rest = { batches: () => batches, examples: length, spareWorkers, fullShare: shareOf(mode, fullShare) };
    return this.#judging.judge({ priority: 'online', ...options, ...rest });
  }

  /**
   * Judges a stream, in its order, with a bounded number of batches under way.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`, `SUITE_FULL_SHARE_RANGE`
   */
  judgeStream(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    { mode, fullShare, ...options }: JudgeOptions = {},
  ): AsyncGenerator<Verdict> {
    const rest = {
      batches: this.#batchesOf(examples),
      examples: 0,
      spareWorkers: 1,
      fullShare: shareOf(mode, fullShare),
    };
    return this.#judging.verdicts({ priority: 'batch', ...options, ...rest });
  }

  /**
   * Scores examples without judging them, all by the plan and state of the beginning.
   *
   * @throws {RuntimeError} `SUITE_CLOSED`
   */
  async score(
    examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>,
    { members, ...options }: ScoreOptions = {},
  ): Promise<ScoreTable> {
    const { plan } = this.#core;
    const state = this.#core.state.current;
    const table = new ScoreTableBuilder(plan, { state, ...(members === undefined ? {} : { members }) });
    const only = members === undefined ? {} : { only: table.asked };
    const rest = { batches: this.#batchesOf(examples), examples: 0, spareWorkers: 1, fixed: { plan, state }, ...only };
    await plan.use(async () => {
      for await (const batch of this.#judging.scored({ priority: 'batch', ...options, ...rest })) table.add(batch);
    });
    return table.build();
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
    return this.#changing.control(change);
  }

  /**
   * Looks again at what is installed and switches to it: the members are checked and loaded in new workers and try their
   * samples there, then new batches go to them, and the old workers end when the batches that they began are done. Code is
   * never imported again in place.
   *
   * @param options.signal - Stops the reload before it has switched: the promise rejects with the signal's reason, and nothing
   * of the new workers is left running.
   * @returns Resolves when the old workers have ended.
   * @throws {RuntimeError} `SUITE_RELOAD_REFUSED` when something is wrong with what is installed now, and whatever `loadSuite`
   * throws; the suite then goes on as it was. `SUITE_CLOSED`
   */
  reload({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#changing.reload(signal);
  }

  /** How the suite stands: plain data, without examples and keys, fit for a page or a log. */
  status(): SuiteStatus {
    return suiteStatus(this.#core);
  }

  /** Alarms of the guard that nobody answered yet, with the keys to judge again, oldest first. */
  get guardAlarms(): readonly GuardAlarm[] {
    return this.#core.guard.alarms;
  }

  /**
   * Closes members and workers; may be called twice, and again without `drain` by who will not wait any longer.
   *
   * What comes after it gets `SUITE_CLOSED`.
   */
  close({ drain = false }: CloseOptions = {}): Promise<void> {
    return this.#changing.close(drain);
  }

  #batchesOf(examples: AsyncIterable<ExampleInput> | Iterable<ExampleInput>): Call['batches'] {
    return (signal) => collectBatches(untilAborted(examples, signal), this.#core.options.batchSize);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** The share that is asked in full; `undefined` when all are, whatever they say. */
function shareOf(mode: JudgeOptions['mode'], fullShare = DEFAULT_FULL_SHARE): number | undefined {
  if (!(fullShare >= 0 && fullShare <= 1)) {
    throw new RuntimeError(
      'SUITE_FULL_SHARE_RANGE',
      `fullShare is ${fullShare}. It must be a share from 0 to 1, such as ${DEFAULT_FULL_SHARE}; correct the call.`,
    );
  }
  return mode === 'first' ? fullShare : undefined;
}
