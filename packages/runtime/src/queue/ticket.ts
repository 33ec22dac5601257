import type PQueue from 'p-queue';

/** Online calls have somebody waiting for them; batch work can wait. */
export type Priority = 'online' | 'batch';

/** Examples of one priority. */
export interface ClassSizes {
  waiting: number;
  running: number;
}

/** Options of a {@link Ticket}. */
export interface TicketOptions {
  readonly priority: Priority;
  /** Examples that count as waiting from now until they start. */
  readonly examples: number;
  /** Takes the call out of the queue; its batches that have not started reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the first batch must have started; default no limit. */
  readonly maxWaitMs?: number | undefined;
}

/** What a ticket needs of its queue. */
export interface TicketQueue {
  readonly queue: PQueue;
  readonly sizes: ClassSizes;
  readonly lateError: (waitedMs: number) => Error;
  readonly onReleased: (ticket: Ticket) => void;
}

// P-queue takes the highest first.
const PRIORITIES = { online: 1, batch: 0 } as const;

const RELEASED = new Error('The call was given up before all of its batches had run.');

/** A call that was let in: it runs one or more batches and is then released. */
export class Ticket {
  readonly priority: Priority;
  readonly #queue: TicketQueue;
  readonly #callerSignal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #end = new AbortController();
  readonly #last = new AbortController();
  readonly #waiting = new Set<AbortController>();
  readonly #done = Promise.withResolvers<void>();
  #batchesRunning = 0;
  #examplesWaiting = 0;

  constructor({ priority, examples, signal, maxWaitMs }: TicketOptions, queue: TicketQueue) {
    this.priority = priority;
    this.#queue = queue;
    this.#callerSignal = signal;
    this.#countWaiting(examples);
    // One listener per call, however many batches it has.
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (maxWaitMs !== undefined) {
      this.#timer = setTimeout(() => this.expel(queue.lateError(maxWaitMs)), maxWaitMs);
    }
  }

  /** Aborted when the call ends before its time, whoever ended it: the caller's signal, the queue, or a wait too long. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Aborted when no further batch of the call is let in: there is no use in waiting for one. */
  get lastCall(): AbortSignal {
    return this.#last.signal;
  }

  /** Resolves when the ticket is released or expelled and nothing of it runs. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /**
   * Runs one batch of the call when its turn comes.
   *
   * @param examples - Of this batch.
   * @returns What the work returns; rejects as it does, or with the reason why it never ran.
   */
  async run<Result>(work: () => Promise<Result>, examples: number): Promise<Result> {
    this.lastCall.throwIfAborted();
    if (this.priority === 'batch') this.#countWaiting(examples);
    // Not the caller's signal: p-queue would free the slot of a batch that was aborted and still runs.
    const leave = new AbortController();
    this.#waiting.add(leave);
    const start = (): Promise<Result> => {
      this.#waiting.delete(leave);
      return this.#start(work, examples);
    };
    return await this.#queue.queue.add(start, { priority: PRIORITIES[this.priority], signal: leave.signal });
  }

  /** Lets no further batch in; what waits and what runs goes on. */
  finish(reason: unknown): void {
    this.#last.abort(reason);
  }

  /** Gives back what was never run: whoever has a ticket calls this in the end, whatever happened. */
  release(): void {
    this.expel(RELEASED);
  }

  /** Ends the call: what waits rejects with the reason, what runs is told by the signal and settles by itself. */
  expel(reason: unknown): void {
    if (this.signal.aborted) return;
    this.#last.abort(reason);
    this.#end.abort(reason);
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onAbort);
    this.#countWaiting(-this.#examplesWaiting);
    for (const leave of this.#waiting) leave.abort(reason);
    this.#waiting.clear();
    this.#queue.onReleased(this);
    if (this.#batchesRunning === 0) this.#done.resolve();
  }

  readonly #onAbort = (): void => this.expel(this.#callerSignal?.reason);

  async #start<Result>(work: () => Promise<Result>, examples: number): Promise<Result> {
    clearTimeout(this.#timer);
    this.#countWaiting(-Math.min(examples, this.#examplesWaiting));
    this.#batchesRunning++;
    this.#queue.sizes.running += examples;
    try {
      return await work();
    } finally {
      this.#batchesRunning--;
      this.#queue.sizes.running -= examples;
      if (this.signal.aborted && this.#batchesRunning === 0) this.#done.resolve();
    }
  }

  #countWaiting(examples: number): void {
    this.#examplesWaiting += examples;
    this.#queue.sizes.waiting += examples;
  }
}
