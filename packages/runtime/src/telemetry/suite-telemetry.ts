import { EventEmitter } from 'node:events';

import { isMemberFailure } from '../breaker/batch-outcome.ts';
import type { EncoderUse } from '../encoders/encoder-use.ts';
import { isOutOfService } from '../guard/out-of-service.ts';
import type { BatchTally, VersionTally } from './batch-tally.ts';
import { emitSafely } from './emit-safely.ts';
import type {
  BatchJudgedEvent,
  MemberFailedEvent,
  SuiteEmitter,
  SuiteEventName,
  SuiteEvents,
  SuiteSink,
} from './events.ts';
import { type BatchRun, type SuiteGauges, SuiteMetrics } from './metrics.ts';
import { quietly } from './quietly.ts';
import { SuiteSpans } from './spans.ts';
import { SuiteCounters } from './suite-counters.ts';

/** What a {@link SuiteTelemetry} is made with. */
export interface SuiteTelemetryOptions {
  /** Name of the suite. */
  readonly suite: string;
  /** The clock; default that of the machine. */
  readonly now?: () => Date;
}

/**
 * Everything that a running suite tells about itself goes through here: events to listeners, counts to the status,
 * metrics and spans to OpenTelemetry where the host has registered it.
 *
 * @example
 * // const telemetry = new SuiteTelemetry({ suite: 'spam' });
 * // const tally = new BatchTally();
 * // for (const verdict of verdicts) tally.add(verdict);
 * // telemetry.batchJudged(tally, { durationMs: 4.2, priority: 'online' });
 */
export class SuiteTelemetry {
  readonly #events = new EventEmitter();
  readonly counters: SuiteCounters;
  readonly spans = new SuiteSpans();
  /** When the suite was loaded. */
  readonly since: Date;
  readonly #metrics: SuiteMetrics | null;
  readonly #sinks: readonly SuiteSink[];

  constructor({ suite, now = () => new Date() }: SuiteTelemetryOptions) {
    this.counters = new SuiteCounters(now);
    this.since = now();
    this.#metrics = quietly(() => SuiteMetrics.create(suite)) ?? null;
    this.#sinks = [this.counters, ...(this.#metrics === null ? [] : [this.#metrics])];
  }

  /** Reads these gauges whenever an exporter asks, until {@link close}. */
  observe(gauges: SuiteGauges): void {
    quietly(() => this.#metrics?.observe(gauges));
  }

  /** Where listeners come in. */
  get events(): SuiteEmitter {
    return this.#events;
  }

  /** Counts something that happened and tells it to listeners. Never throws. */
  tell<Name extends Exclude<SuiteEventName, 'batchJudged' | 'memberFailed' | 'encoderFailed'>>(
    name: Name,
    event: SuiteEvents[Name][0],
  ): void {
    for (const sink of this.#sinks) quietly(() => sink[name]?.(event));
    emitSafely(this.#events, name, event);
  }

  /** Counts the verdicts of a batch and tells `memberFailed` and `batchJudged`. Never throws. */
  batchJudged(tally: BatchTally, run: BatchRun): void {
    this.counters.addBatch(tally, run.durationMs);
    if (this.#metrics !== null) quietly(() => this.#metrics?.addBatch(tally, run));
    for (const event of failedMembers(tally)) emitSafely(this.#events, 'memberFailed', event);
    if (this.#events.listenerCount('batchJudged') > 0) emitSafely(this.#events, 'batchJudged', batchEvent(tally, run));
  }

  /** Counts what encoders did for a batch and tells `encoderFailed`. Never throws. */
  encoded(uses: readonly EncoderUse[]): void {
    for (const use of uses) {
      this.counters.encoders.add(use);
      quietly(() => this.#metrics?.addEncoder(use));
      const { encoder, version } = use;
      for (const { code, message, texts } of use.failures)
        emitSafely(this.#events, 'encoderFailed', { encoder, version, code, message, texts });
    }
  }

  /** Takes all listeners off and stops the gauges. */
  close(): void {
    quietly(() => this.#metrics?.close());
    this.#events.removeAllListeners();
  }
}

function failedMembers({ versions }: BatchTally): MemberFailedEvent[] {
  return versions.flatMap(({ member, version, failures }) =>
    [...failures.entries()]
      .filter(([code]) => isNews(code))
      .map(([code, { examples, message }]) => ({ member, version, code, message, examples })),
  );
}

/** One that was not asked at all has nothing new to say: its breaker, its fault or the state said so before. */
function isNews(code: string): boolean {
  return isMemberFailure(code) && !isOutOfService(code) && !code.startsWith('STATE_');
}

function batchEvent(tally: BatchTally, { durationMs, priority }: BatchRun): BatchJudgedEvent {
  const { examples, positives, undetermined, degraded, versions } = tally;
  return { examples, positives, undetermined, degraded, durationMs, priority, memberTimesMs: memberTimes(versions) };
}

function memberTimes(versions: readonly VersionTally[]): BatchJudgedEvent['memberTimesMs'] {
  return versions.flatMap(({ member, version, timeMs }) => (timeMs > 0 ? [{ member, version, timeMs }] : []));
}
