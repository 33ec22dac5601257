import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { keptFolder } from './kept-folder.ts';

const KIND = `test-${process.pid}`;
let folder: string | null = null;
afterEach(() => {
  if (folder !== null) rmSync(dirname(folder), { recursive: true, force: true });
});

describe('keptFolder', () => {
  it('makes a folder once, also for two that ask at the same time', async () => {
    let made = 0;
    const ask = () =>
      keptFolder({
        kind: KIND,
        key: 'a',
        make: async (draft) => {
          made += 1;
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
          writeFileSync(join(draft, 'content'), 'whole');
        },
      });
    const folders = await Promise.all([ask(), ask(), ask()]);
    folder = folders[0]!;
    expect(new Set(folders).size).toBe(1);
    expect(made).toBe(1);
    expect(readFileSync(join(folder, 'content'), 'utf8')).toBe('whole');
  });

  it('keeps nothing of one that could not be made, and makes it the next time', async () => {
    const fails = keptFolder({
      kind: KIND,
      key: 'b',
      make: (draft) => {
        writeFileSync(join(draft, 'half'), '');
        throw new Error('no build');
      },
    });
    await expect(fails).rejects.toThrow('no build');
    folder = await keptFolder({ kind: KIND, key: 'b', make: (draft) => writeFileSync(join(draft, 'all'), '') });
    expect([existsSync(join(folder, 'half')), existsSync(join(folder, 'all'))]).toEqual([false, true]);
  });
});
