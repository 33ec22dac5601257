import { EventEmitter } from 'node:events';

import { isMemberFailure } from '../breaker/batch-outcome.ts';
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
import { SuiteCounters } from './suite-counters.ts';

/** How a batch ran. */
export interface BatchRun {
  /** Milliseconds from the start of the batch to its last verdict. */
  readonly durationMs: number;
  readonly priority: 'online' | 'batch';
}

/**
 * Everything that a running suite tells about itself goes through here: events to listeners, counts to the status.
 *
 * @example
 * const telemetry = new SuiteTelemetry();
 * const tally = new BatchTally();
 * // for (const verdict of verdicts) tally.add(verdict);
 * telemetry.batchJudged(tally, { durationMs: 4.2, priority: 'online' });
 */
export class SuiteTelemetry {
  readonly events: SuiteEmitter = new EventEmitter<SuiteEvents>();
  readonly counters: SuiteCounters;
  /** When the suite was loaded. */
  readonly since: Date;

  /** @param now - The clock; default that of the machine. */
  constructor(now: () => Date = () => new Date()) {
    this.counters = new SuiteCounters(now);
    this.since = now();
  }

  /** Counts something that happened and tells it to listeners. Never throws. */
  tell<Name extends Exclude<SuiteEventName, 'batchJudged' | 'memberFailed'>>(
    name: Name,
    event: SuiteEvents[Name][0],
  ): void {
    const sink: SuiteSink = this.counters;
    sink[name]?.call(sink, event);
    emitSafely(this.events, name, event);
  }

  /** Counts the verdicts of a batch and tells `memberFailed` and `batchJudged`. Never throws. */
  batchJudged(tally: BatchTally, run: BatchRun): void {
    this.counters.addBatch(tally, run.durationMs);
    for (const event of failedMembers(tally)) emitSafely(this.events, 'memberFailed', event);
    if (this.events.listenerCount('batchJudged') > 0) emitSafely(this.events, 'batchJudged', batchEvent(tally, run));
  }

  /** Takes all listeners off. */
  close(): void {
    this.events.removeAllListeners();
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
