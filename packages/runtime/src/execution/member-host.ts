import { AsyncLocalStorage } from 'node:async_hooks';
import {
  FAILED,
  type FailureReason,
  type LoadedClassifier,
  type ScoreColumn,
  type Suite,
  errorMessage,
  failedColumn,
} from '@clamor/contract';
import { importCheckedSuite } from './import-suite.ts';
import { MemberProblemError, loadMember } from './load-member.ts';
import { parseExample } from './parse-example.ts';
import type { Progress } from './progress-cell.ts';
import { scoreMember } from './score-member.ts';
import { trySamples } from './try-samples.ts';
import type { HostSetup, LoadResult, MemberLoad, MemberScores, ScoreResult, ScoreTask } from './worker-protocol.ts';

/** What a {@link MemberHost} tells while it scores a batch. */
export interface ScoreWatcher {
  /** Hands over what is done so far, so that it is not lost with this host; later parts do not repeat it. */
  readonly onPart?: (part: ScoreResult) => void;
  /** Whether nobody waits any more; asked before each member. */
  readonly isOver?: () => boolean;
}

// Losing less than this with a worker costs less than telling it.
const TELL_EVERY_MS = 5;

/**
 * The code of a suite and its members, loaded, in whatever place they run: one host per worker thread or process, or one on the main
 * thread. It parses examples, scores them by one member after the other, and trusts nothing that members do in JavaScript and in
 * their own turn. What they do to the place itself (block it, end it, patch it) is seen from outside.
 */
export class MemberHost {
  readonly #setup: HostSetup;
  readonly #progress: Progress;
  readonly #loads = new Map<number, Promise<MemberLoad>>();
  readonly #loaded = new Map<number, LoadedClassifier<unknown>>();
  readonly #callers = new AsyncLocalStorage<number>();
  readonly #uncaught = new Map<number, (reason: FailureReason) => void>();
  #suite: Promise<Suite> | undefined;

  constructor(setup: HostSetup, progress: Progress) {
    this.#setup = setup;
    this.#progress = progress;
  }

  /** The member whose code runs now, or began what runs now (a timer, a promise); `undefined` when none did. */
  get caller(): number | undefined {
    return this.#callers.getStore();
  }

  /** Takes a member's call for failed, if one is under way: an error of its code came up where nobody waits for it. */
  failCall(member: number, reason: FailureReason): void {
    this.#uncaught.get(member)?.(reason);
  }

  /** Imports, loads and tries members; one that is ready stays as it is, one that failed before is tried again. */
  async load(members: readonly number[]): Promise<LoadResult> {
    this.#progress.publish('starting');
    try {
      await this.#getSuite();
    } catch (error) {
      return { suiteProblem: errorMessage(error), loads: [] };
    }
    const loads: MemberLoad[] = [];
    for (const member of members) {
      if ((await this.#loads.get(member))?.problem != null) this.#loads.delete(member);
      loads.push(await this.#ensureLoaded(member));
    }
    this.#progress.publish('idle');
    return { suiteProblem: null, loads };
  }

  /** Parses examples and scores them by members, in the order of the task. */
  async score(task: ScoreTask, { onPart, isOver }: ScoreWatcher = {}): Promise<ScoreResult> {
    const start = performance.now();
    const parsed = await this.#parse(task.examples);
    let part: { columns: MemberScores[] } & ScoreResult = {
      columns: [],
      unreadable: parsed.unreadable,
      parseTimeMs: performance.now() - start,
    };
    let toldAt = start;
    for (const { member, deadlineMs, isSuspect } of task.members) {
      if (isOver?.() === true) break;
      const isDue = isSuspect || performance.now() - toldAt > TELL_EVERY_MS;
      if (onPart !== undefined && part.columns.length > 0 && isDue) {
        onPart(part);
        part = { columns: [], unreadable: new Map(), parseTimeMs: 0 };
        toldAt = performance.now();
      }
      const deadline = Math.min(Date.now() + deadlineMs, task.endsAt);
      part.columns.push(await this.#scoreOne(member, parsed, task.examples.length, deadline));
    }
    this.#progress.publish('idle');
    return part;
  }

  /** Closes every member; each may be closed more than once. */
  async close(): Promise<void> {
    this.#progress.publish('closing');
    const closing = [...this.#loaded].map(([member, classifier]) =>
      this.#callers.run(member, async () => classifier.close()),
    );
    await Promise.allSettled(closing);
    this.#loaded.clear();
    this.#loads.clear();
  }

  async #parse(inputs: ScoreTask['examples']): Promise<ParsedBatch> {
    const examples: unknown[] = [];
    const places: number[] = [];
    const unreadable = new Map<number, FailureReason>();
    const suite = await this.#getSuite();
    for (const [i, { input }] of inputs.entries()) {
      this.#progress.publish('parsing', i);
      const parsed = await parseExample(suite, input);
      if ('error' in parsed) unreadable.set(i, parsed.error);
      else {
        examples.push(parsed.example);
        places.push(i);
      }
    }
    return { examples, places, unreadable };
  }

  async #scoreOne(member: number, parsed: ParsedBatch, length: number, deadline: number): Promise<MemberScores> {
    const { problem } = await this.#ensureLoaded(member);
    const classifier = this.#loaded.get(member);
    if (problem !== null || classifier === undefined) {
      const reason = {
        code: problem?.code ?? 'MEMBER_LOAD_FAILED',
        message: problem?.found ?? 'The member is not loaded.',
      };
      return { member, column: spread(failedColumn(parsed.examples.length, reason), parsed, length), timeMs: 0 };
    }
    this.#progress.publish('scoring', member);
    const start = performance.now();
    const uncaught = new Promise<FailureReason>((resolve) => this.#uncaught.set(member, resolve));
    const mayAbstain = this.#setup.members[member]?.record.abstains ?? false;
    const column = await this.#callers.run(member, () =>
      scoreMember(classifier, parsed.examples, { mayAbstain, deadline, uncaught }),
    );
    this.#uncaught.delete(member);
    return { member, column: spread(column, parsed, length), timeMs: performance.now() - start };
  }

  #getSuite(): Promise<Suite> {
    this.#suite ??= importCheckedSuite(this.#setup.suite);
    return this.#suite;
  }

  #ensureLoaded(member: number): Promise<MemberLoad> {
    let load = this.#loads.get(member);
    if (load === undefined) {
      this.#progress.publish('loading', member);
      load = this.#callers.run(member, () => this.#loadAndTry(member));
      this.#loads.set(member, load);
    }
    return load;
  }

