import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import {
  type HostFixture,
  POLICY,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function load(packages: { [name: string]: PackageFiles }, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const host: HostFixture = createHost({ texts: suitePackage(), ...packages });
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 2, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const examples = (...inputs: unknown[]): { key: string; input: unknown }[] =>
  inputs.map((input, i) => ({ key: `k${i}`, input }));
const outcomes = (verdicts: readonly Verdict[]): string[] => verdicts.map((verdict) => verdict.outcome);

const MEMBERS = {
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};

describe('judge', () => {
  it('joins judgements by OR and says who was positive', async () => {
    const suite = await load(MEMBERS);
    const verdicts = await suite.judge(examples('cash now', 'hello', 'pills for cash', 'pills'));
    expect(outcomes(verdicts)).toEqual(['positive', 'negative', 'positive', 'positive']);
    expect(verdicts.map((verdict) => verdict.positives.map((positive) => positive.member))).toEqual([
      ['cash'],
      [],
      ['cash', 'pills'],
      ['pills'],
    ]);
    expect(verdicts[0]).toMatchObject({
      key: 'k0',
      decision: true,
      full: true,
      suiteVersion: suite.suiteVersion,
      degraded: [],
    });
    expect(verdicts[0]?.positives[0]).toEqual({ member: 'cash', version: '0.1.0', score: 2, threshold: 1 });
  });

  it('gives no verdicts for no examples', async () => {
    const suite = await load(MEMBERS);
    expect(await suite.judge([])).toEqual([]);
  });

  it('judges the rest of a batch when some inputs cannot be read', async () => {
    const suite = await load(MEMBERS);
    const verdicts = await suite.judge(examples('cash', '', 7, 'boom', 'pills'));
    expect(outcomes(verdicts)).toEqual(['positive', 'undetermined', 'undetermined', 'undetermined', 'positive']);
    expect(verdicts.map((verdict) => verdict.error?.code)).toEqual([
      undefined,
      'EXAMPLE_INVALID',
      'EXAMPLE_INVALID',
      'EXAMPLE_INVALID',
      undefined,
    ]);
  });

  it('fails only the example on which parsing never ends', async () => {
    const suite = await load(MEMBERS, { parseDeadlineMs: 100 });
    const verdicts = await suite.judge(examples('cash', 'spin', 'pills'));
    expect(outcomes(verdicts)).toEqual(['positive', 'undetermined', 'positive']);
    expect(verdicts[1]?.error?.code).toBe('EXAMPLE_TIMEOUT');
  });

  it('keeps the order of a long stream', async () => {
    const suite = await load(MEMBERS, { batchSize: 3 });
    const inputs = Array.from({ length: 50 }, (_, i) => ({ key: `${i}`, input: i % 7 === 0 ? 'cash' : 'hello' }));
    const verdicts = await Array.fromAsync(suite.judgeStream(inputs));
    expect(verdicts.map((verdict) => verdict.key)).toEqual(inputs.map((input) => input.key));
    expect(verdicts.filter((verdict) => verdict.decision).map((verdict) => Number(verdict.key))).toEqual([
      0, 7, 14, 21, 28, 35, 42, 49,
    ]);
  });

  it('records a shadow member without counting it, and does not run one that is off', async () => {
    const suite = await load(MEMBERS, { modes: { cash: 'shadow', pills: 'off' } });
    const [verdict] = await suite.judge(examples('cash and pills'));
    expect(verdict?.outcome).toBe('negative');
    expect(verdict?.judgements).toMatchObject([{ member: 'cash', mode: 'shadow', judgement: 'positive' }]);
  });

  it('refuses to judge after close, and closes twice', async () => {
    const suite = await load(MEMBERS);
    await suite.close();
    await suite.close();
    await expect(suite.judge(examples('cash'))).rejects.toMatchObject({ code: 'SUITE_CLOSED' });
  });

  it('stops between batches when the signal aborts', async () => {
    const suite = await load(MEMBERS, { batchSize: 1 });
    const controller = new AbortController();
    const run = suite.judge(examples(...Array.from({ length: 40 }, () => 'cash')), {
      signal: controller.signal,
      onProgress: (done) => done === 3 && controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });
});

describe('score', () => {
  it('gives a column per member with a status per example', async () => {
    const suite = await load({
      'texts-long': memberPackage(
        'texts-long',
        `() => ({ score: (examples) => column(examples, ({ text }) => (text === 'none' ? null : text.length)), close() {} })`,
        { record: { abstains: true } },
      ),
    });
    const table = await suite.score(examples('abc', 'none', '', 'de'));
    expect(table.keys).toEqual(['k0', 'k1', 'k2', 'k3']);
    expect([...(table.columns.get('long')?.scores ?? [])]).toEqual([3, Number.NaN, Number.NaN, 2]);
    expect([...(table.columns.get('long')?.status ?? [])]).toEqual([0, 1, 2, 0]);
    expect([...table.unreadable.keys()]).toEqual([2]);
  });
});

describe('required members', () => {
  const policy = { ...POLICY, required: ['texts-cash'], whenUndetermined: 'positive' };
  const broken = memberPackage('texts-cash', `() => ({ score: () => { throw new Error('no'); }, close() {} })`);

  it('leave a verdict undetermined when they fail, with the decision of the policy', async () => {
    const suite = await load({
      texts: suitePackage(policy),
      'texts-cash': broken,
      'texts-pills': MEMBERS['texts-pills'],
    });
    const verdicts = await suite.judge(examples('hello', 'pills'));
    expect(verdicts).toMatchObject([
      { outcome: 'undetermined', decision: true, degraded: [{ member: 'cash', reason: { code: 'MEMBER_THREW' } }] },
      { outcome: 'positive', decision: true },
    ]);
  });

  it('leave a verdict undetermined when they are not installed', async () => {
    const suite = await load(
      { texts: suitePackage(policy), 'texts-pills': MEMBERS['texts-pills'] },
      { onFault: 'degrade' },
    );
    expect(outcomes(await suite.judge(examples('hello', 'pills')))).toEqual(['undetermined', 'positive']);
  });

  it('leave a negative verdict when a member that is not required fails', async () => {
    const suite = await load({ 'texts-cash': broken, 'texts-pills': MEMBERS['texts-pills'] });
    expect(await suite.judge(examples('hello'))).toMatchObject([
      { outcome: 'negative', decision: false, degraded: [{ member: 'cash' }] },
    ]);
  });
});
