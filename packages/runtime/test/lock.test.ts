import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  LOCK_FILE,
  type SuiteLock,
  createLock,
  inspectSuite,
  loadSuite,
  readLock,
  toHistory,
  writeLock,
} from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const BYTES = 'an artifact';
const ARTIFACT = {
  file: 'model.onnx',
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  sizeBytes: BYTES.length,
};
const PACKAGES = {
  texts: suitePackage(),
  'texts-cash': memberPackage('texts-cash', contains('cash'), {
    record: { artifact: ARTIFACT },
    files: { 'assets/model.onnx': BYTES },
  }),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};
const LOCKFILE = {
  lockfileVersion: 3,
  packages: {
    'node_modules/texts-cash': {
      version: '0.1.0',
      resolved: 'https://registry.example/texts-cash/-/texts-cash-0.1.0.tgz',
      integrity: 'sha512-cash',
    },
    'node_modules/texts-pills': { version: '0.1.0', resolved: 'file:../pills.tgz', integrity: 'sha512-pills' },
  },
};

function host(packages: { [name: string]: PackageFiles } = PACKAGES): HostFixture {
  const created = createHost(packages);
  cleanups.push(() => created.remove());
  writeFileSync(join(created.dir, 'package-lock.json'), JSON.stringify(LOCKFILE));
  return created;
}

async function lock(dir: string, previous: SuiteLock | null = null): Promise<SuiteLock> {
  const { installed } = await inspectSuite({ from: dir });
  const made = createLock(installed, {
    by: 'tester',
    createdAt: new Date('2026-01-02T03:04:05.000Z'),
    stateVersion: 'e3b0c44298fc1c14',
    previous,
  });
  await writeLock(join(dir, LOCK_FILE), made);
  return made;
}

async function loadLocked(from: string, options: Parameters<typeof loadSuite>[0] = {}): Promise<string> {
  await using suite = await loadSuite({ from, locked: true, workers: 1, ...options });
  return suite.suiteVersion;
}
const coded = (code: string, text = ''): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(text) as unknown });

describe('createLock', () => {
  it('records of each package what decides how it judges, and where npm had it from', async () => {
    const { dir } = host();
    const made = await lock(dir);
    expect(made).toMatchObject({ lockVersion: 1, suite: 'texts', by: 'tester', createdAt: '2026-01-02T03:04:05.000Z' });
    expect(made.packages.map((each) => each.package)).toEqual(['texts', 'texts-cash', 'texts-pills']);
    expect(made.packages[1]).toMatchObject({
      kind: 'classifier',
      member: 'cash',
      version: '0.1.0',
      alias: null,
      own: true,
      artifactHash: ARTIFACT.sha256,
      threshold: 1,
      declared: '*',
      resolved: 'https://registry.example/texts-cash/-/texts-cash-0.1.0.tgz',
      integrity: 'sha512-cash',
    });
    expect(made.packages[2]).toMatchObject({ resolved: 'file:../pills.tgz', integrity: 'sha512-pills' });
    expect(made.packages[0]).toMatchObject({
      kind: 'suite',
      member: null,
      threshold: null,
      resolved: null,
      integrity: null,
    });
  });

  it('has the suite version that a loaded suite has', async () => {
    const { dir } = host();
    const { suiteVersion } = await lock(dir);
    expect(await loadLocked(dir)).toBe(suiteVersion);
  });

  it('keeps the locks before it that differ, newest first', async () => {
    const { dir } = host();
    const first = await lock(dir);
    const again = await lock(dir, first);
    expect(again.previous).toEqual([]);
    writeFileSync(join(dir, 'node_modules/texts-cash/index.js'), ' ', { flag: 'a' });
    const second = await lock(dir, again);
    writeFileSync(join(dir, 'node_modules/texts-cash/index.js'), ' ', { flag: 'a' });
    const third = await lock(dir, second);
    expect(toHistory(third).map((each) => each.suiteVersion)).toEqual(
      [third, second, first].map((each) => each.suiteVersion),
    );
  });

  it('keeps no more than five', async () => {
    const { dir } = host();
    let latest = await lock(dir);
    for (let i = 0; i < 7; i++) {
      writeFileSync(join(dir, 'node_modules/texts-cash/index.js'), ' ', { flag: 'a' });
      latest = await lock(dir, latest);
    }
    expect(latest.previous).toHaveLength(5);
  });
});

