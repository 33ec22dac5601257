import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, isRolledOut, loadSuite } from '../src/index.ts';
import {
  type HostFixture,
  POLICY,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
  install,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Loaded {
  readonly host: HostFixture;
  readonly suite: RunningSuite;
}

async function load(packages: { [name: string]: PackageFiles }, options: LoadSuiteOptions = {}): Promise<Loaded> {
  const host = createHost({ texts: suitePackage(), ...packages });
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 1, ...options });
  cleanups.push(() => suite.close());
  return { host, suite };
}

const judgeOne = async (suite: RunningSuite, input: string, key = 'k'): Promise<Verdict> =>
  (await suite.judge([{ key, input }]))[0] as Verdict;

const MEMBERS = {
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};
const suiteWith = (action: string): PackageFiles => suitePackage({ ...POLICY, guard: { action } });
const BY = { by: 'ann', why: 'a test' };

describe('control', () => {
  it('takes a member out of the count and puts it back', async () => {
    const { suite } = await load(MEMBERS);
    const before = suite.stateVersion;
    await suite.control({ member: 'cash', mode: 'shadow', ...BY });
    const shadow = await judgeOne(suite, 'cash');
    expect(shadow).toMatchObject({ outcome: 'negative', stateVersion: suite.stateVersion });
    expect(shadow.judgements[0]).toMatchObject({ member: 'cash', mode: 'shadow', judgement: 'positive' });
    expect(suite.stateVersion).not.toBe(before);
    await suite.control({ member: 'cash', mode: 'active', ...BY });
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
    expect(suite.stateVersion).toBe(before);
  });

  it('does not run a member that is off, and keeps the suite version', async () => {
    const { suite } = await load(MEMBERS);
    const { suiteVersion } = suite;
    await suite.control({ member: 'cash', mode: 'off', ...BY });
    expect((await judgeOne(suite, 'cash')).judgements.map(({ member }) => member)).toEqual(['pills']);
    expect(suite.members.map(({ name }) => name)).toEqual(['pills']);
    expect(suite.suiteVersion).toBe(suiteVersion);
  });

  it('loads a member that was off from the beginning when it is switched on', async () => {
    const { suite } = await load(MEMBERS, { modes: { cash: 'off' } });
    expect((await judgeOne(suite, 'cash')).outcome).toBe('negative');
    await suite.control({ member: 'cash', mode: 'active', ...BY });
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
  });

  it('refuses to switch on a member that cannot be loaded, and changes nothing', async () => {
    const broken = memberPackage('texts-broken', '() => { throw new Error("no") }');
    const { suite } = await load({ ...MEMBERS, 'texts-broken': broken }, { modes: { broken: 'off' } });
    const before = suite.stateVersion;
    const change = suite.control({ member: 'broken', mode: 'active', ...BY });
    await expect(change).rejects.toMatchObject({ code: 'STATE_MEMBER_FAULTY' });
    expect(suite.stateVersion).toBe(before);
    expect((await judgeOne(suite, 'hello')).degraded).toEqual([]);
  });

  it('counts a member on the keys that its rollout reaches and shadows it on the others', async () => {
    const { suite } = await load(MEMBERS);
    await suite.control({ member: 'cash', rollout: 30, ...BY });
    const keys = Array.from({ length: 200 }, (_, i) => `mail-${i}`);
    const verdicts = await suite.judge(keys.map((key) => ({ key, input: 'cash' })));
    const expected = keys.map((key) => isRolledOut({ member: 'cash', percent: 30 }, key));
    expect(verdicts.map(({ decision }) => decision)).toEqual(expected);
    expect(expected.filter(Boolean).length).toBeGreaterThan(30);
  });

  it('applies a change in the middle of a stream and drops nothing', async () => {
    const { suite } = await load(MEMBERS, { batchSize: 4 });
    const verdicts: Verdict[] = [];
    const examples = Array.from({ length: 200 }, (_, i) => ({ key: `${i}`, input: 'cash' }));
    for await (const verdict of suite.judgeStream(examples)) {
      verdicts.push(verdict);
      if (verdicts.length === 50) await suite.control({ member: 'cash', mode: 'off', ...BY });
    }
    expect(verdicts.map(({ key }) => key)).toEqual(examples.map(({ key }) => key));
    const outcomes = verdicts.map(({ outcome }) => outcome);
    const switched = outcomes.indexOf('negative');
    expect(switched).toBeGreaterThanOrEqual(50);
    expect(switched).toBeLessThan(60);
    expect(new Set(outcomes.slice(switched))).toEqual(new Set(['negative']));
    expect(new Set(verdicts.slice(switched).map(({ stateVersion }) => stateVersion))).toEqual(
      new Set([suite.stateVersion]),
    );
  });
});

