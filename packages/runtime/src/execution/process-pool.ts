import { RuntimeError } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import { LoadBook } from './load-book.ts';
import { ProcessSeat } from './process-seat.ts';
import { SeatQueue } from './seat-queue.ts';
import type { StrayListener } from './thread-pool.ts';
import { within } from './within.ts';
import type { ActivityLimits, Watch } from './watch.ts';
import type { HostSetup, LoadResult, MemberLoad, MemberProblem, ScoreResult } from './worker-protocol.ts';
import type { Outcome, ScoreOrder, Workplace } from './workplace.ts';

/** Options of {@link ProcessPool}. */
export interface ProcessPoolOptions {
  /** MiB of JavaScript heap per process. */
  readonly heapLimitMb: number;
  readonly watch: Watch;
  readonly stray: StrayListener;
}

/** A member's process, and who waits for it. */
interface Slot {
  readonly member: number;
  readonly queue: SeatQueue<StartedProcess>;
  process: StartedProcess | null;
  /** Loads in a row that ended a process. */
  lostLoads: number;
  /** Epoch milliseconds, from when on it is loaded again after one was lost. */
  retryAt: number;
}

interface StartedProcess {
  readonly seat: ProcessSeat;
  readonly started: Promise<Outcome<LoadResult>>;
  /** The slot that it works for; `null` for the spare. */
  slot: Slot | null;
}

// Of closing: a process that does not begin is caught in something that its member left behind.
const BEGIN_LIMIT_MS = 400;

/**
 * One process per member, and a spare one that has the suite's code but no member yet: it takes the place of the next one that ends.
 *
 * A process holds one member, so that nobody else pays for what it does, and everybody knows who did it.
 */
export class ProcessPool implements Workplace {
  readonly #setup: HostSetup;
  readonly #options: ProcessPoolOptions;
  readonly #slots = new Map<number, Slot>();
  readonly #book = new LoadBook();
  readonly #loadLimits: ActivityLimits;
  readonly #processes = new Set<StartedProcess>();
  #spare: StartedProcess | null = null;
  #isClosed = false;

  constructor(setup: HostSetup, options: ProcessPoolOptions) {
    this.#setup = setup;
    this.#options = options;
    const limitMs = setup.loadDeadlineMs;
    const noLimit = { parseMs: Infinity, scoreMs: () => Infinity };
    this.#loadLimits = { ...noLimit, beginMs: limitMs, loadMs: limitMs, encodeMs: limitMs };
  }

