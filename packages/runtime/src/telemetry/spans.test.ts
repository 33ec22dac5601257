import { AsyncLocalStorage } from 'node:async_hooks';

import { ClamorError } from '@clamor/contract';
import { type Context, type ContextManager, ROOT_CONTEXT, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it } from 'vitest';

import { SuiteSpans } from './spans.ts';

/** What the context manager of OpenTelemetry's Node SDK does, as far as these tests need it. */
class StorageContext implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = (): Context => this.#storage.getStore() ?? ROOT_CONTEXT;
  with: ContextManager['with'] = (active, work, thisArg, ...args) =>
    this.#storage.run(active, () => Reflect.apply(work, thisArg, args));
  bind: ContextManager['bind'] = (_, target) => target;
  enable = (): this => this;
  disable = (): this => this;
}

function register(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new StorageContext());
  return exporter;
}

const seven = async (): Promise<number> => 7;
const broken = (): never => {
  throw new Error('broken processor');
};

describe('SuiteSpans', () => {
  afterEach(() => {
    trace.disable();
    context.disable();
  });

  it('gives back what the work gives, with and without an SDK', async () => {
    expect(await new SuiteSpans().traced('clamor.judge', {}, seven)).toBe(7);
    register();
    expect(await new SuiteSpans().traced('clamor.judge', {}, seven)).toBe(7);
  });

  it('has the attributes of the start and those that were added', async () => {
    const exporter = register();
    await new SuiteSpans().traced('clamor.judge', { 'clamor.examples': 2 }, async (add) => {
      add(() => ({ 'clamor.positives': 1 }));
    });
    expect(exporter.getFinishedSpans()).toMatchObject([
      { name: 'clamor.judge', attributes: { 'clamor.examples': 2, 'clamor.positives': 1 } },
    ]);
  });

  it('puts a span inside the one that is under way', async () => {
    const exporter = register();
    const spans = new SuiteSpans();
    await spans.traced('clamor.judge', {}, () => spans.traced('clamor.batch', {}, async () => {}));
    const [batch, judge] = exporter.getFinishedSpans();
    expect(batch?.parentSpanContext?.spanId).toBe(judge?.spanContext().spanId);
  });

  it('has the code of an error, and neither its message nor its stack', async () => {
    const exporter = register();
    const error = new ClamorError('SUITE_CLOSED', 'mail-1 says secret');
    const work = () => new SuiteSpans().traced('clamor.batch', {}, () => Promise.reject(error));
    await expect(work()).rejects.toBe(error);
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      attributes: { 'error.type': 'SUITE_CLOSED' },
      status: { code: SpanStatusCode.ERROR, message: 'SUITE_CLOSED' },
      events: [],
    });
  });

  it('runs the work though the span processor of the host throws', async () => {
    const processor = { onStart: broken, onEnd: broken, forceFlush: async () => {}, shutdown: async () => {} };
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
    expect(await new SuiteSpans().traced('clamor.judge', {}, seven)).toBe(7);
  });
});