describe('versions side by side', () => {
  const next = memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' } });
  const both = { ...MEMBERS, 'cash-next': next };

  it('counts the version under its own name and shadows the other', async () => {
    const { suite } = await load(both);
    const verdict = await judgeOne(suite, 'money');
    expect(verdict.outcome).toBe('negative');
    expect(verdict.judgements.slice(0, 2)).toMatchObject([
      { member: 'cash', version: '0.1.0', mode: 'active', judgement: 'negative' },
      { member: 'cash', version: '0.2.0', mode: 'shadow', judgement: 'positive' },
    ]);
  });

  it('counts exactly one of them per key while the next one is rolled out', async () => {
    const { suite } = await load(both);
    await suite.control({ member: 'cash', version: '0.2.0', base: '0.1.0', rollout: 50, ...BY });
    const keys = Array.from({ length: 60 }, (_, i) => `mail-${i}`);
    const verdicts = await suite.judge(keys.map((key) => ({ key, input: 'money' })));
    expect(verdicts.map(({ decision }) => decision)).toEqual(
      keys.map((key) => isRolledOut({ member: 'cash', percent: 50 }, key)),
    );
    for (const { judgements } of verdicts) {
      expect(judgements.filter(({ member, mode }) => member === 'cash' && mode === 'active')).toHaveLength(1);
    }
  });

  it('scores both, each in a column of its own', async () => {
    const { suite } = await load(both);
    const table = await suite.score([{ key: 'k', input: 'money' }]);
    expect([...table.columns].map(([name, column]) => [name, column.scores[0]])).toEqual([
      ['cash', 0],
      ['cash@0.2.0', 2],
      ['pills', 0],
    ]);
  });
});

