import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, it } from 'vitest';

import { type MemberJudgement, joinJudgements, unreadableVerdict } from '../verdict/verdict.ts';
import { BatchTally } from './batch-tally.ts';
import { SUITE_METRICS } from './metric-table.ts';
import { SuiteMetrics } from './metrics.ts';
import { SuiteTelemetry } from './suite-telemetry.ts';

class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** Registers an SDK; @returns what it would export: `name` → `attributes` as text → value, of a histogram its sum and count. */
function register(): () => Promise<{ readonly [name: string]: { readonly [attributes: string]: unknown } }> {
  const reader = new Reader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  return async () => {
    const { resourceMetrics } = await reader.collect();
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return Object.fromEntries(
      all.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        Object.fromEntries(
          dataPoints.map(({ attributes, value }) => [
            Object.values(attributes).join(' '),
            typeof value === 'object' && 'sum' in value ? { sum: value.sum, count: value.count } : value,
          ]),
        ),
      ]),
    );
  };
}

const RULES = {
  required: new Set<string>(),
  absent: [],
  whenUndetermined: 'negative' as const,
  suiteVersion: 's',
  stateVersion: 't',
};

function said(member: string, more: Partial<MemberJudgement> = {}): MemberJudgement {
  const common = { version: '1.0.0', mode: 'active' as const, judgement: 'positive' as const };
  return { member, ...common, score: 1, threshold: 1, timeMs: 2, ...more };
}

function tallyOf(...examples: MemberJudgement[][]): BatchTally {
  const tally = new BatchTally();
  for (const judgements of examples) tally.add(joinJudgements('mail-1', judgements, RULES));
  return tally;
}

const RUN = { durationMs: 5, priority: 'online' as const };

/** Of all points of a metric together: a lost worker is a member's or an encoder's. */
function attributesOf(points: readonly { readonly attributes: object }[]): string[] {
  return [...new Set(points.flatMap(({ attributes }) => Object.keys(attributes)))].toSorted();
}

