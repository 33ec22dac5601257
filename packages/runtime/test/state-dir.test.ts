import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ExampleInput,
  type LoadSuiteOptions,
  type Mode,
  type RunningSuite,
  type Verdict,
  loadSuite,
  readAuditLog,
  stateOfModes,
  stateVersion,
} from '../src/index.ts';
import { type HostFixture, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const BY = { by: 'ann', why: 'a test' };
const ACTIVE = stateVersion(stateOfModes({}));
const OFF = stateVersion(stateOfModes({ cash: 'off' }));

function createTexts(): HostFixture {
  const host = createHost({
    texts: suitePackage(),
    'texts-cash': memberPackage('texts-cash', contains('cash')),
    'texts-pills': memberPackage('texts-pills', contains('pills')),
  });
  cleanups.push(() => host.remove());
  return host;
}

async function load(host: HostFixture, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const suite = await loadSuite({ from: host.dir, stateDir: 'state', workers: 1, batchSize: 4, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

/** Changes the state from a process of its own; resolves when every change is acknowledged. */
async function changeElsewhere(host: HostFixture, ...changes: string[]): Promise<void> {
  const script = join(import.meta.dirname, 'state-changer.ts');
  const args = ['--conditions=@clamor/source', script, join(host.dir, 'state'), ...changes];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
}

function editState(host: HostFixture, document: object): void {
  writeFileSync(join(host.dir, 'state/state.json'), JSON.stringify(document));
}

/** Examples on which `cash` alone is positive, until the suite has the state version; then a dozen more. */
async function* until(suite: RunningSuite, version: string): AsyncGenerator<ExampleInput> {
  let i = 0;
  for (let left = 12; left > 0; left -= suite.stateVersion === version ? 1 : 0) {
    yield { key: `${i++}`, input: 'cash' };
    await nextTurn(); // The loop that hears of files is the one that judges.
  }
}

/** Judges a stream until the suite has the state version; the change begins when the first verdicts are there. */
async function judgeDuring(suite: RunningSuite, version: string, change: () => unknown): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let changing: unknown;
  for await (const verdict of suite.judgeStream(until(suite, version))) {
    verdicts.push(verdict);
    if (verdicts.length === 5) changing = change();
  }
  await changing;
  return verdicts;
}

/** What every stream has to show, whatever changed meanwhile: nothing dropped, and outcomes that follow the state named. */
function checkStream(verdicts: readonly Verdict[], modes: { readonly [version: string]: Mode }): void {
  expect(verdicts.map(({ key }) => key)).toEqual(verdicts.map((_, i) => `${i}`));
  for (const verdict of verdicts) {
    const mode = modes[verdict.stateVersion];
    expect([mode, verdict.outcome]).toEqual([mode, mode === 'active' ? 'positive' : 'negative']);
    expect(verdict.degraded).toEqual([]);
  }
}

const changesOf = (verdicts: readonly Verdict[]): string[] =>
  verdicts.map(({ stateVersion: version }) => version).filter((version, i, all) => version !== all[i - 1]);

describe('loadSuite with a state directory', () => {
  it('begins with what another process left there, and leaves there what was changed', { tags: ['slow'] }, async () => {
    const host = createTexts();
    await changeElsewhere(host, 'cash=off');
    const first = await load(host);
    expect(first.stateVersion).toBe(OFF);
    expect(first.members.map(({ name }) => name)).toEqual(['pills']);
    await first.control({ member: 'cash', mode: 'shadow', ...BY });
    await first.close();
    const second = await load(host);
    expect(second.members.find(({ name }) => name === 'cash')?.mode).toBe('shadow');
    expect(await readAuditLog(join(host.dir, 'state'))).toMatchObject([{ by: 'another process' }, { by: 'ann' }]);
  });

  it('refuses modes beside it', async () => {
    const loading = loadSuite({ from: createTexts().dir, stateDir: 'state', modes: { cash: 'off' } });
    await expect(loading).rejects.toMatchObject({ code: 'STATE_CHANGE_INVALID' });
  });

  it(
    'applies what another process changes in the middle of a stream, and drops nothing',
    { tags: ['slow'] },
    async () => {
      const host = createTexts();
      const suite = await load(host);
      const verdicts = await judgeDuring(suite, OFF, () => changeElsewhere(host, 'cash=off'));
      checkStream(verdicts, { [ACTIVE]: 'active', [OFF]: 'off' });
      expect(changesOf(verdicts)).toEqual([ACTIVE, OFF]);
    },
  );

  it('applies an edit of state.json in the middle of a stream, and not one that is refused', async () => {
    const host = createTexts();
    const suite = await load(host);
    editState(host, { revision: 1, members: { cash: { mode: 'off' } } });
    await suite.control({ member: 'pills', mode: 'shadow', ...BY });
    const refused = JSON.parse(readFileSync(join(host.dir, 'state/state.refused.json'), 'utf8')) as object;
    expect(refused).toMatchObject({ members: { cash: { mode: 'off' } } });
    const [before, after] = [{ pills: 'shadow' }, { pills: 'shadow', cash: 'shadow' }] as const;
    const versions = [before, after].map((modes) => stateVersion(stateOfModes(modes)));
    const members = { pills: { mode: 'shadow' }, cash: { mode: 'shadow' } };
    const verdicts = await judgeDuring(suite, versions[1]!, () => editState(host, { revision: 2, ...BY, members }));
    checkStream(verdicts, { [versions[0]!]: 'active', [versions[1]!]: 'shadow' });
    expect(changesOf(verdicts)).toEqual(versions);
  });

  it('switches on a member that was off when the suite was loaded, for whoever asks', { tags: ['slow'] }, async () => {
    const host = createTexts();
    await changeElsewhere(host, 'cash=off');
    const suite = await load(host);
    const verdicts = await judgeDuring(suite, ACTIVE, () => changeElsewhere(host, 'cash=active'));
    checkStream(verdicts, { [ACTIVE]: 'active', [OFF]: 'off' });
    expect(changesOf(verdicts)).toEqual([OFF, ACTIVE]);
  });

  it('keeps two services that share it together', { tags: ['slow'] }, async () => {
    const host = createTexts();
    const one = await load(host);
    const other = await load(host);
    await one.control({ member: 'cash', mode: 'off', ...BY });
    checkStream(await Array.fromAsync(other.judgeStream(until(other, OFF))), { [ACTIVE]: 'active', [OFF]: 'off' });
    await other.control({ member: 'cash', mode: 'active', ...BY });
    checkStream(await Array.fromAsync(one.judgeStream(until(one, ACTIVE))), { [ACTIVE]: 'active', [OFF]: 'off' });
    const revisions = (await readAuditLog(join(host.dir, 'state'))).map(({ after }) => after.revision);
    expect(revisions).toEqual([1, 2]);
  });

  it('judges on by one state or another while two processes change it all the time', { tags: ['slow'] }, async () => {
    const host = createTexts();
    const suite = await load(host);
    const last = stateVersion(stateOfModes({ cash: 'off', pills: 'shadow' }));
    const flips = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'cash=off' : 'cash=active'));
    const verdicts = await judgeDuring(suite, last, async () => {
      await Promise.all([changeElsewhere(host, ...flips), changeElsewhere(host, ...flips)]);
      await suite.control({ member: 'cash', mode: 'off', ...BY });
      await suite.control({ member: 'pills', mode: 'shadow', ...BY });
    });
    checkStream(verdicts, { [ACTIVE]: 'active', [OFF]: 'off', [last]: 'off' });
    const log = await readAuditLog(join(host.dir, 'state'));
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
    expect(JSON.parse(readFileSync(join(host.dir, 'state/state.json'), 'utf8'))).toEqual(log.at(-1)?.after);
  });
});