describe('reload', () => {
  const upgraded = memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' } });

  it('switches to what is installed now, in workers that never saw the old code', async () => {
    const { host, suite } = await load(MEMBERS);
    const { suiteVersion } = suite;
    install(host, 'texts-cash', upgraded);
    expect((await judgeOne(suite, 'money')).outcome).toBe('negative');
    await suite.reload();
    expect((await judgeOne(suite, 'money')).positives).toMatchObject([{ member: 'cash', version: '0.2.0' }]);
    expect(suite.suiteVersion).not.toBe(suiteVersion);
  });

  it('answers every example of a stream that is under way, each by one of the two plans', async () => {
    const { host, suite } = await load(MEMBERS, { batchSize: 4 });
    const versions = new Set([suite.suiteVersion]);
    install(host, 'texts-cash', upgraded);
    const examples = Array.from({ length: 400 }, (_, i) => ({ key: `${i}`, input: 'cash or money' }));
    const verdicts: Verdict[] = [];
    let reloading: Promise<void> | undefined;
    for await (const verdict of suite.judgeStream(examples)) {
      verdicts.push(verdict);
      reloading ??= suite.reload();
      if (verdicts.length === 100) await reloading;
    }
    versions.add(suite.suiteVersion);
    expect(verdicts.map(({ key }) => key)).toEqual(examples.map(({ key }) => key));
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['positive']));
    expect(new Set(verdicts.map((verdict) => verdict.suiteVersion))).toEqual(versions);
  });

  it('leaves batches that the old plan was asked about to the state of that time', async () => {
    const { host, suite } = await load({ ...MEMBERS, 'cash-next': upgraded }, { batchSize: 1 });
    const stream = suite.judgeStream(Array.from({ length: 20 }, (_, i) => ({ key: `${i}`, input: 'cash or gold' })));
    const verdicts = [(await stream.next()).value as Verdict]; // Others are under way.
    install(host, 'cash-next', memberPackage('texts-cash', contains('gold'), { manifest: { version: '0.3.0' } }));
    await suite.reload();
    await suite.control({ member: 'cash', version: '0.3.0', ...BY });
    for await (const verdict of stream) verdicts.push(verdict);
    expect(verdicts.flatMap(({ degraded }) => degraded)).toEqual([]);
    expect(new Set(verdicts.map(({ positives }) => positives[0]?.version))).toEqual(new Set(['0.1.0', '0.3.0']));
  });

  it('refuses a version that fails its checks and goes on with the old one', async () => {
    const { host, suite } = await load(MEMBERS);
    const { suiteVersion } = suite;
    const samples = [{ key: 's', input: 'some text', score: 0.5 }];
    install(
      host,
      'texts-cash',
      memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' }, samples }),
    );
    const refused: unknown = await suite.reload().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: expect.stringMatching(/^SUITE_(FAULTY|RELOAD_REFUSED)$/) });
    expect(String(refused)).toContain('MEMBER_SAMPLES_MISMATCH');
    expect(await judgeOne(suite, 'cash')).toMatchObject({ outcome: 'positive', suiteVersion });
  });

  it('lets a fault stay that was there before, and refuses a new one, in a suite that lives with faults', async () => {
    const broken = memberPackage('texts-broken', '() => { throw new Error("no") }');
    const { host, suite } = await load({ ...MEMBERS, 'texts-broken': broken }, { onFault: 'degrade' });
    install(host, 'texts-cash', upgraded);
    await suite.reload();
    expect((await judgeOne(suite, 'money')).outcome).toBe('positive');
    install(host, 'texts-pills', memberPackage('texts-pills', '() => { throw new Error("no") }'));
    await expect(suite.reload()).rejects.toMatchObject({ code: 'SUITE_RELOAD_REFUSED' });
    expect((await judgeOne(suite, 'pills')).outcome).toBe('positive');
  });

  it('does not make a kill switch wait', async () => {
    const { host, suite } = await load(MEMBERS);
    const slow = `async () => { await new Promise((resolve) => setTimeout(resolve, 1500)); return { score: (examples) => column(examples, () => 0), close() {} } }`;
    install(host, 'texts-pills', memberPackage('texts-pills', slow, { manifest: { version: '0.2.0' } }));
    const done: string[] = [];
    const reloading = suite.reload().then(() => done.push('reload'));
    await suite.control({ member: 'cash', mode: 'off', ...BY });
    done.push('control');
    expect((await judgeOne(suite, 'cash')).outcome).toBe('negative');
    await reloading;
    expect(done).toEqual(['control', 'reload']);
    expect((await judgeOne(suite, 'cash')).outcome).toBe('negative');
  });

  it('refuses to take away a version that the state lets count', async () => {
    const next = memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' } });
    const { host, suite } = await load({ ...MEMBERS, 'cash-next': next });
    await suite.control({ member: 'cash', version: '0.2.0', ...BY });
    const third = memberPackage('texts-cash', contains('gold'), { manifest: { version: '0.3.0' } });
    install(host, 'cash-next', third);
    await expect(suite.reload()).rejects.toMatchObject({ code: 'SUITE_RELOAD_REFUSED' });
    expect((await judgeOne(suite, 'money')).outcome).toBe('positive');
  });
});

