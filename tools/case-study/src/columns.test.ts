import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';
import { keepTop, pickRows, readSet, writeSet } from './columns.ts';

const folder = await mkdtemp(join(tmpdir(), 'clamor-columns-'));
afterAll(() => rm(folder, { recursive: true }));

describe('writeSet', () => {
  it('keeps every bit of every score, NaN as well', async () => {
    const a = Float32Array.of(0.1, -3e-7, Number.NaN, 1e9);
    const manifest = await writeSet(
      folder,
      'one',
      new Map([
        ['a', a],
        ['b', a.toReversed()],
      ]),
    );
    const read = await readSet(folder, manifest, 4);
    expect([...read.keys()]).toEqual(['a', 'b']);
    expect(read.get('a')).toEqual(a);
    expect(read.get('b')).toEqual(a.toReversed());
  });

  it('gives the same bytes for the same columns', async () => {
    const columns = new Map([['a', Float32Array.of(1, 2)]]);
    const first = await writeSet(folder, 'same', columns);
    expect(await writeSet(folder, 'same', columns)).toEqual(first);
  });
});

describe('readSet', () => {
  it('refuses a file that is not the one of the manifest', async () => {
    const manifest = await writeSet(folder, 'torn', new Map([['a', Float32Array.of(1)]]));
    await writeFile(join(folder, manifest.file), 'other');
    await expect(readSet(folder, manifest, 1)).rejects.toThrow(/is not the file that manifest.json describes/);
  });

  it('refuses columns of another length', async () => {
    const manifest = await writeSet(folder, 'short', new Map([['a', Float32Array.of(1)]]));
    await expect(readSet(folder, manifest, 2)).rejects.toThrow(/holds 1 scores; 1 columns of 2/);
  });
});

describe('keepTop', () => {
  it('raises what is below the 100th ham from the top, and leaves NaN and everything above', () => {
    // 150 hams with scores 0 … 149: the 100th from the top has 50.
    const scores = Float32Array.from({ length: 153 }, (_, i) => i);
    scores.set([10, 60, Number.NaN], 150);
    const kept = keepTop(
      scores,
      Uint8Array.from({ length: 153 }, (_, i) => Number(i < 150)),
    );
    expect([kept[0], kept[49], kept[50], kept[51], kept[149]]).toEqual([50, 50, 50, 51, 149]);
    expect([...kept.subarray(150)]).toEqual([50, 60, Number.NaN]);
  });

  it('raises everything to the lowest ham where there are fewer', () => {
    expect([...keepTop(Float32Array.of(5, 3, 1), Uint8Array.of(1, 1, 0))]).toEqual([5, 3, 3]);
  });
});

describe('pickRows', () => {
  it('takes NaN for an abstention', () => {
    const { scores, status } = pickRows(Float32Array.of(1, Number.NaN, 3), [2, 1]);
    expect(scores[0]).toBe(3);
    expect([...status]).toEqual([0, 1]);
  });
});
