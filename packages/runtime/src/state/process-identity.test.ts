import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive, ownIdentity } from './process-identity.ts';

describe('isAlive', () => {
  it('knows that this process runs', async () => {
    const own = await ownIdentity();
    expect(own.pid).toBe(process.pid);
    expect(await isAlive(own, own)).toBe(true);
  });

  it('knows that a process has ended', async () => {
    const own = await ownIdentity();
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await isAlive({ ...own, pid }, own)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('tells a process from an earlier one with the same number', async () => {
    const own = await ownIdentity();
    expect(own.started).toMatch(/^\d+$/);
    expect(await isAlive({ ...own, started: '1' }, own)).toBe(false);
  });

  it('cannot tell of a process elsewhere', async () => {
    const own = await ownIdentity();
    expect(await isAlive({ ...own, place: 'another machine' }, own)).toBeNull();
  });
});
