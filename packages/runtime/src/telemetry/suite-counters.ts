import { type BatchTally, type VersionTally, noJudgements } from './batch-tally.ts';
import { EncoderCounters } from './encoder-counters.ts';
import type { GuardAlarmEvent, OverloadedEvent, StateChangedEvent, SuiteSink, WorkerLostEvent } from './events.ts';
import { FailureCounts } from './failure-counts.ts';
import { RecentTimes, type TimeQuantiles } from './recent-times.ts';
import type { AlarmStatus, Losses, VerdictCounts } from './status.ts';

/** What was counted of one version of a member. */
export interface VersionCounts {
  readonly judged: number;
  readonly positives: number;
  readonly abstained: number;
  readonly uniquePositives: number;
  readonly failed: { readonly [code: string]: number };
  readonly losses: Losses;
  readonly timeMs: TimeQuantiles | null;
}

const KEPT_ALARMS = 20;
const KEPT_CHANGES = 10;

/**
 * Counts what a running suite does, for its status. Memory grows with the installed versions and with nothing else.
 *
 * @example
 * const counters = new SuiteCounters();
 * counters.verdicts
 * // { positive: 0, negative: 0, undetermined: 0, unreadable: 0, degraded: 0 }
 */
export class SuiteCounters implements SuiteSink {
  readonly #now: () => Date;
  readonly #verdicts = { positive: 0, negative: 0, undetermined: 0, unreadable: 0, degraded: 0 };
  readonly #versions = new Map<string, Counted>();
  readonly #losses = { crashes: 0, deadlines: 0 };
  readonly #batches = new RecentTimes();
  /** What encoders did. */
  readonly encoders = new EncoderCounters();
  #refused = 0;
  #alarms: readonly AlarmStatus[] = [];
  #changes: readonly StateChangedEvent[] = [];

  /** @param now - The clock; default that of the machine. */
  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** Takes in the verdicts of a batch. */
  addBatch(tally: BatchTally, durationMs: number): void {
    this.#verdicts.positive += tally.positives;
    this.#verdicts.negative += tally.negatives;
    this.#verdicts.undetermined += tally.undetermined;
    this.#verdicts.unreadable += tally.unreadable;
    this.#verdicts.degraded += tally.degraded;
    this.#batches.record(durationMs);
    for (const version of tally.versions) addTally(this.#counted(version.member, version.version), version);
  }

  workerLost({ member, encoder, version, cause }: WorkerLostEvent): void {
    if (encoder !== null) return this.encoders.lost(encoder, version ?? '', cause);
    const losses = member === null ? this.#losses : this.#counted(member, version ?? '').losses;
    if (cause === 'crash') losses.crashes += 1;
    else losses.deadlines += 1;
  }

  overloaded({ examples }: OverloadedEvent): void {
    this.#refused += examples;
  }

  guardAlarm({ affected, ...alarm }: GuardAlarmEvent): void {
    const kept = { ...alarm, at: this.#now().toISOString(), affected: affected.length };
    this.#alarms = [kept, ...this.#alarms].slice(0, KEPT_ALARMS);
  }

  stateChanged(event: StateChangedEvent): void {
    this.#changes = [event, ...this.#changes].slice(0, KEPT_CHANGES);
  }

  /** Forgets versions that are not installed any more; call it after a reload. */
  keepOnly(versions: readonly { readonly member: string; readonly version: string }[]): void {
    const kept = new Set(versions.map(({ member, version }) => keyOf(member, version)));
    for (const key of this.#versions.keys()) if (!kept.has(key)) this.#versions.delete(key);
  }

  get verdicts(): VerdictCounts {
    return { ...this.#verdicts };
  }

  /** Workers lost while they ran no member. */
  get losses(): Losses {
    return { ...this.#losses };
  }

  /** Examples refused. */
  get refused(): number {
    return this.#refused;
  }

  get batchMs(): TimeQuantiles | null {
    return this.#batches.quantiles();
  }

  /** Newest first. */
  get alarms(): readonly AlarmStatus[] {
    return this.#alarms;
  }

  /** Newest first. */
  get lastChanges(): readonly StateChangedEvent[] {
    return this.#changes;
  }

  /** All zero for a version that never ran. */
  version(member: string, version: string): VersionCounts {
    const { times, failures, losses, judgements, uniquePositives } =
      this.#versions.get(keyOf(member, version)) ?? newCounted();
    const { positive, negative, abstained, failed } = judgements;
    return {
      judged: positive + negative + abstained + failed,
      positives: positive,
      abstained,
      uniquePositives,
      failed: failures.toObject(),
      losses: { ...losses },
      timeMs: times.quantiles(),
    };
  }

  #counted(member: string, version: string): Counted {
    const key = keyOf(member, version);
    const found = this.#versions.get(key);
    if (found !== undefined) return found;
    const counted = newCounted();
    this.#versions.set(key, counted);
    return counted;
  }
}

interface Counted {
  readonly judgements: VersionTally['active'];
  uniquePositives: number;
  readonly failures: FailureCounts;
  readonly losses: { crashes: number; deadlines: number };
  readonly times: RecentTimes;
}

function newCounted(): Counted {
  return {
    judgements: noJudgements(),
    uniquePositives: 0,
    failures: new FailureCounts(),
    losses: { crashes: 0, deadlines: 0 },
    times: new RecentTimes(),
  };
}

function addTally(counted: Counted, { active, shadow, uniquePositives, failures, timeMs }: VersionTally): void {
  let examples = 0;
  for (const judgement of ['positive', 'negative', 'abstained', 'failed'] as const) {
    counted.judgements[judgement] += active[judgement] + shadow[judgement];
    examples += active[judgement] + shadow[judgement];
  }
  counted.uniquePositives += uniquePositives;
  for (const [code, { examples: n, message }] of failures.entries()) counted.failures.add(code, message, n);
  if (examples > 0) counted.times.record(timeMs / examples);
}

function keyOf(member: string, version: string): string {
  return `${member}@${version}`;
}