describe('readLock', () => {
  it('reads what was written, and leaves nothing beside it', async () => {
    const { dir } = host();
    const made = await lock(dir);
    expect(await readLock(join(dir, LOCK_FILE))).toEqual(made);
    expect(readdirSync(dir).filter((name) => name.startsWith('clamor.lock'))).toEqual([LOCK_FILE]);
  });

  it('says where it cannot be written', async () => {
    const { dir } = host();
    const file = join(dir, 'no-such-folder', LOCK_FILE);
    await expect(writeLock(file, await lock(dir))).rejects.toThrowError(coded('LOCK_WRITE_FAILED', file));
  });

  it('says that there is none', async () => {
    await expect(readLock(join(host().dir, LOCK_FILE))).rejects.toThrowError(coded('LOCK_MISSING', 'clamor lock'));
  });

  it.each([
    ['half of a file', (text: string) => text.slice(0, 200)],
    ['another version of the format', (text: string) => text.replace('"lockVersion": 1', '"lockVersion": 2')],
    ['a hash that is none', (text: string) => text.replace(/"contentHash": "./, '"contentHash": "x')],
    ['a field too many', (text: string) => text.replace('"by":', '"extra": 1, "by":')],
  ])('refuses %s', async (_, edit) => {
    const { dir } = host();
    await lock(dir);
    const file = join(dir, LOCK_FILE);
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    await expect(readLock(file)).rejects.toThrowError(coded('LOCK_INVALID', file));
  });
});

describe('loadSuite with a lock', () => {
  it('does not mind a member that is switched off', async () => {
    const { dir } = host();
    await lock(dir);
    await expect(loadLocked(dir, { modes: { cash: 'off' } })).resolves.toMatch(/^[0-9a-f]{16}$/);
  });

  it('refuses code that differs, and says which', async () => {
    const { dir } = host();
    await lock(dir);
    writeFileSync(join(dir, 'node_modules/texts-cash/index.js'), ' ', { flag: 'a' });
    await expect(loadLocked(dir)).rejects.toThrowError(coded('SUITE_LOCK_MISMATCH', 'texts-cash 0.1.0: code'));
  });

  it('refuses a changed policy, a changed threshold and a missing member, and lists all of them', async () => {
    const { dir } = host();
    await lock(dir);
    const edit = (file: string, from: string, to: string): void => {
      const path = join(dir, 'node_modules', file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    };
    edit('texts/assets/policy.json', '"precisionFloor":0.99', '"precisionFloor":0.9');
    edit('texts-cash/assets/record.json', '"threshold":1', '"threshold":2');
    rmSync(join(dir, 'node_modules/texts-pills'), { recursive: true });
    const refusal = loadLocked(dir);
    await expect(refusal).rejects.toThrowError(coded('SUITE_LOCK_MISMATCH', 'in 3 thing(s)'));
    await expect(refusal).rejects.toThrowError(
      /policy precisionFloor 0\.99 is locked, precisionFloor 0\.9 is installed/,
    );
    await expect(refusal).rejects.toThrowError(/texts-cash 0\.1\.0: threshold 1 is locked, 2 is installed/);
    await expect(refusal).rejects.toThrowError(/texts-pills 0\.1\.0: in the lock and not installed/);
  });

  it('refuses a member that the host excludes though it is locked', async () => {
    const { dir } = host();
    await lock(dir);
    await expect(loadLocked(dir, { exclude: ['texts-cash'] })).rejects.toThrowError(coded('SUITE_LOCK_MISMATCH'));
  });

  it('takes the path of a lock, from the folder where it looks for the host', async () => {
    const { dir } = host();
    await writeLock(join(dir, 'release.lock.json'), await lock(dir));
    rmSync(join(dir, LOCK_FILE));
    await expect(loadLocked(dir, { locked: 'release.lock.json' })).resolves.toBeTypeOf('string');
    await expect(loadLocked(dir)).rejects.toThrowError(coded('LOCK_MISSING'));
  });

  it('covers every version of a slot', async () => {
    const next = memberPackage('texts-pills', contains('pill'), { manifest: { version: '0.2.0' } });
    const { dir } = host({ ...PACKAGES, 'pills-next': next });
    const made = await lock(dir);
    expect(made.packages.map(({ version, alias, own }) => [version, alias, own]).slice(2)).toEqual([
      ['0.1.0', null, true],
      ['0.2.0', 'pills-next', false],
    ]);
    writeFileSync(join(dir, 'node_modules/pills-next/index.js'), ' ', { flag: 'a' });
    await expect(loadLocked(dir)).rejects.toThrowError(coded('SUITE_LOCK_MISMATCH', 'declared as pills-next'));
  });
});
