import { afterEach, describe, expect, it } from 'vitest';
import {
  type EncoderBreakerChangedEvent,
  type EncoderFailedEvent,
  type LoadSuiteOptions,
  type RunningSuite,
  type Verdict,
  type WorkerLostEvent,
  loadSuite,
} from '../src/index.ts';
import { LENGTHS, encodedMember, encoderHost, encoderPackage } from './encoder-fixture.ts';
import { type PackageFiles, contains, memberPackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Two members on the encoder under test, one on a sound one, and one on none. */
async function load(broken: PackageFiles, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const host = encoderHost({
    'enc-broken': broken,
    'enc-sound': encoderPackage('enc-sound'),
    'texts-a': encodedMember('texts-a', 'enc-broken'),
    'texts-b': encodedMember('texts-b', 'enc-broken'),
    'texts-c': encodedMember('texts-c', 'enc-sound'),
    'texts-cash': memberPackage('texts-cash', contains('cash')),
  });
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 1, deadlineMs: 2000, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const examples = (...inputs: string[]): { key: string; input: string }[] =>
  inputs.map((input, i) => ({ key: `k${i}`, input }));

/** Of each verdict: member → score, or the code of its failure. */
function said(verdicts: readonly Verdict[]): { [member: string]: number | string | undefined }[] {
  return verdicts.map(({ judgements }) =>
    Object.fromEntries(judgements.map(({ member, score, reason }) => [member, reason?.code ?? score ?? undefined])),
  );
}

type Isolation = 'inline' | 'worker' | 'process';
const EVERYWHERE: readonly Isolation[] = ['inline', 'worker', 'process'];
const APART: readonly Isolation[] = ['worker', 'process'];

const FAILURES: readonly (readonly [what: string, encode: string, code: string, where: readonly Isolation[]])[] = [
  ['throws', `() => { throw new Error('no') }`, 'ENCODER_FAILED', EVERYWHERE],
  ['throws what cannot be read', `() => { throw { get code() { throw 1 } } }`, 'ENCODER_FAILED', EVERYWHERE],
  [
    'throws a code of somebody else',
    `() => { throw Object.assign(new Error(), { code: 'SUITE_DEADLINE' }) }`,
    'ENCODER_FAILED',
    EVERYWHERE,
  ],
  ['rejects', `async () => { throw new Error('no') }`, 'ENCODER_FAILED', EVERYWHERE],
  ['never settles', `() => new Promise(() => {})`, 'ENCODER_DEADLINE', EVERYWHERE],
  ['loops', `() => { for (;;); }`, 'ENCODER_DEADLINE', APART],
  ['gives too few rows', `() => new Float32Array(1)`, 'ENCODER_SHAPE_MISMATCH', EVERYWHERE],
  ['gives an array', `(texts) => texts.map(() => [1, 2])`, 'ENCODER_SHAPE_MISMATCH', EVERYWHERE],
  ['gives NaN', `(texts) => new Float32Array(2 * texts.length).fill(NaN)`, 'ENCODER_ROW_NOT_FINITE', EVERYWHERE],
  [
    'gives reasons',
    `(texts) => ({ rows: new Float32Array(2 * texts.length), reasons: new Map(texts.map((_, i) => [i, { code: 'OWN', message: 'no' }])) })`,
    'ENCODER_FAILED',
    EVERYWHERE,
  ],
  ['ends its process', `() => { process.exit(3) }`, 'ENCODER_CRASHED', APART],
  [
    'leaves an error uncaught',
    `() => { setTimeout(() => { throw new Error('late') }); return new Promise(() => {}) }`,
    'ENCODER_CRASHED',
    APART,
  ],
];

describe.each(EVERYWHERE)('%s: an encoder that', (isolation) => {
  for (const [what, encode, code] of FAILURES.filter(([, , , where]) => where.includes(isolation))) {
    it(`${what} fails the members on it with ${code}, and nobody else`, { tags: ['slow'] }, async () => {
      const suite = await load(encoderPackage('enc-broken', encode), {
        isolation: { a: isolation, b: isolation },
        // A process that ended takes its time to come back; the encoder has little of it.
        deadlineMs: 10_000,
        encoderDeadlineMs: 2000,
      });
      for (let call = 0; call < 2; call++) {
        const [verdict] = await suite.judge(examples('cash x'));
        expect(said(verdict === undefined ? [] : [verdict])).toEqual([{ a: code, b: code, c: 16.5, cash: 2 }]);
        expect(verdict?.degraded.map(({ member, reason }) => [member, reason.code])).toEqual([
          ['a', code],
          ['b', code],
        ]);
      }
      const { encoders, members } = suite.status();
      expect(encoders.find(({ encoder }) => encoder === 'enc-broken')?.failed[code]).toBeGreaterThan(0);
      // What the encoder does is not the members' doing.
      expect(members.map(({ losses, breaker }) => [losses, breaker.failuresInARow])).toEqual(
        members.map(() => [{ crashes: 0, deadlines: 0 }, 0]),
      );
    });
  }
});

describe('an encoder', () => {
  it.each<[string, PackageFiles, string, string]>([
    [
      'throws when it is imported',
      encoderPackage('enc-broken', LENGTHS, { files: { 'index.js': 'throw new Error("no")' } }),
      'ENCODER_IMPORT_FAILED',
      'worker',
    ],
    [
      'loops when it is imported',
      encoderPackage('enc-broken', LENGTHS, { files: { 'index.js': 'for (;;);' } }),
      'ENCODER_LOAD_TIMEOUT',
      'worker',
    ],
    [
      'ends its process when it is imported',
      encoderPackage('enc-broken', LENGTHS, { files: { 'index.js': 'process.exit(1)' } }),
      'ENCODER_CRASHED',
      'process',
    ],
    [
      'exports nothing',
      encoderPackage('enc-broken', LENGTHS, { files: { 'index.js': 'export {}' } }),
      'ENCODER_DEFINITION_INVALID',
      'inline',
    ],
    ['throws in load', withLoad(`() => { throw new Error('no') }`), 'ENCODER_LOAD_FAILED', 'worker'],
    ['never settles in load', withLoad(`() => new Promise(() => {})`), 'ENCODER_LOAD_TIMEOUT', 'inline'],
    ['loops in load', withLoad(`() => { for (;;); }`), 'ENCODER_LOAD_TIMEOUT', 'process'],
    ['loads to nothing', withLoad(`() => null`), 'ENCODER_DEFINITION_INVALID', 'worker'],
  ])('that %s is a fault of the members on it', { tags: ['slow'] }, async (_, files, code, isolation) => {
    const isolations = { a: isolation, b: isolation } as LoadSuiteOptions['isolation'];
    const suite = await load(files, {
      onFault: 'degrade',
      loadDeadlineMs: 3000,
      ...(isolations && { isolation: isolations }),
    });
    expect(suite.faults.map((fault) => [fault.package, fault.code])).toEqual([
      ['texts-a', code],
      ['texts-b', code],
    ]);
    const verdicts = await suite.judge(examples('cash x'));
    expect(said(verdicts)).toEqual([{ a: code, b: code, c: 16.5, cash: 2 }]);
  });

  it('fails only the text on which it throws', async () => {
    const encode = `(texts) => { if (texts.includes('boom!')) throw new Error('no'); return (${LENGTHS})(texts); }`;
    const suite = await load(encoderPackage('enc-broken', encode));
    const verdicts = await suite.judge(examples('a', 'boom!', 'abc', 'x'), { priority: 'batch' });
    expect(said(verdicts).map(({ a }) => a)).toEqual([1.5, 'ENCODER_FAILED', 3.5, 11.5]);
  });

  it(
    'that cost a worker is told as the encoder’s loss, and is left alone after three',
    { tags: ['slow'] },
    async () => {
      const suite = await load(encoderPackage('enc-broken', `() => { process.exit(3) }`), { deadlineMs: 5000 });
      const lost: WorkerLostEvent[] = [];
      suite.events.on('workerLost', (event) => lost.push(event));
      const codes: unknown[] = [];
      for (let i = 0; i < 5; i++) codes.push(said(await suite.judge(examples('cash')))[0]?.['a']);
      expect(codes.slice(0, 3)).toEqual(['ENCODER_CRASHED', 'ENCODER_CRASHED', 'ENCODER_CRASHED']);
      expect(codes.slice(3)).not.toContain('ENCODER_CRASHED');
      expect(lost.map(({ member, encoder, cause }) => [member, encoder, cause])).toEqual(
        Array.from({ length: 3 }, () => [null, 'enc-broken', 'crash']),
      );
      const status = suite.status().encoders.find(({ encoder }) => encoder === 'enc-broken');
      expect(status?.losses).toEqual({ crashes: 3, deadlines: 0 });
    },
  );

  it('that fails every batch is left alone by its breaker, and tried again', async () => {
    const encode = `(texts) => { if (texts.includes('heal')) globalThis.healed = true; if (!globalThis.healed) throw new Error('no'); return (${LENGTHS})(texts); }`;
    const suite = await load(encoderPackage('enc-broken', encode), {
      breaker: { failures: 2, firstProbeMs: 1 },
      encoderCacheMb: 0,
    });
    const changes: EncoderBreakerChangedEvent[] = [];
    const failed: EncoderFailedEvent[] = [];
    suite.events.on('encoderBreakerChanged', (event) => changes.push(event));
    suite.events.on('encoderFailed', (event) => failed.push(event));
    for (let i = 0; i < 2; i++) await suite.judge(examples('a'));
    expect(suite.status().encoders[0]?.breaker).toMatchObject({ state: 'open', failuresInARow: 2 });
    expect(failed).toMatchObject([
      { encoder: 'enc-broken', version: '1.0.0', code: 'ENCODER_FAILED', message: 'no', texts: 1 },
      { encoder: 'enc-broken' },
    ]);
    await new Promise((resolve) => void setTimeout(resolve, 5));
    expect(said(await suite.judge(examples('heal')))[0]?.['a']).toBe(4.5);
    expect(changes.map(({ encoder, state }) => [encoder, state])).toEqual([
      ['enc-broken', 'open'],
      ['enc-broken', 'half-open'],
      ['enc-broken', 'closed'],
    ]);
  });

  it('whose breaker is open keeps the members on it away, by name', async () => {
    const suite = await load(encoderPackage('enc-broken', `() => { throw new Error('no') }`), {
      breaker: { failures: 1, firstProbeMs: 60_000 },
    });
    await suite.judge(examples('a'));
    const [verdict] = await suite.judge(examples('cash'));
    expect(said(verdict === undefined ? [] : [verdict])).toEqual([
      { a: 'ENCODER_BREAKER_OPEN', b: 'ENCODER_BREAKER_OPEN', c: 4.5, cash: 2 },
    ]);
    expect(suite.status().members.map(({ breaker }) => breaker.state)).toEqual([
      'closed',
      'closed',
      'closed',
      'closed',
    ]);
  });

  it('has a deadline of its own: half of the suite’s unless it is told', async () => {
    const slow = `(texts) => new Promise((resolve) => setTimeout(() => resolve((${LENGTHS})(texts)), 300))`;
    const late = await load(encoderPackage('enc-broken', slow), { encoderDeadlineMs: 50 });
    expect(said(await late.judge(examples('a')))[0]).toMatchObject({ a: 'ENCODER_DEADLINE', c: 1.5 });
    const inTime = await load(encoderPackage('enc-broken', slow), { deadlineMs: 8000, memberDeadlineMs: 100 });
    expect(said(await inTime.judge(examples('a')))[0]).toMatchObject({ a: 1.5, c: 1.5 });
  });

  it('cannot hide a member’s own failure: a text function that throws is the member’s', async () => {
    const host = encoderHost({
      'enc-sound': encoderPackage('enc-sound'),
      'texts-a': encodedMember('texts-a', 'enc-sound', {
        text: `({ text }) => { throw Object.assign(new Error('no'), { code: 'ENCODER_FAILED' }) }`,
      }),
      'texts-b': encodedMember('texts-b', 'enc-sound', { text: `({ text }) => { for (;;); }` }),
      'texts-c': encodedMember('texts-c', 'enc-sound'),
      'texts-d': encodedMember('texts-d', 'enc-sound', {
        text: '({ text }) => (globalThis.n = (globalThis.n ?? 0) + 1) + text',
      }),
    });
    cleanups.push(() => host.remove());
    const suite = await loadSuite({ from: host.dir, workers: 1, deadlineMs: 4000 });
    cleanups.push(() => suite.close());
    expect(said(await suite.judge(examples('x')))).toEqual([
      { a: 'MEMBER_THREW', b: 'MEMBER_DEADLINE', c: 11.5, d: expect.any(Number) as number },
    ]);
  });
});

/** An encoder with a load function of its own. */
function withLoad(source: string): PackageFiles {
  const code = `import { defineEncoder } from '@clamor/contract';
    export const encoder = defineEncoder({ width: 2, load: ${source} });`;
  return encoderPackage('enc-broken', LENGTHS, { files: { 'index.js': code } });
}
