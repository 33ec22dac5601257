import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { inspectSuite, type SuiteLock } from '@clamor/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { clamor, type Files, host as linkedHost, member, repository, suite, writeFiles } from './host.ts';
import { runNpm } from '../src/run-npm.ts';
import { createNpmScratch, type NpmScratch, type RegistryStub, startRegistry } from './npm-host.ts';

/** A version of the member `buy`. */
function buy(version: string, word: string): Files {
  const files = member('buy', word);
  return { ...files, 'package.json': { ...(files['package.json'] as object), version } };
}
/** A version of an encoder. */
function encoder(version: string): Files {
  const plain = { artifact: null, tokenizer: null, maxTokens: null, maxCharacters: null, output: null };
  const clamorField = { kind: 'encoder', contract: 1, owner: 'core' };
  return {
    'package.json': { name: 'enc-len', version, type: 'module', exports: './index.js', clamor: clamorField },
    'assets/record.json': { ...plain, width: 2, normalised: false, source: null },
    'index.js': `// ${version}`,
  };
}
/** A version of a member `near` that reads it. */
function onEncoder(version: string, range: string): Files {
  // A name of its own: packed under that of another member, it would take the place of that one's tarball.
  const files = member('near', 'buy', { record: { encoder: 'enc-len' } });
  const manifest = { ...(files['package.json'] as object), version, dependencies: { 'enc-len': range } };
  return { ...files, 'package.json': manifest };
}
const manifestOf = (files: Files): { name: string; version: string } =>
  files['package.json'] as { name: string; version: string };

const readText = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');
const dependenciesOf = (cwd: string): unknown =>
  (JSON.parse(readText(cwd, 'package.json')) as { dependencies: unknown }).dependencies;
const lockOf = (cwd: string): SuiteLock => JSON.parse(readText(cwd, 'clamor.lock.json')) as SuiteLock;
async function versions(cwd: string): Promise<string[]> {
  const { installed } = await inspectSuite({ from: cwd });
  return installed.packages.map(({ package: name, version, alias }) => `${alias ?? name}@${version}`);
}

let scratch: NpmScratch;
let tarballs: { texts: string; buy1: string; buy2: string; win: string };
let hosts = 0;
const spec = (tarball: string): string => `file:../${relative(scratch.dir, tarball)}`;
/** A host with buy 1.0.0, which is locked. */
async function lockedHost(): Promise<string> {
  const cwd = scratch.host(`host-${(hosts += 1)}`, { texts: spec(tarballs.texts), 'texts-buy': spec(tarballs.buy1) });
  expect((await clamor(['lock', '--by', 'ann'], { cwd })).exitCode).toBe(0);
  return cwd;
}

beforeAll(() => {
  scratch = createNpmScratch();
  tarballs = {
    texts: scratch.pack(suite()),
    buy1: scratch.pack(buy('1.0.0', 'buy')),
    buy2: scratch.pack(buy('1.1.0', 'purchase')),
    win: scratch.pack(member('win', 'win')),
  };
});
afterAll(() => scratch.remove());
afterEach(() => vi.unstubAllEnvs());
function useScratch(): void {
  for (const [name, value] of Object.entries(scratch.env)) vi.stubEnv(name, value);
}

