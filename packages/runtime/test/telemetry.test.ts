import { AsyncLocalStorage } from 'node:async_hooks';

import { type Context, type ContextManager, ROOT_CONTEXT, context, metrics, trace } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  type BatchJudgedEvent,
  type LoadSuiteOptions,
  type MemberFailedEvent,
  type RunningSuite,
  type StateChangedEvent,
  type WorkerLostEvent,
  loadSuite,
} from '../src/index.ts';
import { type PackageFiles, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  metrics.disable();
  trace.disable();
  context.disable();
  vi.restoreAllMocks();
});

const SPINS = `() => ({ score: (examples) => column(examples, ({ text }) => { if (text === 'trap') for (;;); return 0; }), close() {} })`;
const THROWS = `() => ({ score: () => { throw new Error('secret of the mail'); }, close() {} })`;

async function load(members: { [name: string]: string }, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const packages: { [name: string]: PackageFiles } = { texts: suitePackage() };
  for (const [name, source] of Object.entries(members)) {
    packages[`texts-${name}`] = memberPackage(`texts-${name}`, source);
  }
  const host = createHost(packages);
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 1, deadlineMs: 4000, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const judge = (suite: RunningSuite, ...texts: string[]): Promise<unknown> =>
  suite.judge(texts.map((input, i) => ({ key: `secret-${i}`, input })));

class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

class StorageContext implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT;
  with: ContextManager['with'] = (active, work, thisArg, ...args) =>
    this.#storage.run(active, () => Reflect.apply(work, thisArg, args));
  bind: ContextManager['bind'] = (bound, target) => {
    const storage = this.#storage;
    const work = target as unknown as (...args: unknown[]) => unknown;
    return ((...args: unknown[]) => storage.run(bound, () => work(...args))) as typeof target;
  };
  enable = (): this => this;
  disable = (): this => this;
}

describe('events of a running suite', { tags: ['slow'] }, () => {
  it('tells batches, failures and changes, and has them in the status', async () => {
    const suite = await load({ cash: contains('cash'), broken: THROWS });
    const batches: BatchJudgedEvent[] = [];
    const failures: MemberFailedEvent[] = [];
    const changes: StateChangedEvent[] = [];
    suite.events.on('batchJudged', (event) => void batches.push(event));
    suite.events.on('memberFailed', (event) => void failures.push(event));
    suite.events.on('stateChanged', (event) => void changes.push(event));
    await judge(suite, 'cash', 'hello', '');
    await suite.control({ member: 'broken', mode: 'off', by: 'ann', why: 'it throws' });
    expect(batches).toMatchObject([{ examples: 3, positives: 1, undetermined: 1, degraded: 2, priority: 'online' }]);
    expect(batches[0]?.memberTimesMs.map(({ member }) => member)).toContain('cash');
    expect(failures).toMatchObject([{ member: 'broken', code: 'MEMBER_THREW', examples: 2 }]);
    expect(changes).toMatchObject([{ by: 'ann', why: 'it throws', change: { member: 'broken', mode: 'off' } }]);
    const { verdicts, members, lastChanges } = suite.status();
    expect(verdicts).toEqual({ positive: 1, negative: 1, undetermined: 1, unreadable: 1, degraded: 2 });
    expect(members).toMatchObject([
      { member: 'broken', mode: 'off', failed: { MEMBER_THREW: 2 } },
      { member: 'cash', mode: 'active', judged: 2, positives: 1, failed: {} },
    ]);
    expect(lastChanges).toEqual(changes);
    expect(JSON.stringify(suite.status())).not.toContain('secret');
  });

  it('tells a worker that was lost, and by whom', async () => {
    const suite = await load({ cash: contains('cash'), spins: SPINS }, { memberDeadlineMs: 300 });
    const lost: WorkerLostEvent[] = [];
    suite.events.on('workerLost', (event) => void lost.push(event));
    await judge(suite, 'trap');
    expect(lost).toMatchObject([{ member: 'spins', version: '0.1.0', isolation: 'worker', cause: 'deadline' }]);
    const spins = suite.status().members.find(({ member }) => member === 'spins');
    expect(spins?.losses).toEqual({ crashes: 0, deadlines: 1 });
  });

  it('tells a breaker that opens', async () => {
    const suite = await load({ broken: THROWS, cash: contains('cash') }, { breaker: { failures: 2 } });
    const states: string[] = [];
    suite.events.on('breakerChanged', ({ member, state }) => void states.push(`${member} ${state}`));
    for (let i = 0; i < 3; i++) await judge(suite, 'hello');
    expect(states).toEqual(['broken open']);
    expect(suite.status().members[0]?.breaker).toMatchObject({ state: 'open', failuresInARow: 2 });
  });

  it('judges the same when every listener throws', async () => {
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    const suite = await load({ cash: contains('cash'), broken: THROWS });
    for (const name of ['batchJudged', 'memberFailed'] as const) {
      suite.events.on(name, () => {
        throw new Error('broken listener');
      });
    }
    expect(await judge(suite, 'cash')).toMatchObject([{ outcome: 'positive' }]);
  });

  it('counts what was read of a stream that is left in the middle', async () => {
    const suite = await load({ cash: contains('cash') }, { batchSize: 8 });
    const examples = Array.from({ length: 8 }, (_, i) => ({ key: `${i}`, input: 'cash' }));
    for await (const verdict of suite.judgeStream(examples)) if (verdict.key === '2') break;
    expect(suite.status().verdicts.positive).toBe(3);
  });
});

