import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { compareIn, comparePackages, OTHER_WORD, win } from './compare-host.ts';
import { clamor, type Files, host } from './host.ts';
import { createNpmScratch, type NpmScratch, type RegistryStub, startRegistry } from './npm-host.ts';

let registry: RegistryStub;
let scratch: NpmScratch;

/** Publishes a version of win as npm would pack it. */
function publish(files: Files): void {
  const manifest = files['package.json'] as { readonly name: string; readonly version: string };
  registry.publish(manifest, scratch.pack(files));
}

beforeAll(async () => {
  registry = await startRegistry();
  scratch = createNpmScratch(registry.url);
  // As a package of a workspace that runs by sources is published.
  const exports = { '.': { '@clamor/source': './src/index.ts', default: './index.js' } };
  publish(win({ version: '1.0.0', manifest: { exports } }));
  publish(win({ version: '1.1.0', score: OTHER_WORD, manifest: { scripts: { install: 'touch ../../install-ran' } } }));
});

afterAll(async () => {
  scratch.remove();
  await registry[Symbol.asyncDispose]();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** npm of the command sees the registry of the test, and nothing of the machine's settings. */
function useRegistry(url = registry.url): void {
  for (const [name, value] of Object.entries({ ...scratch.env, npm_config_registry: url })) vi.stubEnv(name, value);
}

describe('clamor compare MEMBER --against npm:VERSION', { tags: ['slow'] }, () => {
  it('compares with a version of the registry, beside the suite that is installed', async () => {
    useRegistry();
    const cwd = host(comparePackages(win({ version: '1.1.0', score: OTHER_WORD })));
    const { report, stderr } = await compareIn(cwd, 'npm:1.0.0');
    expect([stderr, report.against, report.result.version]).toEqual([
      'columns of open: scored buy, win\ncolumns of open: scored win\n',
      'npm:1.0.0',
      { before: '1.0.0', after: '1.1.0' },
    ]);
    expect([report.result.bump, report.result.member?.changed]).toEqual(['minor', 27]);
  });

  it('takes a tag and a range, and a gate takes the same', async () => {
    useRegistry();
    const cwd = host(comparePackages(win()));
    const latest = await compareIn(cwd, 'npm:latest');
    expect([latest.report.result.version.before, latest.report.result.member?.changed]).toEqual(['1.1.0', 27]);
    expect((await compareIn(cwd, 'npm:^1.0.0 <1.1.0')).report.result.version.before).toBe('1.0.0');
    const gate = await clamor(
      ['gate', 'win', '--split', 'open', '--against', 'npm:1.1.0', '--workers', '1', '--json'],
      { cwd },
    );
    expect(JSON.parse(gate.stdout)).toMatchObject({ kind: 'change', against: 'npm:1.1.0' });
  });

  it('says so where the registry has no such version, cannot be reached, or no version is named', async () => {
    useRegistry();
    const cwd = host(comparePackages(win()));
    const against = async (version: string) => {
      const { exitCode, stderr } = await clamor(['compare', 'win', '--against', version, '--workers', '1'], { cwd });
      return [exitCode, /\[(\w+)\]/.exec(stderr)?.[1]];
    };
    expect(await against('npm:9.9.9')).toEqual([65, 'CLI_VERSION_MISSING']);
    for (const version of ['npm:', 'npm:file:../x', 'npm:1.0.0 --registry=x', 'npm:-g'])
      expect(await against(version)).toEqual([64, 'CLI_USAGE']);
    useRegistry('http://127.0.0.1:9/');
    vi.stubEnv('npm_config_cache', `${scratch.dir}/empty`);
    expect(await against('npm:1.0.0')).toEqual([69, 'CLI_REGISTRY_FAILED']);
  });
});
