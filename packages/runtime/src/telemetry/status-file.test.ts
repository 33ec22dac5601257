import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { StatusFile, readServices } from './status-file.ts';
import type { SuiteStatus } from './status.ts';

const STATUS = { name: 'spam', members: [] } as unknown as SuiteStatus;
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'clamor-status-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

/** Waits until a service is there. */
async function service(): Promise<Awaited<ReturnType<typeof readServices>>[number]> {
  return vi.waitUntil(async () => (await readServices(dir))[0], { timeout: 20_000 });
}

describe('StatusFile', () => {
  it('writes the status with process and time, and removes it when it is closed', async () => {
    const file = new StatusFile({ dir, read: () => STATUS });
    const found = await service();
    expect(found).toMatchObject({ pid: process.pid, isAlive: true, status: { name: 'spam' } });
    expect(Math.abs(Date.parse(found.at) - Date.now())).toBeLessThan(60_000);
    await file.close();
    await file.close();
    expect(await readServices(dir)).toEqual([]);
    expect(readdirSync(join(dir, 'status'))).toEqual([]);
  });

  it('writes anew every now and then', async () => {
    let judged = 0;
    const file = new StatusFile({ dir, read: () => ({ ...STATUS, name: `spam ${judged++}` }), everyMs: 5 });
    await vi.waitUntil(async () => /[1-9]/.test((await service()).status.name), { timeout: 20_000, interval: 1 });
    expect(judged).toBeGreaterThan(1);
    await file.close();
  });

  it('keeps services apart that share the directory', async () => {
    const files = [new StatusFile({ dir, read: () => STATUS }), new StatusFile({ dir, read: () => STATUS })];
    await vi.waitUntil(async () => (await readServices(dir)).length === 2, { timeout: 20_000 });
    await files[0]?.close();
    expect(await readServices(dir)).toHaveLength(1);
    await files[1]?.close();
  });

  it('leaves nothing of a process that died', async () => {
    const first = new StatusFile({ dir, read: () => STATUS });
    const { file, pid } = await service();
    await first.close();
    const document = JSON.parse(
      JSON.stringify({ format: 1, at: '2026-01-02T03:04:05.000Z', status: STATUS }),
    ) as object;
    const { place } = await identity();
    // A number that no process has: the largest that Linux gives is 2^22.
    const dead = { ...document, process: { pid: 2 ** 22 + pid, started: '1', place } };
    writeFileSync(file, JSON.stringify(dead));
    expect(await readServices(dir)).toMatchObject([{ isAlive: false }]);
    const second = new StatusFile({ dir, read: () => STATUS });
    await vi.waitUntil(async () => (await readServices(dir))[0]?.isAlive === true, { timeout: 20_000 });
    expect(await readServices(dir)).toHaveLength(1);
    await second.close();
  });

  it('does not know whether a process of another machine lives', async () => {
    mkdirSync(join(dir, 'status'));
    const process = { pid: 1, started: '1', place: 'elsewhere' };
    writeFileSync(join(dir, 'status', '1-a.json'), JSON.stringify({ format: 1, at: '2026', process, status: STATUS }));
    expect(await readServices(dir)).toMatchObject([{ isAlive: null, place: 'elsewhere' }]);
  });

  it('warns once and goes on where it cannot write', async () => {
    const warning = vi.spyOn(process, 'emitWarning').mockReturnValue();
    writeFileSync(join(dir, 'status'), 'a file where the folder should be');
    const file = new StatusFile({ dir, read: () => STATUS, everyMs: 1 });
    await vi.waitUntil(() => warning.mock.calls.length > 0, { timeout: 20_000 });
    await file.close();
    expect(warning).toHaveBeenCalledOnce();
    expect(readFileSync(join(dir, 'status'), 'utf8')).toContain('a file');
  });

  it('leaves out what is no status', async () => {
    mkdirSync(join(dir, 'status'));
    writeFileSync(join(dir, 'status', '1-a.json'), '{ "at"');
    writeFileSync(join(dir, 'status', '1-b.json'), '{}');
    writeFileSync(join(dir, 'status', '1-c.json'), JSON.stringify({ format: 2, at: '2026', status: STATUS }));
    expect(await readServices(dir)).toEqual([]);
  });
});

async function identity(): Promise<{ place: string }> {
  const file = new StatusFile({ dir, read: () => STATUS });
  const { place } = await service();
  await file.close();
  return { place };
}
