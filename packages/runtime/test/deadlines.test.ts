import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { type PackageFiles, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function load(packages: { [name: string]: PackageFiles }, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const host = createHost({ texts: suitePackage(), ...SOUND, ...packages });
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 2, onFault: 'degrade', deadlineMs: 3000, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const SOUND = {
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};

/** A member under a name that comes before or after the sound ones. */
const scoring = (name: string, body: string): { [name: string]: PackageFiles } => ({
  [`texts-${name}`]: memberPackage(`texts-${name}`, `() => ({ score: (examples) => { ${body} }, close() {} })`),
});

const examples = (...inputs: unknown[]): { key: string; input: unknown }[] =>
  inputs.map((input, i) => ({ key: `k${i}`, input }));

/** Per verdict: what each member said, or the code of its failure. */
function said(verdicts: readonly Verdict[]): { [member: string]: string }[] {
  return verdicts.map((verdict) =>
    Object.fromEntries(verdict.judgements.map(({ member, judgement, reason }) => [member, reason?.code ?? judgement])),
  );
}

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; ms: number }> {
  const start = performance.now();
  const value = await work;
  return { value, ms: performance.now() - start };
}

const LOOPS = 'for (;;);';
const wait = (ms: number): string =>
  `return new Promise((resolve) => setTimeout(() => resolve(column(examples, () => 9)), ${ms}));`;

describe('judge with members that block their worker', { tags: ['slow'] }, () => {
  it('answers by the deadline without them, and they alone fail', async () => {
    const suite = await load({ ...scoring('a', LOOPS), ...scoring('z', LOOPS) });
    const { value, ms } = await timed(suite.judge(examples('cash now')));
    expect(said(value)).toEqual([{ a: 'MEMBER_DEADLINE', cash: 'positive', pills: 'negative', z: 'MEMBER_DEADLINE' }]);
    expect(ms).toBeLessThan(3500); // The deadline, and what a busy machine adds.
  });

  it('settles at the deadline of the suite when members have more time than it, and blames those that ran', async () => {
    const suite = await load(scoring('a', LOOPS), { deadlineMs: 700, memberDeadlineMs: 60_000, workers: 1 });
    const { value, ms } = await timed(suite.judge(examples('cash now')));
    expect(said(value)).toEqual([{ a: 'MEMBER_DEADLINE', cash: 'SUITE_DEADLINE', pills: 'SUITE_DEADLINE' }]);
    expect(value[0]?.degraded).toHaveLength(3);
    expect(ms).toBeLessThan(10_000); // The member's own deadline is a minute.
  });

  it('replaces the worker: the next batches are as fast as before', async () => {
    const suite = await load(
      scoring('a', 'if (examples[0].text === "poison") for (;;); return column(examples, () => 0);'),
    );
    for (let i = 0; i < 2; i++) {
      expect(said(await suite.judge(examples('poison')))).toEqual([
        { a: 'MEMBER_DEADLINE', cash: 'negative', pills: 'negative' },
      ]);
      expect(said(await suite.judge(examples('pills')))).toEqual([
        { a: 'negative', cash: 'negative', pills: 'positive' },
      ]);
    }
  });

  it('asks a member last that cost its last worker, so that the others have answered by then', async () => {
    const suite = await load(scoring('a', LOOPS), { workers: 1, deadlineMs: 1000, memberDeadlineMs: { a: 900 } });
    await suite.judge(examples('hello'));
    expect(said(await suite.judge(examples('cash')))).toEqual([
      { a: 'MEMBER_DEADLINE', cash: 'positive', pills: 'negative' },
    ]);
  });

  it('gives each member the deadline that is said for it', async () => {
    const suite = await load(
      { ...scoring('a', wait(400)), ...scoring('b', wait(400)) },
      { memberDeadlineMs: { a: 50 } },
    );
    expect(said(await suite.judge(examples('hello')))).toMatchObject([{ a: 'MEMBER_DEADLINE', b: 'positive' }]);
  });

  it('answers when the suite itself never ends to parse an example', async () => {
    const suite = await load({}, { deadlineMs: 1500, batchSize: 8 });
    const verdicts = await suite.judge(examples('cash', 'spin', 'pills'));
    expect(verdicts.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      'positive',
      'EXAMPLE_TIMEOUT',
      'positive',
    ]);
  });
});

describe('judgeStream with an example on which a member never ends', { tags: ['slow'] }, () => {
  it('fails that judgement and keeps the others of the batch', async () => {
    const suite = await load(
      scoring(
        'a',
        'for (const { text } of examples) if (text === "poison") for (;;); return column(examples, () => 5);',
      ),
      { batchSize: 8, deadlineMs: 400, memberDeadlineMs: 50 },
    );
    const inputs = examples('cash', 'b', 'c', 'd', 'e', 'poison', 'g', 'h');
    const verdicts = await Array.fromAsync(suite.judgeStream(inputs));
    expect(said(verdicts).map(({ a }) => a)).toEqual([
      'positive',
      'positive',
      'positive',
      'positive',
      'positive',
      'MEMBER_DEADLINE',
      'positive',
      'positive',
    ]);
    expect(said(verdicts).map(({ cash }) => cash)).toEqual([
      'positive',
      ...Array.from({ length: 7 }, () => 'negative'),
    ]);
  });
});

describe('a member that blocks its worker after it answered', { tags: ['slow'] }, () => {
  it('changes no answer, is found out, and is left alone for a while', async () => {
    const suite = await load(scoring('a', 'setTimeout(() => { for (;;); }, 1); return column(examples, () => 0);'));
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 30 && codes.at(-1) !== 'MEMBER_STOPPED'; i++) {
      const [answer] = said(await suite.judge(examples('cash')));
      expect(answer).toMatchObject({ cash: 'positive', pills: 'negative' });
      codes.push(answer?.a);
    }
    expect(codes.at(-1)).toBe('MEMBER_STOPPED');
  });
});

describe('close', () => {
  it('leaves nothing running, whatever members are doing', { tags: ['slow'] }, async () => {
    const before = resources();
    const suite = await load(
      { ...scoring('a', LOOPS), ...scoring('b', 'return new Promise(() => {});'), ...scoring('p', LOOPS) },
      { isolation: { p: 'process' }, memberDeadlineMs: 60_000, deadlineMs: 60_000 },
    );
    const judged = suite.judge(examples('cash')).catch((error: unknown) => error);
    await turn();
    await suite.close();
    expect(await judged).toMatchObject({ code: 'SUITE_CLOSED' });
    await turn();
    for (const [kind, count] of resources()) expect([kind, count]).toEqual([kind, before.get(kind)]);
  });
});

/** What keeps this process alive, by kind. */
function resources(): Map<string, number> {
  const info = process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate');
  return new Map([...Map.groupBy(info, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
}