  async #loadAndTry(index: number): Promise<MemberLoad> {
    const member = this.#setup.members[index];
    if (member === undefined) throw new RangeError(`There is no member ${index}.`);
    const deadline = Date.now() + this.#setup.loadDeadlineMs;
    const uncaught = new Promise<FailureReason>((resolve) => this.#uncaught.set(index, resolve));
    const failed = uncaught.then((reason) => {
      throw new MemberProblemError(reason.code, reason.message, 'a member that loads', REPORT);
    });
    failed.catch(() => {});
    try {
      const classifier = await this.#within(Promise.race([loadMember(member), failed]), deadline);
      const suite = await this.#getSuite();
      const costMs = await this.#within(trySamples(classifier, member, suite, deadline), deadline);
      this.#loaded.set(index, classifier);
      return { member: index, problem: null, costMs };
    } catch (error) {
      if (error instanceof MemberProblemError) return { member: index, problem: error.problem, costMs: null };
      throw error;
    } finally {
      this.#uncaught.delete(index);
    }
  }

  /** A promise under a deadline: an import can hang without blocking the thread. */
  async #within<Value>(promise: Promise<Value>, deadline: number): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(loadTimeout(this.#setup.loadDeadlineMs)), deadline - Date.now());
    });
    promise.catch(() => {}); // When the deadline wins, a later rejection belongs to nobody.
    try {
      return await Promise.race([promise, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface ParsedBatch {
  /** Those that could be read. */
  readonly examples: readonly unknown[];
  /** Index in the batch of each of them. */
  readonly places: readonly number[];
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** A column over the readable examples as one over the batch. */
function spread(column: ScoreColumn, { places, unreadable }: ParsedBatch, length: number): ScoreColumn {
  if (places.length === length) return column;
  const scores = new Float32Array(length).fill(Number.NaN);
  const status = new Uint8Array(length).fill(FAILED);
  const reasons = new Map(unreadable);
  for (const [row, place] of places.entries()) {
    scores[place] = column.scores[row] ?? Number.NaN;
    status[place] = column.status[row] ?? FAILED;
    const reason = column.reasons.get(row);
    if (reason !== undefined) reasons.set(place, reason);
  }
  return { scores, status, reasons };
}

const REPORT = 'Report it to its owner; exclude it meanwhile.';

function loadTimeout(deadlineMs: number): MemberProblemError {
  return new MemberProblemError(
    'MEMBER_LOAD_TIMEOUT',
    `no end of import, load or samples within ${deadlineMs} ms`,
    'a member that loads in time',
    'Report it to its owner, or raise loadDeadlineMs.',
  );
}
