import { afterEach, describe, expect, it } from 'vitest';
import {
  type LoadSuiteOptions,
  type RunningSuite,
  type Verdict,
  compareLock,
  createLock,
  inspectSuite,
  loadSuite,
} from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  install,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const MARKER = { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team' };
const BY = { by: 'ann', why: 'it passed the gate' };

function meaning(version: string, mode?: 'shadow'): PackageFiles {
  const clamor = mode === undefined ? MARKER : { ...MARKER, mode };
  // With the entry in a folder of its own: there, as in a published package, its package.json is no part of the content.
  const files = { 'dist/index.js': "export { classifier } from '../index.js';" };
  return memberPackage('texts-meaning', contains('cash'), {
    manifest: { version, clamor, exports: './dist/index.js' },
    files,
  });
}

function createTexts(member: PackageFiles): HostFixture {
  const pills = memberPackage('texts-pills', contains('pills'));
  const host = createHost({ texts: suitePackage(), 'texts-meaning': member, 'texts-pills': pills });
  cleanups.push(() => host.remove());
  return host;
}

async function load(host: HostFixture, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const suite = await loadSuite({ from: host.dir, workers: 1, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const judgeOne = async (suite: RunningSuite, input: string): Promise<Verdict> =>
  (await suite.judge([{ key: 'k', input }]))[0] as Verdict;

describe('a member that ships as shadow', () => {
  it('is recorded and does not count', async () => {
    const suite = await load(createTexts(meaning('0.1.0', 'shadow')));
    const verdict = await judgeOne(suite, 'cash');
    expect(verdict.outcome).toBe('negative');
    expect(verdict.judgements[0]).toMatchObject({ member: 'meaning', mode: 'shadow', judgement: 'positive', score: 2 });
    expect(suite.members.map(({ name, mode }) => [name, mode])).toEqual([
      ['meaning', 'shadow'],
      ['pills', 'active'],
    ]);
    expect(suite.status().members[0]).toMatchObject({ mode: 'shadow', rollout: 0 });
  });

  it('counts from when an operator says so, and says in the state version that somebody did', async () => {
    const suite = await load(createTexts(meaning('0.1.0', 'shadow')));
    const before = suite.stateVersion;
    await suite.control({ member: 'meaning', mode: 'active', ...BY });
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
    expect(suite.stateVersion).not.toBe(before);
  });

  it('stays active over a restart', async () => {
    const host = createTexts(meaning('0.1.0', 'shadow'));
    const first = await load(host, { stateDir: 'state' });
    await first.control({ member: 'meaning', mode: 'active', ...BY });
    await first.close();
    expect((await judgeOne(await load(host, { stateDir: 'state' }), 'cash')).outcome).toBe('positive');
  });

  it('is made active by modes too', async () => {
    const suite = await load(createTexts(meaning('0.1.0', 'shadow')), { modes: { meaning: 'active' } });
    expect((await judgeOne(suite, 'cash')).outcome).toBe('positive');
  });

  it('counts after an upgrade to a version that ships as active, unless an operator put it in shadow', async () => {
    const host = createTexts(meaning('0.1.0', 'shadow'));
    const [undecided, decided] = [await load(host), await load(host)];
    await decided.control({ member: 'meaning', mode: 'active', ...BY });
    await decided.control({ member: 'meaning', mode: 'shadow', ...BY });
    install(host, 'texts-meaning', meaning('0.2.0'));
    await undecided.reload();
    await decided.reload();
    expect((await judgeOne(undecided, 'cash')).outcome).toBe('positive');
    expect((await judgeOne(decided, 'cash')).outcome).toBe('negative');
  });

  it('is locked as what it ships as', async () => {
    const host = createTexts(meaning('0.1.0', 'shadow'));
    const { installed } = await inspectSuite({ from: host.dir });
    const lock = createLock(installed, { by: 'ann', createdAt: new Date(0), stateVersion: '0'.repeat(16) });
    expect(compareLock(lock, installed)).toEqual([]);
    install(host, 'texts-meaning', meaning('0.1.0'));
    expect(compareLock(lock, (await inspectSuite({ from: host.dir })).installed)).toMatchObject([
      { kind: 'mode', package: 'texts-meaning', locked: 'shadow', installed: 'active' },
    ]);
  });
});