describe('a member that ends its worker', () => {
  it('is told as lost worker, and counted in the status', async () => {
    const exits = memberPackage('texts-broken', '() => ({ score() { process.exit(1) }, close() {} })');
    const { suite } = await load({ ...MEMBERS, 'texts-broken': exits });
    const lost: unknown[] = [];
    suite.events.on('workerLost', (event) => lost.push(event));
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
    expect(lost).toMatchObject([{ member: 'broken', version: '0.1.0', isolation: 'worker', cause: 'crash' }]);
    const status = suite.status().members.find(({ member }) => member === 'broken');
    expect(status).toMatchObject({ losses: { crashes: 1, deadlines: 0 }, failed: { MEMBER_CRASHED: 1 } });
  });
});

describe('the breaker of a member', () => {
  it('opens after failed batches in a row, is named in the verdict, and harms nobody', async () => {
    const throwing = memberPackage('texts-broken', '() => ({ score() { throw new Error("no") }, close() {} })');
    const { suite } = await load({ ...MEMBERS, 'texts-broken': throwing }, { breaker: { failures: 2 } });
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push((await judgeOne(suite, 'cash')).degraded[0]?.reason.code);
    expect(codes).toEqual(['MEMBER_THREW', 'MEMBER_THREW', 'MEMBER_BREAKER_OPEN', 'MEMBER_BREAKER_OPEN']);
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
  });

  it('closes again when a probe is answered', async () => {
    const source = `() => { let calls = 0; return { score: (examples) => { calls += 1; if (calls <= 2) throw new Error('no'); return column(examples, () => 0) }, close() {} } }`;
    const breaker = { failures: 2, firstProbeMs: 0 };
    const { suite } = await load({ ...MEMBERS, 'texts-broken': memberPackage('texts-broken', source) }, { breaker });
    const failed = [];
    for (let i = 0; i < 4; i++) failed.push((await judgeOne(suite, 'hello')).degraded.length);
    expect(failed).toEqual([1, 1, 0, 0]);
  });
});

describe('the guard', () => {
  const wild = memberPackage('texts-wild', '() => ({ score: (examples) => column(examples, () => 9), close() {} })', {
    record: { positiveRateBand: [0, 0.05] },
  });
  const stream = Array.from({ length: 120 }, (_, i) => ({ key: `${i}`, input: i % 3 === 0 ? 'cash' : 'hello' }));

  it('takes a member that says yes to everything out of the count, within 50 examples and for good', async () => {
    const { suite } = await load({ ...MEMBERS, texts: suiteWith('shadow'), 'texts-wild': wild });
    const verdicts = await Array.fromAsync(suite.judgeStream(stream));
    const contained = verdicts.findLastIndex(({ positives }) => positives.some(({ member }) => member === 'wild'));
    expect(contained).toBeGreaterThan(0);
    expect(contained).toBeLessThan(50);
    expect(verdicts.slice(contained + 1).map(({ outcome }) => outcome)).toEqual(
      stream.slice(contained + 1).map(({ input }) => (input === 'cash' ? 'positive' : 'negative')),
    );
    await suite.control({ member: 'pills', mode: 'active', ...BY }); // Comes after what the guard decided.
    expect((await judgeOne(suite, 'hello')).judgements.find(({ member }) => member === 'wild')?.mode).toBe('shadow');
    expect(suite.members.find(({ name }) => name === 'wild')?.mode).toBe('shadow');
  });

  it('marks verdicts that the member alone made positive, when the policy wants a review', async () => {
    const { suite } = await load({ ...MEMBERS, texts: suiteWith('review'), 'texts-wild': wild });
    await Array.fromAsync(suite.judgeStream(stream));
    expect(await judgeOne(suite, 'hello')).toMatchObject({ outcome: 'positive', review: 'wild' });
    const shared = await judgeOne(suite, 'cash');
    expect(shared.outcome).toBe('positive');
    expect(shared.review).toBeUndefined();
  });

  it('changes nothing when the policy only wants to be told', async () => {
    const { suite } = await load({ ...MEMBERS, 'texts-wild': wild });
    const verdicts = await Array.fromAsync(suite.judgeStream(stream));
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['positive']));
    expect(verdicts.every(({ review }) => review === undefined)).toBe(true);
  });
});
