import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { SuiteLock } from '@clamor/runtime';
import { describe, expect, it } from 'vitest';

import { clamor, evaluation, host, member, suite, writeFiles } from './host.ts';

const packages = { texts: suite(), 'texts-buy': member('buy', 'buy'), 'texts-evaluation': evaluation() };
const lockOf = (cwd: string, file = 'clamor.lock.json'): SuiteLock =>
  JSON.parse(readFileSync(join(cwd, file), 'utf8')) as SuiteLock;
const touch = (cwd: string): void =>
  writeFiles(cwd, {
    'node_modules/texts-buy/index.js': `${readFileSync(join(cwd, 'node_modules/texts-buy/index.js'), 'utf8')}\n`,
  });

describe('clamor lock', () => {
  it('writes a lock beside the package.json, and says that it is the first', async () => {
    const cwd = host(packages);
    const { exitCode, stdout, stderr } = await clamor(['lock', '--by', 'ann'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/clamor\.lock\.json: suite texts [0-9a-f]{16}, 2 packages\. It is the first lock\.\n$/);
    expect(lockOf(cwd)).toMatchObject({ suite: 'texts', by: 'ann', createdAt: '2026-01-02T03:04:05.000Z' });
  });

  it('leaves the file as it is when nothing has changed', async () => {
    const cwd = host(packages);
    await clamor(['lock', '--by', 'ann'], { cwd });
    const before = readFileSync(join(cwd, 'clamor.lock.json'), 'utf8');
    const { stdout } = await clamor(['lock', '--by', 'bob'], { cwd });
    expect(stdout).toContain('Nothing has changed since 2026-01-02 03:04 UTC by ann');
    expect(readFileSync(join(cwd, 'clamor.lock.json'), 'utf8')).toBe(before);
  });

  it('shows what has changed since the last lock, and keeps that one', async () => {
    const cwd = host(packages);
    await clamor(['lock', '--by', 'ann'], { cwd });
    const first = lockOf(cwd);
    touch(cwd);
    writeFiles(cwd, {
      'package.json': { name: 'host', dependencies: { texts: '*', 'texts-buy': '*', 'texts-win': '*' } },
    });
    for (const [path, content] of Object.entries(member('win', 'win')))
      writeFiles(join(cwd, 'node_modules/texts-win'), { [path]: content });
    const { stdout } = await clamor(['lock', 'texts', '--by', 'bob'], { cwd });
    expect(stdout).toMatch(/Since 2026-01-02 03:04 UTC by ann/);
    expect(stdout).toMatch(/texts-buy 0\.1\.0: code [0-9a-f]{16} is locked, [0-9a-f]{16} is installed\n/);
    expect(stdout).toContain('texts-win 0.1.0: installed and not in the lock\n');
    expect(lockOf(cwd)).toMatchObject({ by: 'bob', previous: [{ by: 'ann', suiteVersion: first.suiteVersion }] });
  });

  it('prints one JSON document', async () => {
    const cwd = host(packages);
    const { stdout } = await clamor(['lock', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ file: join(cwd, 'clamor.lock.json'), suite: 'texts', changed: [] });
  });

  it('records the state for information: a kill switch changes neither the suite version nor what is locked', async () => {
    const cwd = host(packages);
    await clamor(['lock'], { cwd });
    const before = lockOf(cwd);
    await clamor(['control', 'buy', '--mode', 'off', '--why', 'it floods'], { cwd });
    expect((await clamor(['list', 'texts', '--locked'], { cwd })).exitCode).toBe(0);
    expect((await clamor(['lock'], { cwd })).stdout).toContain('Nothing has changed');
    await clamor(['lock', '--file', 'other.json'], { cwd });
    const after = lockOf(cwd, 'other.json');
    expect(after.suiteVersion).toBe(before.suiteVersion);
    expect(after.stateVersion).not.toBe(before.stateVersion);
  });

  it('leaves out what the host leaves out, and compares without it', async () => {
    const cwd = host({ ...packages, 'texts-win': member('win', 'win') });
    writeFiles(cwd, { 'a.jsonl': '"buy"\n' });
    await clamor(['lock', '--exclude', 'texts-win'], { cwd });
    expect(lockOf(cwd).packages.map((each) => each.package)).toEqual(['texts', 'texts-buy']);
    expect((await clamor(['list', '--locked'], { cwd })).exitCode).toBe(0);
    expect((await clamor(['judge', 'a.jsonl', '--exclude', 'texts-win', '--locked'], { cwd })).exitCode).toBe(0);
    const { stderr } = await clamor(['judge', 'a.jsonl', '--locked'], { cwd });
    expect(stderr).toContain('texts-win 0.1.0: installed and not in the lock');
  });

  it('does not lock what has a fault', async () => {
    const cwd = host(packages);
    rmSync(join(cwd, 'node_modules/texts-buy/assets/record.json'));
    const { exitCode, stderr } = await clamor(['lock'], { cwd });
    expect([exitCode, stderr]).toEqual([69, expect.stringContaining('[MEMBER_RECORD_INVALID]')]);
    expect(stderr).toContain('[CLI_LOCK_REFUSED]');
  });

  it('does not overwrite the lock of another suite', async () => {
    const cwd = host(packages);
    await clamor(['lock'], { cwd });
    writeFiles(cwd, { 'clamor.lock.json': { ...lockOf(cwd), suite: 'fraud' } });
    expect(await clamor(['lock'], { cwd })).toMatchObject({
      exitCode: 69,
      stderr: expect.stringContaining('[CLI_LOCK_REFUSED]') as string,
    });
  });
});

describe('--locked', () => {
  const commands = [
    ['judge', 'a.jsonl', '--locked'],
    ['evaluate', 'texts', '--split', 'valid', '--locked'],
    ['list', 'texts', '--locked'],
  ];

  it.each(commands)('%s goes on when what is installed is as locked', async (...args) => {
    const cwd = host(packages);
    writeFiles(cwd, { 'a.jsonl': '"buy"\n' });
    await clamor(['lock'], { cwd });
    expect((await clamor(args, { cwd })).exitCode).toBe(0);
  });

  it.each(commands)('%s refuses what differs and says what', async (...args) => {
    const cwd = host(packages);
    writeFiles(cwd, { 'a.jsonl': '"buy"\n' });
    await clamor(['lock'], { cwd });
    touch(cwd);
    const { exitCode, stderr } = await clamor(args, { cwd });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('[SUITE_LOCK_MISMATCH]');
    expect(stderr).toContain('texts-buy 0.1.0: code');
  });

  it('says that there is no lock', async () => {
    expect(await clamor(['list', '--locked'], { cwd: host(packages) })).toMatchObject({
      exitCode: 69,
      stderr: expect.stringContaining('[LOCK_MISSING]') as string,
    });
  });

  it('takes the path of a lock', async () => {
    const cwd = host(packages);
    writeFiles(cwd, { 'a.jsonl': '"buy"\n' });
    await clamor(['lock', '--file', 'release.json'], { cwd });
    expect((await clamor(['judge', '--locked=release.json', 'a.jsonl'], { cwd })).exitCode).toBe(0);
  });

  it('does not take a file to be judged for a lock', async () => {
    expect(await clamor(['judge', '--locked', 'a.jsonl'], { cwd: host(packages) })).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('Put --locked behind all other arguments') as string,
    });
  });

  it('shows the differences as JSON in a list', async () => {
    const cwd = host(packages);
    await clamor(['lock'], { cwd });
    touch(cwd);
    const { stdout } = await clamor(['list', '--json', '--locked'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ lock: { differences: [{ kind: 'code', package: 'texts-buy' }] } });
  });
});

describe('clamor list with several versions', () => {
  it('names the alias of a version', async () => {
    const next = member('buy', 'purchase');
    const manifest = { ...(next['package.json'] as object), version: '0.2.0' };
    const cwd = host({ ...packages, 'buy-next': { ...next, 'package.json': manifest } });
    const { stdout } = await clamor(['list'], { cwd });
    expect(stdout).toMatch(/^texts-buy as buy-next +0\.2\.0/m);
    expect(stdout).toMatch(/^texts-buy +0\.1\.0/m);
  });
});

describe('--require-provenance', () => {
  const commands = [
    ['judge', 'a.jsonl', '--require-provenance'],
    ['evaluate', 'texts', '--split', 'valid', '--require-provenance'],
    ['list', 'texts', '--require-provenance'],
    ['list', 'texts', '--check', '--require-provenance'],
  ];

  it.each(commands)('%s refuses packages that came from no registry', async (...args) => {
    const cwd = host(packages);
    writeFiles(cwd, { 'a.jsonl': '"buy"\n' });
    const { exitCode, stderr } = await clamor(args, { cwd });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('texts 1.0.0 [MEMBER_PROVENANCE_MISSING]');
  });
});