describe('metrics and spans of a running suite', { tags: ['slow'] }, () => {
  it('exports what happened, without keys, content or messages', async () => {
    const reader = new Reader();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const suite = await load({ cash: contains('cash'), broken: THROWS });
    await judge(suite, 'cash', 'hello');
    const { resourceMetrics } = await reader.collect();
    const exported = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const points = (name: string): unknown[] =>
      exported
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ ...attributes, value })));
    const texts = { 'clamor.suite.name': 'texts' };
    const broken = { ...texts, 'clamor.member.name': 'broken', 'clamor.member.version': '0.1.0' };
    expect(points('clamor.suite.verdicts')).toEqual([
      { ...texts, 'clamor.outcome': 'positive', value: 1 },
      { ...texts, 'clamor.outcome': 'negative', value: 1 },
    ]);
    expect(points('clamor.member.failures')).toEqual([{ ...broken, 'error.type': 'MEMBER_THREW', value: 2 }]);
    expect(points('clamor.member.breaker.state')).toContainEqual({ ...broken, value: 0 });
    expect(points('clamor.suite.queue.examples')).toContainEqual({ ...texts, 'clamor.priority': 'online', value: 0 });
    expect(JSON.stringify(exported)).not.toContain('secret');
  });

  it('has spans of the load, of a call with its batches inside, and of a reload', async () => {
    const exporter = new InMemorySpanExporter();
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    context.setGlobalContextManager(new StorageContext());
    const suite = await load({ cash: contains('cash'), broken: THROWS }, { batchSize: 1 });
    await Promise.all([judge(suite, 'cash', 'hello', 'cash'), judge(suite, 'hello')]);
    await suite.reload();
    const spans = exporter.getFinishedSpans();
    const named = (name: string) => spans.filter((span) => span.name === name);
    expect(named('clamor.load')).toMatchObject([
      { attributes: { 'clamor.suite.name': 'texts', 'clamor.suite.version': suite.suiteVersion, 'clamor.members': 2 } },
    ]);
    const [short, long] = named('clamor.judge').toSorted(
      (a, b) => Number(a.attributes['clamor.examples']) - Number(b.attributes['clamor.examples']),
    );
    expect(long?.attributes).toMatchObject({ 'clamor.examples': 3, 'clamor.positives': 2, 'clamor.degraded': 3 });
    // Batches wait for one worker in turn, and still belong to the call that they are of.
    const batchesOf = (span: typeof long): number =>
      named('clamor.batch').filter(({ parentSpanContext }) => parentSpanContext?.spanId === span?.spanContext().spanId)
        .length;
    expect([batchesOf(long), batchesOf(short)]).toEqual([3, 1]);
    expect(named('clamor.reload')).toHaveLength(1);
    expect(
      JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status }))),
    ).not.toContain('secret');
  });
});
