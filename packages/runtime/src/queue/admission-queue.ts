import PQueue from 'p-queue';
import { RuntimeError } from '../errors.ts';
import { type ClassSizes, type Priority, Ticket, type TicketOptions } from './ticket.ts';

/** Options of {@link AdmissionQueue}. */
export interface AdmissionQueueOptions {
  /** Name of the suite, for messages. */
  readonly suite: string;
  /** Batches that run at once, ≥ 1. */
  readonly concurrency: number;
  /** Examples of online calls that may wait, ≥ 0. */
  readonly limit: number;
}

/** Numbers of examples by priority. */
export type QueueSizes = { readonly [priority in Priority]: Readonly<ClassSizes> };

/**
 * Decides which batch runs next, and refuses what the suite could not answer in time anyway.
 *
 * - A call is let in or refused as a whole, at once: a ticket in hand, all of its batches run, also while the queue drains.
 * - `online` goes before `batch`, first come first served within each. Nothing that runs is interrupted, so an online call waits
 *   for at most one batch to end per slot, not for the batch work that waits.
 * - An online call is refused with `SUITE_OVERLOADED` when others wait and their examples and its own exceed `limit`; when nothing
 *   waits, a call of any size is let in. It is refused, too, when its first batch has not started within `maxWaitMs`.
 * - Batch work is never refused: a stream has few batches under way and waits. It moves whenever online calls leave a slot, that is
 *   while online load is below capacity; under permanent online overload it waits for as long as that lasts, by intention.
 * - An abort while a batch waits takes it out; it never runs, and the promise rejects with the signal's reason. What runs already is
 *   the business of whoever listens to the signal; its slot is free when it settles.
 *
 * @example
 * // const queue = new AdmissionQueue({ suite: 'spam', concurrency: 2, limit: 1000 });
 * // await queue.run(async () => 'verdicts', { priority: 'online', examples: 1 }) // 'verdicts'
 */
export class AdmissionQueue {
  readonly #suite: string;
  readonly #limit: number;
  readonly #queue: PQueue;
  readonly #tickets = new Set<Ticket>();
  readonly #sizes: { readonly [priority in Priority]: ClassSizes } = {
    online: { waiting: 0, running: 0 },
    batch: { waiting: 0, running: 0 },
  };
  #isClosed = false;

  constructor({ suite, concurrency, limit }: AdmissionQueueOptions) {
    this.#suite = suite;
    this.#limit = limit;
    this.#queue = new PQueue({ concurrency });
  }

  /** Examples that wait and that run, by priority. */
  get sizes(): QueueSizes {
    return { online: { ...this.#sizes.online }, batch: { ...this.#sizes.batch } };
  }

  /**
   * Lets a call in. Whoever holds the ticket must release it, whatever happens.
   *
   * @param options.examples - Of the whole call when it is online; ignored for batch work, which is counted as it comes.
   * @throws {RuntimeError} `SUITE_OVERLOADED`, `SUITE_CLOSED`; the signal's reason when it is aborted already.
   */
  admit(options: TicketOptions): Ticket {
    options.signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closedError();
    const { waiting } = this.#sizes.online;
    if (options.priority === 'online' && waiting > 0 && waiting + options.examples > this.#limit) {
      throw this.#overloadedError(`${count(options.examples)} came`);
    }
    const ticket = new Ticket(
      { ...options, examples: options.priority === 'online' ? options.examples : 0 },
      {
        queue: this.#queue,
        sizes: this.#sizes[options.priority],
        lateError: (waitedMs) => this.#overloadedError(`${count(options.examples)} had waited ${waitedMs} ms`),
        onReleased: (released) => this.#tickets.delete(released),
      },
    );
    this.#tickets.add(ticket);
    return ticket;
  }

  /**
   * Runs a call that is one batch.
   *
   * @returns What the work returns; rejects as it does, and as {@link admit} does.
   */
  async run<Result>(work: () => Promise<Result>, options: TicketOptions): Promise<Result> {
    const ticket = this.admit(options);
    try {
      return await ticket.run(work, options.examples);
    } finally {
      ticket.release();
    }
  }

  /** Resolves when no batch waits and none runs; at once when that is so already. */
  idle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /**
   * Lets nobody in any more and resolves when nothing runs. May be called again, to abort what still drains.
   *
   * @param options.drain - `true`: online calls that were let in are answered whole, and of batch work what waits already; its next
   * batch gets `SUITE_CLOSED`, because a stream may have no end. `false`: what waits gets `SUITE_CLOSED` now, what runs settles.
   */
  async close({ drain }: { drain: boolean }): Promise<void> {
    this.#isClosed = true;
    const online = [...this.#tickets].filter((ticket) => ticket.priority === 'online');
    for (const ticket of this.#tickets) {
      if (!drain) ticket.expel(this.#closedError());
      else if (ticket.priority === 'batch') ticket.finish(this.#closedError());
    }
    await Promise.all(online.map((ticket) => ticket.done));
    await this.#queue.onIdle();
  }

  #closedError(): RuntimeError {
    return new RuntimeError('SUITE_CLOSED', `Suite "${this.#suite}" was closed. Load it again with loadSuite().`);
  }

  #overloadedError(what: string): RuntimeError {
    const waiting = count(this.#sizes.online.waiting);
    return new RuntimeError(
      'SUITE_OVERLOADED',
      `Suite "${this.#suite}" is overloaded: ${what} while ${waiting} of online calls waited; the limit is ${this.#limit}.\n` +
        `Try again later, send fewer at a time, give the suite more workers, or judge what can wait with judgeStream().`,
    );
  }
}

function count(examples: number): string {
  return `${examples} example${examples === 1 ? '' : 's'}`;
}
