import { setImmediate as turn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { errorMessage } from '@clamor/contract';
import { Piscina } from 'piscina';
import { RuntimeError } from '../errors.ts';
import type { Culprit } from './culprit.ts';
import { LoadBook } from './load-book.ts';
import { isBeforeBegin, lossOf } from './loss-of.ts';
import { ProgressCell } from './progress-cell.ts';
import { SeatQueue } from './seat-queue.ts';
import { aimedAt, threadOptions } from './thread-options.ts';
import { within } from './within.ts';
import type { ActivityLimits, Watch } from './watch.ts';
import type {
  HostSetup,
  LastPart,
  LoadResult,
  MemberLoad,
  MemberProblem,
  ScoreResult,
  WorkerMessage,
  WorkerTask,
} from './worker-protocol.ts';
import type { Loss, Outcome, ScoreOrder, Workplace } from './workplace.ts';

/** Told what members do out of turn. */
export interface StrayListener {
  /** A member or encoder left an error uncaught, which was survived. */
  onUncaught(culprit: Culprit): void;
  /** A worker was lost between two tasks: one of these did it, the members that it had asked last or whoever is known. */
  onLost(suspects: readonly Culprit[], cause: Loss['cause']): void;
}

/** Options of {@link ThreadPool}. */
export interface ThreadPoolOptions {
  /** Workers that score at once; one more waits as a spare. */
  readonly size: number;
  /** MiB of JavaScript heap per worker. */
  readonly heapLimitMb: number;
  readonly watch: Watch;
  readonly stray: StrayListener;
}

/** A worker thread. */
interface Seat {
  readonly threadId: number;
  readonly thread: Worker;
  readonly cell: ProgressCell;
  /** Members that it has loaded, or tried to. */
  readonly tried: Set<number>;
  isRunning: boolean;
  /** The members of its last task. */
  asked: readonly Culprit[];
}

// Of closing: a worker that does not begin is caught in something that a member left behind.
const BEGIN_LIMIT_MS = 400;
// `terminate` cannot stop native code; nobody waits longer for it.
const EXIT_TIMEOUT_MS = 1000;
const REFILL_AFTER_MS = 1000;

/**
 * Worker threads that each hold all members, one more than work at once: the spare takes the place of one that is lost.
 *
 * The pool is piscina's; its load balancer gives every task to the worker that was chosen here. A new worker loads its members
 * before it gets examples, and piscina replaces every one that ends. What workers do is watched, see {@link Watch}.
 */
export class ThreadPool implements Workplace {
  readonly #options: ThreadPoolOptions;
  readonly #piscina: Piscina<WorkerTask, unknown>;
  readonly #seats = new Set<Seat>();
  readonly #ready = new Set<Seat>();
  readonly #queue: SeatQueue<Seat>;
  readonly #leaving = new Set<Promise<void>>();
  readonly #book = new LoadBook();
  readonly #parts = new Map<number, (part: ScoreResult) => void>();
  readonly #limits: ActivityLimits;
  /** Encoder → members on it. */
  readonly #readers: ReadonlyMap<number | null, readonly number[]>;
  #refillTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #changed = Promise.withResolvers<void>();
  #failure: RuntimeError | undefined;
  #tasks = 0;

  constructor(setup: HostSetup, options: ThreadPoolOptions) {
    this.#options = options;
    this.#readers = Map.groupBy(setup.members.keys(), (member) => setup.members[member]?.encoder?.index ?? null);
    const loadMs = setup.loadDeadlineMs;
    this.#limits = { beginMs: Infinity, loadMs, parseMs: Infinity, scoreMs: () => Infinity, encodeMs: loadMs };
    this.#queue = new SeatQueue(options.size);
    this.#piscina = new Piscina(threadOptions(setup, { size: options.size + 1, heapLimitMb: options.heapLimitMb }));
    this.#piscina.on('error', () => {}); // A worker that dies between tasks has nobody to tell; its exit is seen below.
    this.#piscina.on('message', (message: WorkerMessage) => this.#onMessage(message));
    this.#piscina.on('workerCreate', ({ id }: { readonly id: number }) => this.#onWorker(id));
  }

  async load(members: readonly number[]): Promise<readonly MemberLoad[]> {
    this.#book.want(members);
    const serving = [...this.#ready];
    for (const seat of this.#seats) for (const member of members) seat.tried.delete(member);
    // One after the other: while members are tried in one worker, the others go on judging.
    for (const seat of serving) {
      // It may have been lost while another one was brought up; its replacement loads them by itself.
      if (!this.#ready.has(seat) || this.#book.lacking(seat.tried).length === 0) continue;
      if (await this.#queue.take(seat)) await this.#bringUp(seat);
    }
    while (this.#failure === undefined && !this.#isComplete()) await this.#changed.promise;
    if (this.#failure !== undefined) throw this.#failure;
    return this.#book.confirm(members);
  }

  problemOf(member: number): MemberProblem | null {
    return this.#book.problemOf(member);
  }

  async score(order: ScoreOrder): Promise<Outcome<ScoreResult> | null> {
    const seat = await this.#queue.acquire(order.urgent, order.over);
    if (seat === null) return null;
    this.#tasks = (this.#tasks % 0x3fffffff) + 1;
    const id = this.#tasks;
    const deadlines = new Map(order.members.map(({ member, deadlineMs }) => [member, deadlineMs]));
    let parts = 0;
    this.#parts.set(id, (part) => {
      parts += 1;
      order.onPart(part);
    });
    order.onBegin({ read: () => seat.cell.read(), giveUp: () => seat.cell.giveUp(id) });
    const { members, examples, encoderDeadlineMs, endsAt, careful } = order;
    const outcome = await this.#run<LastPart>(
      seat,
      { kind: 'score', id, members, examples, encoderDeadlineMs, endsAt, careful },
      {
        beginMs: order.beginMs,
        loadMs: this.#limits.loadMs,
        parseMs: order.parseDeadlineMs,
        scoreMs: (member) => deadlines.get(member) ?? 0,
        encodeMs: encoderDeadlineMs,
      },
    );
    while (outcome.kind === 'done' && parts < outcome.result.partsBefore && this.#seats.has(seat)) await turn();
    this.#parts.delete(id);
    if (outcome.kind !== 'lost') this.#queue.release(seat);
    else if (isBeforeBegin(outcome.loss)) this.#options.stray.onLost(seat.asked, outcome.loss.cause);
    seat.asked = members.map(({ member }) => ({ kind: 'member', index: member }));
    return outcome;
  }

  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true;
    this.#failure ??= new RuntimeError('SUITE_CLOSED', 'The suite was closed while it was loaded.');
    this.#change();
    if (timeoutMs > 0) await Promise.all([...this.#seats].map((seat) => within(this.#closeSeat(seat), timeoutMs)));
    for (const seat of this.#seats) this.#forget(seat);
    clearTimeout(this.#refillTimer);
    // Piscina replaces a worker that was stopped before and ends after `destroy`; now it wants none any more.
    this.#piscina.options.minThreads = 0;
    const exits = Promise.all([this.#piscina.destroy(), ...this.#leaving]);
    await within(exits, EXIT_TIMEOUT_MS);
  }

  async #closeSeat(seat: Seat): Promise<void> {
    if (this.#ready.has(seat) && (await this.#queue.take(seat))) {
      await this.#run(seat, { kind: 'close' }, { ...this.#limits, beginMs: BEGIN_LIMIT_MS });
    }
  }

  #onWorker(threadId: number): void {
    const thread = this.#piscina.threads.find((each) => each.threadId === threadId);
    if (thread === undefined) return;
    if (this.#isClosed) {
      void thread.terminate();
      return;
    }
    const seat: Seat = {
      threadId,
      thread,
      cell: new ProgressCell(),
      tried: new Set<number>(),
      isRunning: false,
      asked: [],
    };
    const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    this.#leaving.add(exited);
    void exited.then(() => {
      this.#leaving.delete(exited);
      if (!this.#seats.has(seat)) return;
      const { blamed } = seat.cell;
      if (!seat.isRunning) this.#options.stray.onLost(blamed === null ? seat.asked : [blamed], 'crash');
      this.#forget(seat);
    });
    this.#seats.add(seat);
    void this.#bringUp(seat);
  }

  /** Loads what a worker lacks; then it may serve. When a member ends it meanwhile, its replacement goes on without that one. */
  async #bringUp(seat: Seat): Promise<void> {
    const isNew = !this.#ready.has(seat);
    for (let first = isNew; first || this.#book.lacking(seat.tried).length > 0; first = false) {
      const members = this.#book.lacking(seat.tried);
      const memory = first ? { memory: seat.cell.memory } : {};
      const outcome = await this.#run<LoadResult>(seat, { kind: 'load', members, ...memory }, this.#limits);
      for (const member of members) seat.tried.add(member);
      if (outcome.kind === 'refused')
        return this.#fail(`A worker refuses to load members: ${errorMessage(outcome.error)}`);
      if (outcome.kind === 'lost') {
        const { guilty, message, cause } = outcome.loss;
        if (guilty !== null) this.#book.lost(this.#membersOf(guilty), outcome.loss);
        else if (cause === 'deadline') this.#fail("The suite's code did not finish its import in time.");
        else if (this.#ready.size === 0) this.#fail(`A worker was lost before any member was loaded: ${message}`);
        return this.#change();
      }
      if (outcome.result.suiteProblem !== null) return this.#fail(outcome.result.suiteProblem);
      for (const load of outcome.result.loads) this.#book.loaded(load);
    }
    if (!this.#seats.has(seat)) return;
    this.#ready.add(seat);
    this.#queue.release(seat);
    this.#change();
  }

  async #run<Result>(seat: Seat, task: WorkerTask, limits: ActivityLimits): Promise<Outcome<Result>> {
    const { cell } = seat;
    const controller = new AbortController();
    cell.publish('idle');
    seat.isRunning = true;
    const unwatch = this.#options.watch.watch(
      () => cell.read(),
      limits,
      () => controller.abort(),
    );
    try {
      const result = await this.#piscina.run(aimedAt(seat.threadId, task), { signal: controller.signal });
      return { kind: 'done', result: result as Result };
    } catch (error) {
      await turn(); // What the worker told before it ended is read first.
      if (this.#piscina.threads.includes(seat.thread) && this.#seats.has(seat)) return { kind: 'refused', error };
      this.#forget(seat);
      const isStopped = controller.signal.aborted;
      return {
        kind: 'lost',
        loss: lossOf(cell.read(), { isStopped, blamed: cell.blamed, message: errorMessage(error) }),
      };
    } finally {
      seat.isRunning = false;
      unwatch();
    }
  }

  #membersOf({ kind, index }: Culprit): readonly number[] {
    return kind === 'member' ? [index] : (this.#readers.get(index) ?? []);
  }

  #onMessage(message: WorkerMessage): void {
    if (message.kind === 'part') this.#parts.get(message.task)?.(message.part);
    if (message.kind === 'uncaught') this.#options.stray.onUncaught(message.culprit);
  }

  #forget(seat: Seat): void {
    this.#seats.delete(seat);
    this.#ready.delete(seat);
    this.#queue.remove(seat);
    this.#change();
    this.#refillTimer ??= setTimeout(() => this.#refill(), REFILL_AFTER_MS).unref();
  }

  /** Piscina replaces workers, but for those that end before they are ready: after one of these it never does again. */
  #refill(): void {
    this.#refillTimer = undefined;
    if (this.#isClosed || this.#piscina.threads.length > this.#options.size) return;
    // A task that no worker may have makes it start one.
    const controller = new AbortController();
    this.#piscina.run({ kind: 'close' }, { signal: controller.signal }).catch(() => {});
    controller.abort();
    this.#refillTimer = setTimeout(() => this.#refill(), REFILL_AFTER_MS).unref();
  }

  #isComplete(): boolean {
    const seats = [...this.#ready];
    return (
      seats.length === this.#options.size + 1 && seats.every(({ tried }) => this.#book.lacking(tried).length === 0)
    );
  }

  #fail(message: string): void {
    this.#failure ??= new RuntimeError('SUITE_LOAD_FAILED', message);
    this.#change();
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
