import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ExampleInput, type LoadSuiteOptions, type RunningSuite, loadSuite } from '../src/index.ts';
import { type HostFixture, contains, createHost, memberPackage, suitePackage, install, until } from './host-fixture.ts';

const SLOW = { tags: ['slow'] };
const REASON = new Error('the caller left');
const CLOSED = { code: 'SUITE_CLOSED' };
const ONE = [{ key: 'k', input: 'cash' }];
const NEVER = new Promise<never>(() => {});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A suite with a member that begins a batch when it is given one, and answers when the gate is opened. */
interface Gated {
  readonly host: HostFixture;
  readonly suite: RunningSuite;
  /** Resolves when the member has begun. */
  readonly begun: () => Promise<void>;
  readonly open: () => void;
}

async function gatedSuite(options: LoadSuiteOptions = {}): Promise<Gated> {
  const host = createHost({ texts: suitePackage(), 'texts-cash': memberPackage('texts-cash', contains('cash')) });
  cleanups.push(() => host.remove());
  const [begun, gate] = [join(host.dir, 'begun'), join(host.dir, 'gate')];
  install(host, 'texts-cash', {
    'index.js': `
      import { existsSync, writeFileSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      import { column, defineClassifier } from '@clamor/contract';
      export const classifier = defineClassifier({ load: () => ({
        async score(examples) {
          writeFileSync(${JSON.stringify(begun)}, '');
          while (!existsSync(${JSON.stringify(gate)})) await setTimeout(5);
          return column(examples, ({ text }) => (text.includes('cash') ? 2 : 0));
        },
        close() {},
      }) });`,
  });
  // Far beyond the time a test may take: what ends in time was ended.
  const suite = await loadSuite({
    from: host.dir,
    workers: 1,
    deadlineMs: 200_000,
    memberDeadlineMs: 200_000,
    ...options,
  });
  cleanups.push(() => suite.close());
  return { host, suite, begun: () => until(() => existsSync(begun)), open: () => writeFileSync(gate, '') };
}

/** A source that gives what it is given and is then silent for ever; like a generator, it does not stop in the middle of an item. */
function silentAfter(examples: readonly ExampleInput[]) {
  const rest = [...examples];
  const stop = vi.fn<() => Promise<IteratorResult<ExampleInput>>>(async () => ({ done: true, value: undefined }));
  const next = async (): Promise<IteratorResult<ExampleInput>> => {
    const value = rest.shift();
    return value === undefined ? NEVER : { done: false, value };
  };
  return { source: { [Symbol.asyncIterator]: () => ({ next, return: stop }) }, stop };
}

