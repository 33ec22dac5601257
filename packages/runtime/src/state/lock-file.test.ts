import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from '../../test/state-fixture.ts';
import { claim, withLock } from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';

const SOON = { timeoutMs: 50 };
const LATER = { timeoutMs: 10_000 };
const OLD = new Date(Date.now() - 60_000);
const locks = (dir: string): string[] => readdirSync(dir).toSorted();

describe('withLock', () => {
  it('lets one after the other in', async () => {
    const dir = folder();
    let inside = 0;
    let most = 0;
    const enter = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 30 }, () => withLock(dir, enter, LATER)));
    expect(most).toBe(1);
    expect(locks(dir)).toEqual(['lock.30']);
    expect(readFileSync(join(dir, 'lock.30'), 'utf8')).toBe('');
  });

  it('lets go when the work throws', async () => {
    const dir = folder();
    await expect(withLock(dir, () => Promise.reject(new Error('no')), LATER)).rejects.toThrow('no');
    expect(await withLock(dir, async () => 'in', SOON)).toBe('in');
  });

  it('does not wait for ever', async () => {
    const dir = folder();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: inside, resolve: enter } = Promise.withResolvers<void>();
    const held = withLock(
      dir,
      async () => {
        enter();
        await promise;
      },
      LATER,
    );
    await inside;
    await expect(withLock(dir, async () => {}, SOON)).rejects.toMatchObject({ code: 'STATE_LOCKED' });
    resolve();
    await held;
  });

  it('takes the lock of a process whose number somebody else has now', async () => {
    const dir = folder();
    const own = await ownIdentity();
    writeFileSync(join(dir, 'lock.7'), JSON.stringify({ ...own, started: '1' }));
    await withLock(dir, async () => expect(locks(dir)).toEqual(['lock.8']), SOON);
  });

  it.each([
    [
      'a process in another container',
      JSON.stringify({ pid: 1, started: '1', place: 'elsewhere' }),
      'process 1 on else',
    ],
    ['whom a power cut made nameless', '\0\0\0', 'process 0 on a place that the file does not say'],
  ])('waits for %s, until the lock is too old to be held', async (_, text, who) => {
    const dir = folder();
    const file = join(dir, 'lock.7');
    writeFileSync(file, text);
    await expect(withLock(dir, async () => {}, SOON)).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      message: expect.stringContaining(who) as string,
    });
    utimesSync(file, OLD, OLD);
    expect(await withLock(dir, async () => 'in', SOON)).toBe('in');
  });

  it('sweeps drafts of processes that died, and leaves those of the others', async () => {
    const dir = folder();
    for (const name of ['lock-1-1.draft', 'lock-2-1.draft']) writeFileSync(join(dir, name), '{}');
    utimesSync(join(dir, 'lock-1-1.draft'), OLD, OLD);
    await withLock(dir, async () => {}, SOON);
    expect(locks(dir)).toEqual(['lock-2-1.draft', 'lock.1']);
  });
});

describe('claim', () => {
  it('lets one of many that saw the same lock take the next', async () => {
    const dir = folder();
    const own = await ownIdentity();
    const claimed = await Promise.all(Array.from({ length: 20 }, () => claim(dir, 1, own)));
    expect(claimed.filter(Boolean)).toHaveLength(1);
  });

  it('gives up a generation that was passed and swept since it was looked for', async () => {
    const dir = folder();
    const own = await ownIdentity();
    writeFileSync(join(dir, 'lock.9'), JSON.stringify(own));
    expect(await claim(dir, 6, own)).toBe(false);
    expect(existsSync(join(dir, 'lock.6'))).toBe(false);
    expect(await claim(dir, 10, own)).toBe(true);
  });
});
