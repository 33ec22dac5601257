import { AsyncLocalStorage } from 'node:async_hooks';
import type { FailureReason } from '@clamor/contract';
import type { BatchEncodings } from '../encoders/batch-encodings.ts';
import type { Culprit } from './culprit.ts';

interface Call {
  readonly who: Culprit;
  readonly encodings: BatchEncodings | null;
}

/** Whose code runs in a thread: known from the asynchronous context in which it was called. */
export class Callers {
  readonly #calls = new AsyncLocalStorage<Call>();
  readonly #uncaught = new Map<string, (reason: FailureReason) => void>();

  /** Whose code runs now, or began what runs now (a timer, a promise); `undefined` for nobody's. */
  get current(): Culprit | undefined {
    return this.#calls.getStore()?.who;
  }

  /** The encoded texts of the batch for which the running code was called; `null` for none. */
  get encodings(): BatchEncodings | null {
    return this.#calls.getStore()?.encodings ?? null;
  }

  /** Runs code of a member or an encoder. */
  run<Result>(call: Call, work: () => Result): Result {
    return this.#calls.run(call, work);
  }

  /**
   * Runs a call that has failed as soon as an error of the same code comes up where nobody waits for it.
   *
   * @param work - Given a promise of that error's reason.
   */
  async watch<Result>(call: Call, work: (uncaught: Promise<FailureReason>) => Promise<Result>): Promise<Result> {
    const key = keyOf(call.who);
    const uncaught = new Promise<FailureReason>((resolve) => this.#uncaught.set(key, resolve));
    try {
      return await this.#calls.run(call, () => work(uncaught));
    } finally {
      this.#uncaught.delete(key);
    }
  }

  /** Takes a call for failed, if one is under way. */
  fail(who: Culprit, reason: FailureReason): void {
    this.#uncaught.get(keyOf(who))?.(reason);
  }
}

function keyOf({ kind, index }: Culprit): string {
  return `${kind} ${index}`;
}