  async load(members: readonly number[]): Promise<readonly MemberLoad[]> {
    this.#book.want(members);
    const problems = await Promise.all(members.map((member) => this.#bringUp(this.#slotOf(member))));
    const problem = problems.find((found) => found !== null);
    if (problem !== undefined) throw new RuntimeError('SUITE_LOAD_FAILED', problem);
    if (members.length > 0) this.#prepareSpare();
    return this.#book.confirm(members);
  }

  problemOf(member: number): MemberProblem | null {
    const problem = this.#book.problemOf(member);
    const slot = this.#slotOf(member);
    if (problem !== null && slot.process === null && Date.now() >= slot.retryAt) void this.#bringUp(slot);
    return problem;
  }

  /** Scores a batch by the one member that it is for. */
  async score(order: ScoreOrder): Promise<Outcome<ScoreResult> | null> {
    const [asked] = order.members;
    if (asked === undefined) return null;
    const slot = this.#slotOf(asked.member);
    const process = await slot.queue.acquire(order.urgent, order.over);
    if (process === null) return null;
    const { seat } = process;
    order.onBegin({ read: () => seat.read(), giveUp: () => {} });
    const { members, examples, encoderDeadlineMs, endsAt, careful } = order;
    const outcome = await seat.run<ScoreResult>(
      { kind: 'score', id: 1, members, examples, encoderDeadlineMs, endsAt, careful },
      {
        beginMs: order.beginMs,
        loadMs: this.#setup.loadDeadlineMs,
        parseMs: order.parseDeadlineMs,
        scoreMs: () => asked.deadlineMs,
        encodeMs: encoderDeadlineMs,
      },
    );
    if (outcome.kind !== 'lost') {
      slot.queue.release(process);
      return outcome;
    }
    this.#replace(process);
    const { loss } = outcome;
    if (loss.during.activity === 'parsing' || loss.guilty !== null) return outcome;
    // Whatever it was doing, nobody else's code was there.
    return { ...outcome, loss: { ...loss, guilty: { kind: 'member', index: asked.member } } };
  }

  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true;
    if (timeoutMs > 0) {
      await Promise.all([...this.#slots.values()].map((slot) => within(this.#closeMember(slot), timeoutMs)));
    }
    await Promise.all([...this.#processes].map(({ seat }) => seat.end()));
    this.#processes.clear();
  }

  async #closeMember({ process, queue }: Slot): Promise<void> {
    if (process !== null && (await queue.take(process)))
      await process.seat.run({ kind: 'close' }, { ...this.#loadLimits, beginMs: BEGIN_LIMIT_MS });
  }

  #slotOf(member: number): Slot {
    const known = this.#slots.get(member);
    if (known !== undefined) return known;
    const slot = { member, queue: new SeatQueue<StartedProcess>(1), process: null, lostLoads: 0, retryAt: 0 };
    this.#slots.set(member, slot);
    return slot;
  }

  /**
   * Gives a member a process and loads it there; one that has a process keeps it.
   *
   * @returns What is wrong with the suite's code; `null` when nothing is.
   */
  async #bringUp(slot: Slot): Promise<string | null> {
    if (this.#isClosed || slot.process !== null) return null;
    const process = this.#spare ?? this.#start();
    this.#spare = null;
    slot.process = process;
    process.slot = slot;
    const started = await process.started;
    const isStarted = started.kind === 'done' && started.result.suiteProblem === null;
    const task = { kind: 'load', members: [slot.member] } as const;
    const outcome = isStarted ? await process.seat.run<LoadResult>(task, this.#loadLimits) : started;
    if (outcome.kind === 'done' && outcome.result.suiteProblem === null) {
      for (const load of outcome.result.loads) this.#book.loaded(load);
      if (slot.lostLoads > 0) for (const load of outcome.result.loads) this.#book.repaired(load);
      slot.lostLoads = 0;
      slot.queue.release(process);
      return null;
    }
    this.#drop(process);
    if (outcome.kind === 'lost') {
      slot.lostLoads += 1;
      slot.retryAt = Date.now() + backoffMs(slot.lostLoads);
      this.#book.lost([slot.member], outcome.loss);
    }
    slot.queue.dismiss();
    return outcome.kind === 'done' ? outcome.result.suiteProblem : null;
  }

  /** Starts a process and imports the suite's code there. */
  #start(): StartedProcess {
    const { heapLimitMb, watch, stray } = this.#options;
    const seat = new ProcessSeat({
      heapLimitMb,
      watch,
      onUncaught: (culprit) => stray.onUncaught(culprit),
      onIdleExit: () => {
        if (process.slot !== null) stray.onLost([{ kind: 'member', index: process.slot.member }], 'crash');
        this.#replace(process);
      },
    });
    const started = seat.run<LoadResult>({ kind: 'load', members: [], setup: this.#setup }, this.#loadLimits);
    const process: StartedProcess = { seat, started, slot: null };
    this.#processes.add(process);
    return process;
  }

  #prepareSpare(): void {
    if (!this.#isClosed) this.#spare ??= this.#start();
  }

  /** The spare takes the place of a process that was lost, and another one becomes the spare. */
  #replace(process: StartedProcess): void {
    const { slot } = process;
    this.#drop(process);
    if (this.#isClosed || slot === null) return;
    void this.#bringUp(slot).then(() => this.#prepareSpare());
  }

  #drop(process: StartedProcess): void {
    if (this.#spare === process) this.#spare = null;
    if (process.slot !== null) {
      process.slot.queue.remove(process);
      process.slot.process = null;
      process.slot = null;
    }
    void process.seat.end().then(() => this.#processes.delete(process));
  }
}