describe('SuiteMetrics', () => {
  afterEach(() => metrics.disable());

  it('is not there while no SDK is registered', () => {
    expect(SuiteMetrics.create('spam')).toBeNull();
  });

  it('counts verdicts by outcome', async () => {
    const read = register();
    const tally = tallyOf([said('a')], [said('a', { judgement: 'negative' })], [said('a', { judgement: 'failed' })]);
    tally.add(unreadableVerdict('mail-2', { code: 'EXAMPLE_INVALID', message: 'no' }, RULES));
    SuiteMetrics.create('spam')?.addBatch(tally, RUN);
    const found = await read();
    expect(found['clamor.suite.verdicts']).toEqual({
      'spam positive': 1,
      'spam negative': 2,
      'spam undetermined': 1,
    });
    expect(found['clamor.suite.degraded_verdicts']).toEqual({ spam: 1 });
    expect(found['clamor.suite.unreadable_examples']).toEqual({ spam: 1 });
  });

  it('counts judgements by member, version, mode and what was said', async () => {
    const read = register();
    const next = said('a', { version: '1.1.0', mode: 'shadow', judgement: 'abstained' });
    SuiteMetrics.create('spam')?.addBatch(tallyOf([said('a'), next], [said('a'), next]), RUN);
    const found = await read();
    expect(found['clamor.member.judgements']).toEqual({
      'spam a 1.0.0 active positive': 2,
      'spam a 1.1.0 shadow abstained': 2,
    });
    expect(found['clamor.member.unique_positives']).toEqual({ 'spam a 1.0.0': 2 });
  });

  it('counts failures by code', async () => {
    const read = register();
    const late = said('a', { judgement: 'failed', reason: { code: 'MEMBER_DEADLINE', message: 'late' } });
    SuiteMetrics.create('spam')?.addBatch(tallyOf([late], [late]), RUN);
    expect((await read())['clamor.member.failures']).toEqual({ 'spam a 1.0.0 MEMBER_DEADLINE': 2 });
  });

  it('has durations in seconds', async () => {
    const read = register();
    SuiteMetrics.create('spam')?.addBatch(tallyOf([said('a')], [said('a')]), RUN);
    const found = await read();
    expect(found['clamor.suite.batch.duration']).toEqual({ 'spam online': { sum: 0.005, count: 1 } });
    expect(found['clamor.member.batch.duration']).toEqual({ 'spam a 1.0.0': { sum: 0.004, count: 1 } });
  });

  it('reads gauges when an exporter asks, until it is closed', async () => {
    const read = register();
    const suiteMetrics = SuiteMetrics.create('spam');
    let waiting = 3;
    suiteMetrics?.observe({
      queue: () => ({ online: waiting, batch: 0 }),
      breakers: () => [{ member: 'a', version: '1.0.0', state: 'open' }],
      encoderBreakers: () => [{ encoder: 'e', version: '1.0.0', state: 'half-open' }],
    });
    expect((await read())['clamor.suite.queue.examples']).toEqual({ 'spam online': 3, 'spam batch': 0 });
    waiting = 7;
    const found = await read();
    expect(found['clamor.suite.queue.examples']).toEqual({ 'spam online': 7, 'spam batch': 0 });
    expect(found['clamor.member.breaker.state']).toEqual({ 'spam a 1.0.0': 2 });
    expect(found['clamor.encoder.breaker.state']).toEqual({ 'spam e 1.0.0': 1 });
    suiteMetrics?.close();
    waiting = 9;
    expect((await read())['clamor.suite.queue.examples']?.['spam online']).not.toBe(9);
  });

  it('exports every metric of its table with these attributes, and no other, and neither key nor message', async () => {
    const reader = new Reader();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    const of = { member: 'a', version: '1.0.0' };
    const message = 'mail-1 says secret';
    telemetry.observe({
      queue: () => ({ online: 0, batch: 0 }),
      breakers: () => [{ ...of, state: 'closed' }],
      encoderBreakers: () => [{ encoder: 'e', version: '1.0.0', state: 'closed' }],
    });
    const tally = tallyOf([said('a')], [said('a', { judgement: 'failed', reason: { code: 'MEMBER_THREW', message } })]);
    tally.add(unreadableVerdict('mail-2', { code: 'EXAMPLE_INVALID', message }, RULES));
    telemetry.batchJudged(tally, RUN);
    telemetry.tell('workerLost', { ...of, encoder: null, isolation: 'worker', cause: 'crash', message });
    const encoder = { encoder: 'e', version: '1.0.0' };
    telemetry.tell('workerLost', { ...encoder, member: null, isolation: null, cause: 'crash', message });
    const failures = [{ code: 'ENCODER_FAILED', message, texts: 1 }];
    telemetry.encoded([{ ...encoder, index: 0, timeMs: 4, hits: 2, misses: 3, failures }]);
    const states = { from: 'closed', state: 'open', failuresInARow: 5, openedAt: 1, nextProbeAt: 2 } as const;
    telemetry.tell('encoderBreakerChanged', { ...encoder, ...states });
    telemetry.tell('overloaded', { waiting: 9, limit: 8, examples: 1 });
    telemetry.tell('stateRefused', { code: 'STATE_FILE_INVALID', message });
    telemetry.tell('reloaded', { before: 's', after: 's2', durationMs: 1 });
    telemetry.tell('breakerChanged', {
      ...of,
      from: 'closed',
      state: 'open',
      failuresInARow: 5,
      openedAt: 0,
      nextProbeAt: 1,
    });
    telemetry.tell('guardAlarm', {
      ...of,
      examples: 1,
      uniquePositives: 1,
      declaredRate: 0,
      observedRate: 1,
      affected: ['mail-1'],
      affectedTruncated: false,
      action: 'alert',
    });
    const { resourceMetrics } = await reader.collect();
    const exported = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    expect(
      Object.fromEntries(
        exported.map(({ descriptor: { name, unit, description }, dataPoints }) => [
          name,
          { unit, description, attributes: attributesOf(dataPoints) },
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(SUITE_METRICS).map(([name, { unit, description, attributes }]) => [
          name,
          { unit, description, attributes: attributes.toSorted() },
        ]),
      ),
    );
    expect(JSON.stringify(exported)).not.toContain('mail-');
    telemetry.close();
  });

  it('harms nothing when the meter of the host throws', () => {
    metrics.setGlobalMeterProvider({
      getMeter: () => {
        throw new Error('broken exporter');
      },
    });
    const telemetry = new SuiteTelemetry({ suite: 'spam' });
    telemetry.batchJudged(tallyOf([said('a')]), RUN);
    expect(telemetry.counters.verdicts.positive).toBe(1);
  });
});
