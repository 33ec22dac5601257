import {
  type BatchObservableResult,
  type Counter,
  type Histogram,
  type Meter,
  type Observable,
  createNoopMeter,
  metrics,
} from '@opentelemetry/api';

import type { BreakerState } from '../breaker/breakers.ts';
import type { EncoderUse } from '../encoders/encoder-use.ts';
import { VERSION } from '../version.ts';
import { ATTRIBUTE } from './attributes.ts';
import type { BatchTally, VersionTally } from './batch-tally.ts';
import type {
  BreakerChangedEvent,
  EncoderBreakerChangedEvent,
  GuardAlarmEvent,
  OverloadedEvent,
  SuiteSink,
  WorkerLostEvent,
} from './events.ts';
import { SUITE_METRICS, type SuiteMetricName } from './metric-table.ts';

/** What is read when an exporter asks. */
export interface SuiteGauges {
  /** Examples that wait. */
  readonly queue: () => { readonly online: number; readonly batch: number };
  readonly breakers: () => Iterable<{
    readonly member: string;
    readonly version: string;
    readonly state: BreakerState;
  }>;
  readonly encoderBreakers: () => Iterable<{
    readonly encoder: string;
    readonly version: string;
    readonly state: BreakerState;
  }>;
}

/** How a batch ran. */
export interface BatchRun {
  /** Milliseconds from when the batch was asked to the last answer. */
  readonly durationMs: number;
  readonly priority: 'online' | 'batch';
}

// Seconds. The defaults of OpenTelemetry are milliseconds and start at 5.
const DURATION_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const BREAKER_VALUES: { readonly [state in BreakerState]: number } = { closed: 0, 'half-open': 1, open: 2 };

/** The metrics of a running suite, over the API of OpenTelemetry: {@link SUITE_METRICS}. */
export class SuiteMetrics implements SuiteSink {
  readonly #meter: Meter;
  readonly #suite: { readonly [ATTRIBUTE.suite]: string };
  readonly #counters = new Map<SuiteMetricName, Counter>();
  readonly #histograms = new Map<SuiteMetricName, Histogram>();
  readonly #gauges = new Map<SuiteMetricName, Observable>();
  #stopObserving = (): void => {};

  private constructor(meter: Meter, suite: string) {
    this.#meter = meter;
    this.#suite = { [ATTRIBUTE.suite]: suite };
    for (const name of Object.keys(SUITE_METRICS) as SuiteMetricName[]) this.#create(name);
  }

  /**
   * Metrics of the meter provider that is registered now.
   *
   * @returns `null` when none is: then nothing is to be counted, and nothing costs anything.
   */
  static create(suite: string): SuiteMetrics | null {
    const meter = metrics.getMeter('@clamor/runtime', VERSION);
    return meter === createNoopMeter() ? null : new SuiteMetrics(meter, suite);
  }