describe('clamor rollback with tarballs', { tags: ['slow'] }, () => {
  it('brings an upgraded, an added and a removed member back, and verifies the suite version', async () => {
    useScratch();
    const cwd = scratch.host('three', { texts: spec(tarballs.texts), 'texts-buy': spec(tarballs.buy1) });
    await clamor(['lock'], { cwd });
    const { suiteVersion } = lockOf(cwd);
    scratch.npm(cwd, 'install', tarballs.buy2, tarballs.win);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0', 'texts-win@0.1.0']);
    const { exitCode, stdout, stderr } = await clamor(['rollback', '--yes'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/install +texts-buy +1\.1\.0 → 1\.0\.0 +file:\.\.\/texts-buy-1\.0\.0\.tgz/);
    expect(stdout).toMatch(/remove +texts-win +0\.1\.0 → -/);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
    expect((await inspectSuite({ from: cwd })).installed.suiteVersion).toBe(suiteVersion);
    expect((await clamor(['list', '--locked'], { cwd })).exitCode).toBe(0);
  });

  it('goes back past the lock of what is installed, and drops that lock', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    await clamor(['lock', '--by', 'bob'], { cwd });
    expect(lockOf(cwd).by).toBe('bob');
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
    expect(lockOf(cwd)).toMatchObject({ by: 'ann', previous: [] });
    expect(await clamor(['rollback', '--yes'], { cwd })).toMatchObject({
      exitCode: 69,
      stderr: expect.stringContaining('[CLI_ROLLBACK_NOTHING]') as string,
    });
  });

  it('goes back to the last lock when what is installed was never locked', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    await clamor(['lock', '--by', 'bob'], { cwd });
    scratch.npm(cwd, 'install', tarballs.win);
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
    expect(lockOf(cwd)).toMatchObject({ by: 'bob', previous: [{ by: 'ann' }] });
  });

  it('warns when the state lets a version count that the rollback takes away', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    await clamor(['control', 'buy', '--version', '1.1.0', '--why', 'new release'], { cwd });
    const { stdout } = await clamor(['rollback', '--dry-run'], { cwd });
    expect(stdout).toContain('The state lets buy 1.1.0 count, which is not in this lock.');
    writeFiles(cwd, { '.clamor/state/texts/audit.jsonl': 'not a log\n' });
    expect((await clamor(['rollback', '--yes'], { cwd })).stdout).toContain('What the state lets count is not known');
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
  });

  it('brings back which of several versions counts', async () => {
    useScratch();
    const cwd = scratch.host('versions', {
      texts: spec(tarballs.texts),
      'texts-buy': spec(tarballs.buy1),
      'buy-next': spec(tarballs.buy2),
    });
    await clamor(['lock'], { cwd });
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0', 'buy-next@1.1.0']);
    scratch.npm(cwd, 'uninstall', 'buy-next');
    scratch.npm(cwd, 'install', `texts-buy@${tarballs.buy2}`);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0', 'buy-next@1.1.0']);
  });

  it('leaves alone what the host leaves out', async () => {
    useScratch();
    const cwd = scratch.host('left-out', {
      texts: spec(tarballs.texts),
      'texts-buy': spec(tarballs.buy1),
      'texts-win': spec(tarballs.win),
    });
    await clamor(['lock', '--exclude', 'texts-win'], { cwd });
    scratch.npm(cwd, 'install', tarballs.buy2);
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0', 'texts-win@0.1.0']);
  });

  it('replaces files that were edited in place', async () => {
    useScratch();
    const cwd = await lockedHost();
    writeFileSync(join(cwd, 'node_modules/texts-buy/index.js'), '// edited\n', { flag: 'a' });
    const { exitCode, stdout } = await clamor(['rollback', '--yes'], { cwd });
    expect(stdout).toMatch(/replace +texts-buy +1\.0\.0 → 1\.0\.0/);
    expect(exitCode).toBe(0);
    expect(readText(cwd, 'node_modules/texts-buy/index.js')).not.toContain('edited');
  });

  it('brings back a suite that cannot be read any more', async () => {
    useScratch();
    const cwd = await lockedHost();
    writeFileSync(join(cwd, 'node_modules/texts/assets/policy.json'), '{');
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect((await clamor(['list', '--locked'], { cwd })).exitCode).toBe(0);
  });

  it('puts everything back when it is stopped', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    const before = [readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')];
    const controller = new AbortController();
    const onStdout = (): void => controller.abort('interrupted');
    const { exitCode, stderr } = await clamor(['rollback', '--yes'], { cwd, signal: controller.signal, onStdout });
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Everything is as it was before.');
    expect([readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')]).toEqual(before);
  });

  it('goes on to the same lock after it was killed half-way', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    await clamor(['lock', '--by', 'bob'], { cwd });
    const [ann] = lockOf(cwd).previous;
    // What a kill leaves: the lock of before as the lock, and node_modules as it was.
    writeFiles(cwd, { 'clamor.lock.json': { lockVersion: 1, ...ann, previous: [] } });
    expect((await clamor(['rollback', '--yes'], { cwd })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
    expect(lockOf(cwd)).toMatchObject({ by: 'ann', previous: [] });
  });

  it('changes nothing with --dry-run, and nothing when the answer is no', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    const before = [readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')];
    const dry = await clamor(['rollback', '--dry-run'], { cwd });
    expect([dry.exitCode, dry.stderr]).toEqual([0, '']);
    expect(dry.stdout).toContain('1.1.0 → 1.0.0');
    const no = await clamor(['rollback'], { cwd, stdin: 'n\n' });
    expect([no.exitCode, no.stdout.endsWith('Nothing was changed.\n')]).toEqual([0, true]);
    expect((await clamor(['rollback'], { cwd })).exitCode).toBe(64);
    expect([readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')]).toEqual(before);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
    expect((await clamor(['rollback'], { cwd, stdin: 'y\n' })).exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
  });

  it('refuses a tarball that is gone or is another one by now, before anything is changed', async () => {
    useScratch();
    const cwd = await lockedHost();
    scratch.npm(cwd, 'install', tarballs.buy2);
    const aside = `${tarballs.buy1}.aside`;
    renameSync(tarballs.buy1, aside);
    const gone = await clamor(['rollback', '--yes'], { cwd });
    writeFileSync(tarballs.buy1, readFileSync(tarballs.win));
    const other = await clamor(['rollback', '--yes'], { cwd });
    renameSync(aside, tarballs.buy1);
    for (const { exitCode, stderr } of [gone, other]) {
      expect(exitCode).toBe(69);
      expect(stderr).toContain('[CLI_ROLLBACK_REFUSED]');
      expect(stderr).toContain('texts-buy 1.0.0 [CLI_ROLLBACK_SOURCE]');
    }
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
  });

  it('puts everything back when npm installs something else than was locked', async () => {
    useScratch();
    const cwd = await lockedHost();
    const lock = readText(cwd, 'clamor.lock.json');
    scratch.npm(cwd, 'install', tarballs.buy2);
    // A lock of files that no tarball has: npm does its work, and the comparison fails.
    writeFileSync(
      join(cwd, 'clamor.lock.json'),
      lock.replace(/("package": "texts-buy"[^}]*"codeHash": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
    );
    const before = [
      readText(cwd, 'package.json'),
      readText(cwd, 'package-lock.json'),
      readText(cwd, 'clamor.lock.json'),
    ];
    const { exitCode, stderr } = await clamor(['rollback', '--yes'], { cwd });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('[CLI_ROLLBACK_FAILED] npm installed something else than was locked');
    expect(stderr).toContain('Everything is as it was before.');
    expect([
      readText(cwd, 'package.json'),
      readText(cwd, 'package-lock.json'),
      readText(cwd, 'clamor.lock.json'),
    ]).toEqual(before);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
  });
});

// npm in another process needs this one to answer, so it is not waited for synchronously.
async function npm(cwd: string, ...args: string[]): Promise<void> {
  const { exitCode, output } = await runNpm(args, cwd, new AbortController().signal);
  expect(exitCode, output).toBe(0);
}

/** A host with ranges, installed from a registry, and locked. */
async function registryHost(registry: RegistryStub, name: string): Promise<string> {
  registry.publish(manifestOf(suite()), tarballs.texts);
  registry.publish(manifestOf(buy('1.0.0', 'buy')), tarballs.buy1);
  useScratch();
  vi.stubEnv('npm_config_registry', registry.url);
  const cwd = join(scratch.dir, name);
  writeFiles(cwd, { 'package.json': { name: 'host', dependencies: { texts: '^1.0.0', 'texts-buy': '^1.0.0' } } });
  await npm(cwd, 'install');
  await clamor(['lock'], { cwd });
  return cwd;
}

describe('clamor rollback with a registry', { tags: ['slow'] }, () => {
  it('installs the exact versions, and pins them', async () => {
    await using registry = await startRegistry();
    const cwd = await registryHost(registry, 'registry');
    expect(lockOf(cwd).packages[1]).toMatchObject({ declared: '^1.0.0', version: '1.0.0' });
    expect(lockOf(cwd).packages[1]?.integrity).toMatch(/^sha512-/);
    registry.publish(manifestOf(buy('1.1.0', 'purchase')), tarballs.buy2);
    await npm(cwd, 'update', '--prefer-online');
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
    const { exitCode, stderr } = await clamor(['rollback', '--yes'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.0.0']);
    expect(dependenciesOf(cwd)).toEqual({ texts: '^1.0.0', 'texts-buy': '1.0.0' });
  });

  it('brings back a version beside another one, under its alias', async () => {
    await using registry = await startRegistry();
    const cwd = await registryHost(registry, 'aliases');
    registry.publish(manifestOf(buy('1.1.0', 'purchase')), tarballs.buy2);
    await npm(cwd, 'install', '--prefer-online', 'texts-buy@1.1.0', 'buy-old@npm:texts-buy@1.0.0');
    await clamor(['lock'], { cwd });
    await npm(cwd, 'uninstall', 'buy-old');
    const { exitCode, stdout } = await clamor(['rollback', '--yes'], { cwd });
    expect(stdout).toMatch(/install +buy-old +- → 1\.0\.0 +npm:texts-buy@1\.0\.0/);
    expect(exitCode).toBe(0);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'buy-old@1.0.0', 'texts-buy@1.1.0']);
  });

  it('brings back the encoder that a member read, with the member and alone', async () => {
    await using registry = await startRegistry();
    const publish = (files: Files): void => registry.publish(manifestOf(files), scratch.pack(files));
    publish(suite());
    publish(encoder('1.0.0'));
    publish(onEncoder('1.0.0', '^1.0.0'));
    useScratch();
    vi.stubEnv('npm_config_registry', registry.url);
    const cwd = join(scratch.dir, 'encoders');
    writeFiles(cwd, { 'package.json': { name: 'host', dependencies: { texts: '^1.0.0', 'texts-near': '^1.0.0' } } });
    await npm(cwd, 'install');
    await clamor(['lock'], { cwd });
    expect(await versions(cwd)).toEqual(['enc-len@1.0.0', 'texts@1.0.0', 'texts-near@1.0.0']);
    publish(encoder('1.1.0'));
    await npm(cwd, 'update', '--prefer-online');
    expect(await versions(cwd)).toEqual(['enc-len@1.1.0', 'texts@1.0.0', 'texts-near@1.0.0']);
    expect(await clamor(['rollback', '--yes'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await versions(cwd)).toEqual(['enc-len@1.0.0', 'texts@1.0.0', 'texts-near@1.0.0']);
    publish(encoder('2.0.0'));
    publish(onEncoder('1.1.0', '^2.0.0'));
    await npm(cwd, 'install', '--prefer-online', 'texts-near@1.1.0');
    expect(await versions(cwd)).toEqual(['enc-len@2.0.0', 'texts@1.0.0', 'texts-near@1.1.0']);
    expect(await clamor(['rollback', '--yes'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await versions(cwd)).toEqual(['enc-len@1.0.0', 'texts@1.0.0', 'texts-near@1.0.0']);
    expect((await clamor(['list', '--locked'], { cwd })).exitCode).toBe(0);
  });

  it('puts everything back when the registry does not answer', async () => {
    await using registry = await startRegistry();
    const cwd = await registryHost(registry, 'unreachable');
    await npm(cwd, 'install', tarballs.buy2);
    const before = [readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')];
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
    vi.stubEnv('npm_config_cache', join(scratch.dir, 'empty-cache'));
    const { exitCode, stderr } = await clamor(['rollback', '--yes'], { cwd });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('[CLI_ROLLBACK_FAILED] npm install ended with 1');
    expect(stderr).toContain('Everything is as it was before.');
    expect([readText(cwd, 'package.json'), readText(cwd, 'package-lock.json')]).toEqual(before);
    expect(await versions(cwd)).toEqual(['texts@1.0.0', 'texts-buy@1.1.0']);
  });
});

describe('clamor rollback of what npm did not install', () => {
  it('refuses workspace packages', async () => {
    const cwd = repository({ texts: suite(), 'texts-buy': member('buy', 'buy') });
    writeFiles(cwd, { 'package-lock.json': { lockfileVersion: 3, packages: {} } });
    await clamor(['lock'], { cwd });
    writeFileSync(join(cwd, 'models/texts-buy/index.js'), '\n', { flag: 'a' });
    const { exitCode, stderr } = await clamor(['rollback', '--dry-run'], { cwd });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('texts-buy 0.1.0 [CLI_ROLLBACK_WORKSPACE]');
  });

  it('refuses a member that came with a bundle', async () => {
    const bundle = {
      'package.json': {
        name: 'all-texts',
        version: '1.0.0',
        clamor: { kind: 'bundle', contract: 1, owner: 'core' },
        dependencies: { 'texts-buy': '*' },
      },
    };
    const cwd = linkedHost({ texts: suite(), 'texts-buy': member('buy', 'buy'), 'all-texts': bundle });
    writeFiles(cwd, {
      'package.json': { name: 'host', dependencies: { texts: '*', 'all-texts': '*' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          'node_modules/texts': { integrity: 'sha512-a' },
          'node_modules/texts-buy': { integrity: 'sha512-b' },
        },
      },
    });
    await clamor(['lock'], { cwd });
    writeFileSync(join(cwd, 'node_modules/texts-buy/index.js'), '\n', { flag: 'a' });
    const { stderr } = await clamor(['rollback', '--dry-run'], { cwd });
    expect(stderr).toContain('texts-buy 0.1.0 [CLI_ROLLBACK_BUNDLED]');
  });

  it('refuses a host without a lockfile of npm', async () => {
    const cwd = linkedHost({ texts: suite(), 'texts-buy': member('buy', 'buy') });
    await clamor(['lock'], { cwd });
    rmSync(join(cwd, 'node_modules/texts-buy'), { recursive: true });
    const { stderr } = await clamor(['rollback', '--dry-run'], { cwd });
    expect(stderr).toContain('no lockfile of npm');
  });

  it('says that nothing was ever locked', async () => {
    const { stderr } = await clamor(['rollback'], { cwd: linkedHost({ texts: suite() }) });
    expect(stderr).toContain('[LOCK_MISSING]');
  });
});
