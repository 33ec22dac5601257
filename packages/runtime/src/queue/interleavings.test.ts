import { errorCode, errorMessage } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdmissionQueue } from './admission-queue.ts';

const CALL = fc.record({
  priority: fc.constantFrom('online' as const, 'batch' as const),
  /** Examples of each batch. */
  batches: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  isAborted: fc.boolean(),
  fails: fc.boolean(),
});

type Call = typeof CALL extends fc.Arbitrary<infer Value> ? Value : never;

/** What one batch of a call came to. */
interface BatchEnd {
  readonly outcome: string;
  readonly runs: number;
}

const CODES_OF_NEVER_RUN = ['SUITE_OVERLOADED', 'SUITE_CLOSED', 'the caller left'];

/** Makes calls, aborts and closes whose every step waits for the scheduler, so that fast-check chooses the order. */
class Stage {
  readonly queue: AdmissionQueue;
  readonly #scheduler: fc.Scheduler;
  #atOnce = 0;
  mostAtOnce = 0;

  constructor(scheduler: fc.Scheduler, concurrency: number) {
    this.#scheduler = scheduler;
    this.queue = new AdmissionQueue({ suite: 'texts', concurrency, limit: 8 });
  }

  async call(call: Call): Promise<BatchEnd[]> {
    const controller = new AbortController();
    const aborting = call.isAborted
      ? this.#step().then(() => controller.abort(new Error('the caller left')))
      : Promise.resolve();
    const ends = await this.#admitted(call, controller.signal);
    await aborting;
    return ends;
  }

  async close(drain: boolean): Promise<void> {
    await this.#step();
    await this.queue.close({ drain });
  }

  async #admitted(call: Call, signal: AbortSignal): Promise<BatchEnd[]> {
    await this.#step();
    const examples = call.batches.reduce((sum, size) => sum + size, 0);
    try {
      const ticket = this.queue.admit({ priority: call.priority, examples, signal });
      const run = async (size: number): Promise<BatchEnd> => {
        const batch = { runs: 0 };
        await this.#step();
        const outcome = await outcomeOf(ticket.run(() => this.#work(call, batch), size));
        return { outcome, runs: batch.runs };
      };
      const ends = await Promise.all(call.batches.map(run));
      ticket.release();
      return ends;
    } catch (error) {
      return call.batches.map(() => ({ outcome: errorCode(error) ?? errorMessage(error), runs: 0 }));
    }
  }

  async #work(call: Call, batch: { runs: number }): Promise<string> {
    batch.runs++;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    await this.#step();
    this.#atOnce--;
    if (call.fails) throw new Error('the work failed');
    return 'done';
  }

  #step(): Promise<void> {
    return this.#scheduler.schedule(Promise.resolve());
  }
}

async function outcomeOf(promise: Promise<string>): Promise<string> {
  try {
    return await promise;
  } catch (error) {
    return errorCode(error) ?? errorMessage(error);
  }
}

/** What every batch must come to: it ran once and gave its own outcome, or it never ran and says why. */
function isHonest({ outcome, runs }: BatchEnd, call: Call | undefined): boolean {
  return runs === 1 ? outcome === (call?.fails ? 'the work failed' : 'done') : CODES_OF_NEVER_RUN.includes(outcome);
}

describe('AdmissionQueue in every interleaving of calls, batches, aborts and closes', () => {
  it('settles each batch once, runs no more at once than it may, and ends empty (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(CALL, { minLength: 1, maxLength: 6 }),
        fc.subarray([true, false]),
        fc.integer({ min: 1, max: 3 }),
        async (scheduler, calls, closes, concurrency) => {
          const stage = new Stage(scheduler, concurrency);
          const ended = Promise.all(calls.map((call) => stage.call(call)));
          const closed = Promise.all(closes.map((drain) => stage.close(drain)));
          await scheduler.waitIdle();
          const [ends] = await Promise.all([ended, closed, stage.queue.idle()]);
          expect(ends.map((batches) => batches.length)).toEqual(calls.map((call) => call.batches.length));
          expect(ends.flatMap((batches, i) => batches.filter((end) => !isHonest(end, calls[i])))).toEqual([]);
          expect(stage.mostAtOnce).toBeLessThanOrEqual(concurrency);
          expect(stage.queue.sizes).toEqual({ online: { waiting: 0, running: 0 }, batch: { waiting: 0, running: 0 } });
        },
      ),
    );
  });
});
