import { errorCode } from '@clamor/contract';
import { inOrder } from '../execution/in-order.ts';
import type { ExampleInput } from '../execution/worker-protocol.ts';
import type { AdmissionQueue } from '../queue/admission-queue.ts';
import type { Priority, Ticket } from '../queue/ticket.ts';
import type { SuiteState } from '../state/suite-state.ts';
import type { SuiteTelemetry } from '../telemetry/suite-telemetry.ts';
import { type ResolvedOptions, forMember } from './options.ts';
import type { Plan } from './plan.ts';
import { type ScoredBatch, scoreBatch } from './score-batch.ts';
import { callAttributes, momentAttributes } from './span-attributes.ts';
import { type EarlyStop, scoreFirst } from './score-first.ts';
import type { SuiteBreakers } from './suite-breakers.ts';

/** What a batch is asked by. */
export interface Moment {
  readonly plan: Plan;
  readonly state: SuiteState;
}

/** A call on its way through a {@link Pipeline}. */
export interface Call {
  /** @param signal - Aborted when no further batch is let in: a source that is silent is not to be waited for. */
  readonly batches: (signal: AbortSignal) => AsyncIterable<readonly ExampleInput[]> | Iterable<readonly ExampleInput[]>;
  readonly priority: Priority;
  /** Of the whole call; 0 for a stream, which is counted as it comes. */
  readonly examples: number;
  /** Workers that would otherwise have nothing to do while a batch runs, its own included. */
  readonly spareWorkers: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((examplesDone: number) => void) | undefined;
  /** The share that is asked in full, in [0, 1], where the first positive ends the asking; default: everybody is asked. */
  readonly fullShare?: number | undefined;
  /** Places of the members of the fixed plan that are asked; default all. */
  readonly only?: readonly number[];
  /** The plan and the state for all batches; default those of the moment when each is asked. */
  readonly fixed?: Moment;
}

/** Parts of a {@link Pipeline}. */
export interface PipelineParts {
  readonly options: ResolvedOptions;
  readonly queue: AdmissionQueue;
  readonly breakers: SuiteBreakers;
  /** The plan and the state of this moment. */
  readonly now: () => Moment;
  readonly telemetry: SuiteTelemetry;
  /** How asking stops at the first positive at this moment. */
  readonly earlyStop: () => Omit<EarlyStop, 'fullShare'>;
}

/** The way of batches: let in → wait for a turn → asked by the plan and state of that moment → out, in their order. */
export class Pipeline {
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /**
   * Scores the batches of a call, in their order, with a bounded number under way.
   *
   * @throws {RuntimeError} `SUITE_OVERLOADED`, `SUITE_CLOSED`; the signal's reason when it is aborted
   */
  async *score({ batches, signal, onProgress, ...call }: Call): AsyncGenerator<ScoredBatch> {
    const { now, telemetry } = this.#parts;
    const ticket = this.#admit(call, signal);
    try {
      let done = 0;
      // A batch that waits for its turn is started by whoever ends before it; its span belongs to this call all the same.
      const ask = telemetry.spans.bound((examples: readonly ExampleInput[]) =>
        this.#ask(call.fixed ?? now(), examples, call, ticket.signal),
      );
      const work = (examples: readonly ExampleInput[]): Promise<ScoredBatch> =>
        ticket.run(() => ask(examples), examples.length);
      for await (const scored of inOrder(batches(ticket.lastCall), 2 * now().plan.engine.size, work)) {
        ticket.signal.throwIfAborted();
        let isRead = false;
        try {
          yield scored;
          isRead = true;
        } finally {
          // Whoever stops reading wants nothing more of what is under way.
          if (!isRead) ticket.release();
        }
        done += scored.examples.length;
        onProgress?.(done);
      }
    } catch (error) {
      this.#tellOverload(error, call.examples); // Its turn came too late.
      throw error;
    } finally {
      ticket.release();
    }
  }

  #admit({ priority, examples }: Pick<Call, 'priority' | 'examples'>, signal: AbortSignal | undefined): Ticket {
    const { queue, options } = this.#parts;
    try {
      const maxWaitMs = priority === 'online' ? options.deadlineMs : undefined;
      return queue.admit({ priority, examples, signal, maxWaitMs });
    } catch (error) {
      this.#tellOverload(error, examples);
      throw error;
    }
  }

  #tellOverload(error: unknown, examples: number): void {
    if (errorCode(error) !== 'SUITE_OVERLOADED') return;
    const { queue, options, telemetry } = this.#parts;
    telemetry.tell('overloaded', { waiting: queue.sizes.online.waiting, limit: options.queueLimit, examples });
  }

  #ask(
    moment: Moment,
    examples: readonly ExampleInput[],
    { priority, spareWorkers, fullShare, only }: Pick<Call, 'priority' | 'spareWorkers' | 'fullShare' | 'only'>,
    signal: AbortSignal,
  ): Promise<ScoredBatch> {
    const { options, breakers, telemetry, earlyStop } = this.#parts;
    const { plan, state } = moment;
    const each = priority === 'batch' ? Math.max(1, examples.length) : 1;
    const request = {
      examples,
      deadlineMs: options.deadlineMs * each,
      memberDeadlineMs: (index: number): number => this.#memberDeadlineMs(plan, index) * each,
      encoderDeadlineMs: options.encoderDeadlineMs * each,
      spareWorkers,
      isBatchJob: priority === 'batch',
      signal,
      ...(only === undefined ? {} : { only }),
    };
    const attributes = callAttributes(plan.name, { priority, examples: examples.length });
    return telemetry.spans.traced('clamor.batch', attributes, async (add) => {
      add(() => momentAttributes(moment));
      return plan.use(() =>
        fullShare === undefined
          ? scoreBatch(plan, state, breakers, request)
          : scoreFirst(plan, state, breakers, { request, stop: { ...earlyStop(), fullShare } }),
      );
    });
  }

  #memberDeadlineMs(plan: Plan, index: number): number {
    const { memberDeadlineMs, deadlineMs } = this.#parts.options;
    const member = plan.members.find((candidate) => candidate.index === index);
    return forMember(memberDeadlineMs, member?.name ?? '') ?? deadlineMs / 4;
  }
}
