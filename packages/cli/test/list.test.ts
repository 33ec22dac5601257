import { describe, expect, it } from 'vitest';

import { clamor, evaluation, host, member, suite } from './host.ts';

const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() };

describe('clamor list', () => {
  it('prints name, version, kind, suite, owner and status', async () => {
    const { exitCode, stdout, stderr } = await clamor(['list'], { cwd: host(packages) });
    expect(stdout.split('\n')).toEqual([
      'package           version  kind        suite  owner     status',
      'texts             1.0.0    suite       texts  core      found',
      'texts-buy         0.1.0    classifier  texts  buy-team  found',
      'texts-evaluation  0.1.0    evaluation  texts  core      found',
      '',
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('says which members ship as shadow', async () => {
    const cwd = host({ ...packages, 'texts-buy': member('buy', 'buy', { marker: { mode: 'shadow' } }) });
    const { stdout } = await clamor(['list'], { cwd });
    expect(stdout).toContain('texts-buy         0.1.0    classifier  texts  buy-team  found, ships as shadow\n');
    const json = await clamor(['list', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ packages: [{ mode: null }, { mode: 'shadow' }, { mode: null }] });
  });

  it('shows each encoder with the members on it, though only members depend on it', async () => {
    const record = { encoder: 'enc-len' };
    const onEncoder = (name: string): typeof packages.texts => {
      const files = member(name, name, { record });
      const manifest = { ...(files['package.json'] as object), dependencies: { 'enc-len': '^1.0.0' } };
      return { ...files, 'package.json': manifest };
    };
    const plain = { artifact: null, tokenizer: null, maxTokens: null, maxCharacters: null, output: null };
    const encoder = {
      'package.json': {
        name: 'enc-len',
        version: '1.0.0',
        type: 'module',
        exports: './index.js',
        clamor: { kind: 'encoder', contract: 1, owner: 'core' },
      },
      'assets/record.json': { ...plain, width: 2, normalised: false, source: null },
      'index.js': '',
    };
    const cwd = host({ ...packages, 'texts-a': onEncoder('a'), 'texts-b': onEncoder('b'), 'enc-len': encoder });
    const { stdout, exitCode } = await clamor(['list'], { cwd });
    expect(stdout).toMatch(
      /\n\nencoder {2}version {2}hash {14}suite {2}members on it\nenc-len {2}1\.0\.0 {4}[0-9a-f]{16} {2}texts {2}a, b\n$/,
    );
    expect(exitCode).toBe(0);
    const json = await clamor(['list', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      encoders: [{ package: 'enc-len', width: 2, suite: 'texts', members: [{ member: 'a' }, { member: 'b' }] }],
    });
  });

  it('prints one JSON document', async () => {
    const { stdout } = await clamor(['list', 'texts', '--json'], { cwd: host(packages) });
    expect(JSON.parse(stdout)).toMatchObject({
      packages: [
        { package: 'texts' },
        { package: 'texts-buy', name: 'buy', owner: 'buy-team' },
        { name: 'evaluation' },
      ],
      faults: [],
    });
  });

  it('names faults of packages and answers 69', async () => {
    const wrong = {
      ...member('wrong', 'x'),
      'package.json': { name: 'texts-wrong', version: '1.0.0', clamor: { kind: 'oracle' } },
    };
    const { exitCode, stderr } = await clamor(['list'], { cwd: host({ ...packages, 'texts-wrong': wrong }) });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[PACKAGE_MANIFEST_INVALID]')]);
  });

  it('finds faults of code with --check', async () => {
    const broken = member('broken', 'x', { score: '(() => { throw new Error("broken"); })()' });
    const cwd = host({ ...packages, 'texts-broken': broken });
    expect((await clamor(['list'], { cwd })).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await clamor(['list', '--check'], { cwd });
    expect(exitCode).toBe(69);
    expect(stdout).toMatch(/texts-broken .* failed\n/);
    expect(stdout).toMatch(/texts-buy .* loaded\n/);
    expect(stderr).toContain('[MEMBER_IMPORT_FAILED]');
  });

  it('refuses a suite that nothing belongs to', async () => {
    expect((await clamor(['list', 'fraud'], { cwd: host(packages) })).exitCode).toBe(64);
  });

  it('says so where there is no package.json', async () => {
    const { exitCode, stderr } = await clamor(['list'], { cwd: '/' });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[HOST_NOT_FOUND]')]);
  });
});