describe('an abort', () => {
  it('rejects with its reason before anything was asked', SLOW, async () => {
    const { suite, open } = await gatedSuite();
    open();
    const signal = AbortSignal.abort(REASON);
    await expect(suite.judge(ONE, { signal })).rejects.toBe(REASON);
    await expect(suite.judgeStream(ONE, { signal }).next()).rejects.toBe(REASON);
    await expect(suite.score(ONE, { signal })).rejects.toBe(REASON);
    await expect(suite.reload({ signal })).rejects.toBe(REASON);
    expect((await suite.judge(ONE))[0]?.outcome).toBe('positive');
  });

  it('ends a call while its batch runs, and the next call is answered', SLOW, async () => {
    const { suite, begun, open } = await gatedSuite();
    const controller = new AbortController();
    const judged = suite.judge(ONE, { signal: controller.signal });
    await begun();
    controller.abort(REASON);
    await expect(judged).rejects.toBe(REASON);
    open();
    expect((await suite.judge(ONE))[0]).toMatchObject({ outcome: 'positive', degraded: [] });
  });

  it('ends a call while it waits for its turn, and disturbs nobody', SLOW, async () => {
    const { suite, begun, open } = await gatedSuite();
    const first = suite.judge(ONE);
    await begun();
    const controller = new AbortController();
    const second = suite.judge(ONE, { signal: controller.signal });
    controller.abort(REASON);
    await expect(second).rejects.toBe(REASON);
    open();
    expect((await first)[0]?.outcome).toBe('positive');
  });

  it('is no failure of the member that was running', SLOW, async () => {
    const { suite, begun, open } = await gatedSuite({ breaker: { failures: 1 } });
    const controller = new AbortController();
    const judged = suite.judge(ONE, { signal: controller.signal });
    await begun();
    controller.abort(REASON);
    await expect(judged).rejects.toBe(REASON);
    open();
    expect((await suite.judge(ONE))[0]?.degraded).toEqual([]);
  });

  it('ends a stream whose source says nothing, and stops the source', SLOW, async () => {
    const { suite, open } = await gatedSuite();
    open();
    for (const run of ['judgeStream', 'score'] as const) {
      const { source, stop } = silentAfter(ONE);
      const controller = new AbortController();
      const { signal } = controller;
      const running = run === 'score' ? suite.score(source, { signal }) : suite.judgeStream(source, { signal }).next();
      await new Promise((resolve) => void setImmediate(resolve));
      controller.abort(REASON);
      await expect(running).rejects.toBe(REASON);
      expect(stop).toHaveBeenCalledOnce();
    }
  });

  it('stops a reload that hangs, and the suite goes on as it was', SLOW, async () => {
    const { host, suite, open } = await gatedSuite({ loadDeadlineMs: 200_000 });
    open();
    const { suiteVersion } = suite;
    const began = join(host.dir, 'imported');
    install(host, 'texts-cash', {
      'index.js': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(began)}, ''); for (;;);`,
    });
    const controller = new AbortController();
    const reloading = suite.reload({ signal: controller.signal });
    await until(() => existsSync(began));
    controller.abort(REASON);
    await expect(reloading).rejects.toBe(REASON);
    expect((await suite.judge(ONE))[0]).toMatchObject({ outcome: 'positive', suiteVersion });
  });

  it('of a load that is done means nothing to a reload', SLOW, async () => {
    const controller = new AbortController();
    const { suite, open } = await gatedSuite({ signal: controller.signal });
    open();
    controller.abort(REASON);
    await suite.reload();
    expect((await suite.judge(ONE))[0]?.outcome).toBe('positive');
  });
});

describe('a reader that stops reading', () => {
  it('stops the source, and what it had begun is let go', SLOW, async () => {
    const { suite, open } = await gatedSuite({ batchSize: 1 });
    open();
    const { source, stop } = silentAfter(Array.from({ length: 40 }, (_, i) => ({ key: `k${i}`, input: 'cash' })));
    for await (const verdict of suite.judgeStream(source)) {
      expect(verdict.key).toBe('k0');
      break;
    }
    expect(stop).toHaveBeenCalledOnce();
    expect(suite.status().queue).toMatchObject({ online: 0, batch: 0 });
  });
});

describe('close', () => {
  it('refuses whatever comes after it, and may be called again', SLOW, async () => {
    const { suite } = await gatedSuite();
    await suite.close();
    await Promise.all([suite.close(), suite.close({ drain: true })]);
    await expect(suite.judge(ONE)).rejects.toMatchObject(CLOSED);
    await expect(suite.judgeStream(ONE).next()).rejects.toMatchObject(CLOSED);
    await expect(suite.score(ONE)).rejects.toMatchObject(CLOSED);
    await expect(suite.reload()).rejects.toMatchObject(CLOSED);
    await expect(suite.control({ member: 'cash', mode: 'off', by: 'ann', why: 'a test' })).rejects.toMatchObject(
      CLOSED,
    );
  });

  it('ends what runs and what waits with SUITE_CLOSED', SLOW, async () => {
    const { suite, begun } = await gatedSuite();
    const calls = [suite.judge(ONE), suite.judge(ONE), suite.score(ONE), suite.judgeStream(ONE).next()];
    const ends = Promise.allSettled(calls);
    await begun();
    await suite.close();
    expect(await ends).toMatchObject(calls.map(() => ({ status: 'rejected', reason: CLOSED })));
  });

  it('answers what was let in when it drains', SLOW, async () => {
    const { suite, begun, open } = await gatedSuite();
    const calls = [suite.judge(ONE), suite.judge(ONE)];
    await begun();
    const closing = suite.close({ drain: true });
    await expect(suite.judge(ONE)).rejects.toMatchObject(CLOSED);
    open();
    await closing;
    expect((await Promise.all(calls)).flat().map(({ outcome }) => outcome)).toEqual(['positive', 'positive']);
  });

  it('ends a stream that drains after the examples that it gave', SLOW, async () => {
    const { suite, begun, open } = await gatedSuite({ batchSize: 1 });
    const { source } = silentAfter(ONE);
    const stream = suite.judgeStream(source);
    const first = stream.next();
    await begun();
    const closing = suite.close({ drain: true });
    open();
    await closing;
    expect(await first).toMatchObject({ value: { key: 'k', outcome: 'positive' } });
    await expect(stream.next()).rejects.toMatchObject(CLOSED);
  });

  it('aborts what still drains when it is called again without draining', SLOW, async () => {
    const { suite, begun } = await gatedSuite();
    const judged = suite.judge(ONE);
    judged.catch(() => {});
    await begun();
    const draining = suite.close({ drain: true });
    await suite.close();
    await draining;
    await expect(judged).rejects.toMatchObject(CLOSED);
  });

  it('ends a reload, and a member that is being switched on', SLOW, async () => {
    const { host, suite, open } = await gatedSuite({ loadDeadlineMs: 200_000, modes: { cash: 'off' } });
    open();
    const began = join(host.dir, 'imported');
    const hang = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(began)}, ''); for (;;);`;
    install(host, 'texts-cash', { 'index.js': hang });
    const switching = suite.control({ member: 'cash', mode: 'active', by: 'ann', why: 'a test' });
    const reloading = suite.reload();
    const ends = Promise.allSettled([switching, reloading]);
    await new Promise((resolve) => void setImmediate(resolve));
    await suite.close();
    rmSync(began, { force: true });
    expect((await ends)[1]).toMatchObject({ status: 'rejected', reason: CLOSED });
    expect((await ends)[0]).toMatchObject({ status: 'rejected' });
  });
});