  /** Reads these gauges whenever an exporter asks, until {@link close}. */
  observe(gauges: SuiteGauges): void {
    const observables = [...this.#gauges.values()];
    const read = (result: BatchObservableResult): void => this.#read(gauges, result);
    this.#meter.addBatchObservableCallback(read, observables);
    this.#stopObserving = () => this.#meter.removeBatchObservableCallback(read, observables);
  }

  close(): void {
    this.#stopObserving();
  }

  /** Takes in the verdicts of a batch. */
  addBatch(tally: BatchTally, { durationMs, priority }: BatchRun): void {
    this.#add('clamor.suite.verdicts', tally.positives, { [ATTRIBUTE.outcome]: 'positive' });
    this.#add('clamor.suite.verdicts', tally.negatives, { [ATTRIBUTE.outcome]: 'negative' });
    this.#add('clamor.suite.verdicts', tally.undetermined, { [ATTRIBUTE.outcome]: 'undetermined' });
    this.#add('clamor.suite.degraded_verdicts', tally.degraded);
    this.#add('clamor.suite.unreadable_examples', tally.unreadable);
    this.#record('clamor.suite.batch.duration', durationMs, { [ATTRIBUTE.priority]: priority });
    for (const version of tally.versions) this.#addVersion(version);
  }

  /** Takes in what an encoder did for a batch. */
  addEncoder(use: EncoderUse): void {
    const of = ofEncoder(use);
    const failed = use.failures.reduce((sum, { texts }) => sum + texts, 0);
    this.#add('clamor.encoder.texts', use.hits, { ...of, [ATTRIBUTE.outcome]: 'hit' });
    this.#add('clamor.encoder.texts', use.misses - failed, { ...of, [ATTRIBUTE.outcome]: 'encoded' });
    this.#add('clamor.encoder.texts', failed, { ...of, [ATTRIBUTE.outcome]: 'failed' });
    for (const { code, texts } of use.failures)
      this.#add('clamor.encoder.failures', texts, { ...of, [ATTRIBUTE.errorType]: code });
    if (use.misses > 0) this.#record('clamor.encoder.batch.duration', use.timeMs, of);
  }

  overloaded({ examples }: OverloadedEvent): void {
    this.#add('clamor.suite.refused_examples', examples);
  }

  stateChanged(): void {
    this.#add('clamor.suite.state.changes', 1, APPLIED);
  }

  stateRefused(): void {
    this.#add('clamor.suite.state.changes', 1, REFUSED);
  }

  reloaded(): void {
    this.#add('clamor.suite.reloads', 1, APPLIED);
  }

  reloadRefused(): void {
    this.#add('clamor.suite.reloads', 1, REFUSED);
  }

  breakerChanged(event: BreakerChangedEvent): void {
    this.#add('clamor.member.breaker.changes', 1, { ...ofMember(event), [ATTRIBUTE.breakerState]: event.state });
  }

  encoderBreakerChanged(event: EncoderBreakerChangedEvent): void {
    this.#add('clamor.encoder.breaker.changes', 1, { ...ofEncoder(event), [ATTRIBUTE.breakerState]: event.state });
  }

  workerLost({ member, encoder, version: known, isolation, cause }: WorkerLostEvent): void {
    const version = known ?? '';
    const of =
      member !== null ? ofMember({ member, version }) : encoder !== null ? ofEncoder({ encoder, version }) : {};
    const where = isolation === null ? {} : { [ATTRIBUTE.isolation]: isolation };
    this.#add('clamor.worker.losses', 1, { ...of, ...where, [ATTRIBUTE.cause]: cause });
  }

  guardAlarm(event: GuardAlarmEvent): void {
    this.#add('clamor.guard.alarms', 1, { ...ofMember(event), [ATTRIBUTE.action]: event.action });
  }

  #addVersion(version: VersionTally): void {
    const of = ofMember(version);
    for (const mode of ['active', 'shadow'] as const) {
      for (const judgement of ['positive', 'negative', 'abstained', 'failed'] as const) {
        const attributes = { ...of, [ATTRIBUTE.mode]: mode, [ATTRIBUTE.judgement]: judgement };
        this.#add('clamor.member.judgements', version[mode][judgement], attributes);
      }
    }
    this.#add('clamor.member.unique_positives', version.uniquePositives, of);
    if (version.timeMs > 0) this.#record('clamor.member.batch.duration', version.timeMs, of);
    for (const [code, { examples }] of version.failures.entries()) {
      this.#add('clamor.member.failures', examples, { ...of, [ATTRIBUTE.errorType]: code });
    }
  }

  #read({ queue, breakers, encoderBreakers }: SuiteGauges, result: BatchObservableResult): void {
    const waiting = this.#gauges.get('clamor.suite.queue.examples');
    for (const [priority, examples] of Object.entries(queue())) {
      if (waiting !== undefined) result.observe(waiting, examples, { ...this.#suite, [ATTRIBUTE.priority]: priority });
    }
    const state = this.#gauges.get('clamor.member.breaker.state');
    for (const breaker of breakers()) {
      if (state === undefined) continue;
      result.observe(state, BREAKER_VALUES[breaker.state], { ...this.#suite, ...ofMember(breaker) });
    }
    const ofEncoders = this.#gauges.get('clamor.encoder.breaker.state');
    for (const breaker of encoderBreakers()) {
      if (ofEncoders === undefined) continue;
      result.observe(ofEncoders, BREAKER_VALUES[breaker.state], { ...this.#suite, ...ofEncoder(breaker) });
    }
  }

  #add(name: SuiteMetricName, value: number, attributes: object = {}): void {
    if (value > 0) this.#counters.get(name)?.add(value, { ...this.#suite, ...attributes });
  }

  #record(name: SuiteMetricName, timeMs: number, attributes: object): void {
    this.#histograms.get(name)?.record(timeMs / 1000, { ...this.#suite, ...attributes });
  }

  #create(name: SuiteMetricName): void {
    const { kind, unit, description } = SUITE_METRICS[name];
    if (kind === 'counter') this.#counters.set(name, this.#meter.createCounter(name, { unit, description }));
    else if (kind === 'gauge') this.#gauges.set(name, this.#meter.createObservableGauge(name, { unit, description }));
    else {
      const advice = { explicitBucketBoundaries: DURATION_BUCKETS };
      this.#histograms.set(name, this.#meter.createHistogram(name, { unit, description, advice }));
    }
  }
}

const APPLIED = { [ATTRIBUTE.outcome]: 'applied' };
const REFUSED = { [ATTRIBUTE.outcome]: 'refused' };

function ofMember({ member, version }: { readonly member: string; readonly version: string }): {
  readonly [ATTRIBUTE.member]: string;
  readonly [ATTRIBUTE.memberVersion]: string;
} {
  return { [ATTRIBUTE.member]: member, [ATTRIBUTE.memberVersion]: version };
}

function ofEncoder({ encoder, version }: { readonly encoder: string; readonly version: string }): {
  readonly [ATTRIBUTE.encoder]: string;
  readonly [ATTRIBUTE.encoderVersion]: string;
} {
  return { [ATTRIBUTE.encoder]: encoder, [ATTRIBUTE.encoderVersion]: version };
}
