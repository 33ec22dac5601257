import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { createHost, memberPackage, suitePackage } from './host-fixture.ts';

const SLOW = { tags: ['slow'] };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A suite of one worker whose one member answers when the gate is opened: positive on `cash`. */
async function gatedSuite(options: LoadSuiteOptions): Promise<{ suite: RunningSuite; open: () => void }> {
  const packages = { texts: suitePackage(), 'texts-cash': memberPackage('texts-cash', '') };
  const host = createHost(packages);
  cleanups.push(() => host.remove());
  const gate = join(host.dir, 'gate');
  const source = `
    import { existsSync } from 'node:fs';
    import { setTimeout } from 'node:timers/promises';
    import { column, defineClassifier } from '@clamor/contract';
    export const classifier = defineClassifier({ load: () => ({
      async score(examples) {
        while (!existsSync(${JSON.stringify(gate)})) await setTimeout(5);
        return column(examples, ({ text }) => (text.includes('cash') ? 2 : 0));
      },
      close() {},
    }) });`;
  writeFileSync(join(host.dir, 'node_modules', 'texts-cash', 'index.js'), source);
  const suite = await loadSuite({
    from: host.dir,
    workers: 1,
    deadlineMs: 200_000,
    memberDeadlineMs: 200_000,
    ...options,
  });
  cleanups.push(() => suite.close());
  return { suite, open: () => writeFileSync(gate, '') };
}

/** The i-th call: one example, positive for every third. */
const callOf = (i: number) => [{ key: `k${i}`, input: i % 3 === 0 ? 'cash' : 'hello' }];

describe('a suite under more calls than it has room for', () => {
  it('refuses what is too much with a code, and answers everything else', SLOW, async () => {
    const { suite, open } = await gatedSuite({ queueLimit: 16 });
    let told = 0;
    suite.events.on('overloaded', () => told++);
    const calls = Array.from({ length: 40 }, (_, i) => suite.judge(callOf(i)));
    const ends = Promise.allSettled(calls);
    // 16 were let in, of which one runs; the others were refused at once, while nothing had been answered yet.
    await expect(calls[16]).rejects.toMatchObject({ code: 'SUITE_OVERLOADED' });
    expect(suite.status().queue).toMatchObject({ online: 15, limit: 16, refused: 24 });
    open();
    const found = (await ends).map((end, i) =>
      end.status === 'fulfilled' ? outcomeOf(end.value, i) : (end.reason as { code: string }).code,
    );
    const wanted = Array.from({ length: 40 }, (_, i) =>
      i > 15 ? 'SUITE_OVERLOADED' : i % 3 === 0 ? 'positive' : 'negative',
    );
    expect([found, told]).toEqual([wanted, 24]);
    expect((await suite.judge(callOf(0)))[0]?.outcome).toBe('positive');
  });

  it('answers online calls before the batch work that waits, and the batch work after them', SLOW, async () => {
    const { suite, open } = await gatedSuite({ batchSize: 1 });
    const order: string[] = [];
    const job = (async () => {
      for await (const verdict of suite.judgeStream(Array.from({ length: 12 }, (_, i) => callOf(i)).flat())) {
        order.push(`batch ${verdict.key}`);
      }
    })();
    const online = Promise.all([1, 2, 3].map((i) => suite.judge(callOf(i)).then(() => order.push('online'))));
    open();
    await Promise.all([job, online]);
    // One batch may have been running already when the calls came, and each slot that frees goes to an online call first.
    const before = order.lastIndexOf('online') - 2;
    expect(before).toBeLessThanOrEqual(2);
    expect(order.filter((what) => what !== 'online')).toEqual(Array.from({ length: 12 }, (_, i) => `batch k${i}`));
  });

  it('lets calls in again that were aborted while they waited', SLOW, async () => {
    const { suite, open } = await gatedSuite({ queueLimit: 4 });
    const first = suite.judge(callOf(0));
    const controller = new AbortController();
    const waiting = Array.from({ length: 4 }, (_, i) => suite.judge(callOf(i), { signal: controller.signal }));
    const ends = Promise.allSettled(waiting);
    await expect(suite.judge(callOf(5))).rejects.toMatchObject({ code: 'SUITE_OVERLOADED' });
    controller.abort(new Error('the callers left'));
    const next = suite.judge(callOf(3));
    open();
    expect((await Promise.all([first, next])).flat().map(({ outcome }) => outcome)).toEqual(['positive', 'positive']);
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });
});

function outcomeOf(verdicts: readonly Verdict[], i: number): string {
  const [verdict] = verdicts;
  return verdict?.key === `k${i}` ? verdict.outcome : `the verdict of ${verdict?.key}`;
}
