import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../test/files.ts';
import type { EncodedTexts, EncoderColumnToStore } from './encoder-column.ts';
import { readNpy } from './npy.ts';
import { readEncoderColumn } from './read-encoder-column.ts';
import { writeEncoderColumn } from './write-encoder-column.ts';

const ENCODER = 'e'.repeat(64);
const STEM = `spam-1-${'e'.repeat(16)}`;
const NAME = { encoder: ENCODER, dataset: 'spam@1' };

/** One row [first, 0.5] per text. */
function encoded(...texts: [text: string, first: number][]): EncodedTexts {
  const keys = Buffer.concat(texts.map(([text]) => createHash('sha256').update(text).digest()));
  return { keys, rows: Float32Array.from(texts.flatMap(([, first]) => [first, 0.5])) };
}

const column = (...parts: EncodedTexts[]): EncoderColumnToStore => ({
  ...NAME,
  package: '@clamor/encoder-minilm',
  version: '0.1.0',
  datasetHash: 'd1',
  width: 2,
  parts,
});

describe('writeEncoderColumn and readEncoderColumn', () => {
  it('give back the row of every text, in the order of the keys', async () => {
    const folder = temporaryFolder();
    const manifest = await writeEncoderColumn(folder, column(encoded(['lunch', 1], ['buy', 2])));
    const read = await readEncoderColumn(folder, NAME);
    // printf buy | sha256sum; printf lunch | sha256sum
    expect(Buffer.from(read!.keys).toString('hex')).toBe(
      'e8197b20f8e71e429645f83cc6f07d9d43ee7a30ef5dc6c02dd16692a7bc9aac' +
        'f3bb79e48a7a8af1d028f6acb7fa34b0c7f75da596fc205907d2a708fe28ebef',
    );
    expect([...read!.rows]).toEqual([2, 0.5, 1, 0.5]);
    expect(read!.manifest).toEqual(manifest);
    expect(manifest).toMatchObject({ ...NAME, kind: 'encodings', count: 2, width: 2, datasetHash: 'd1' });
    expect(read!.rows.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(read!.keys.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('are files that NumPy reads', async () => {
    const folder = temporaryFolder();
    await writeEncoderColumn(folder, column(encoded(['lunch', 1], ['buy', 2])));
    expect(readdirSync(folder)).toEqual([`${STEM}.json`, `${STEM}.keys.npy`, `${STEM}.rows.npy`]);
    expect((await readNpy(`${folder}/${STEM}.keys.npy`)).shape).toEqual([2, 32]);
    expect(await readNpy(`${folder}/${STEM}.rows.npy`)).toEqual({
      shape: [2, 2],
      values: Float32Array.of(2, 0.5, 1, 0.5),
    });
  });

  it('give the same bytes for the same texts, whatever their order and parts', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    await writeEncoderColumn(first, column(encoded(['a', 1], ['b', 2], ['c', 3])));
    await writeEncoderColumn(second, column(encoded(['c', 3]), encoded(['b', 2], ['a', 1], ['b', 2])));
    for (const file of readdirSync(first))
      expect(readFileSync(`${first}/${file}`).equals(readFileSync(`${second}/${file}`))).toBe(true);
  });

  it('keep the first row of a text that stands there twice, and may hold none', async () => {
    const folder = temporaryFolder();
    await writeEncoderColumn(folder, column(encoded(['a', 1]), encoded(['a', 2])));
    expect([...(await readEncoderColumn(folder, NAME))!.rows]).toEqual([1, 0.5]);
    await writeEncoderColumn(folder, column());
    expect((await readEncoderColumn(folder, NAME))!.rows).toHaveLength(0);
  });

  it('keep encoders and datasets apart', async () => {
    const folder = temporaryFolder();
    await writeEncoderColumn(folder, column(encoded(['a', 1])));
    expect(await readEncoderColumn(folder, { ...NAME, encoder: 'f'.repeat(64) })).toBeNull();
    expect(await readEncoderColumn(folder, { ...NAME, dataset: 'spam@2' })).toBeNull();
    expect(await readEncoderColumn(`${folder}/none`, NAME)).toBeNull();
  });

  it('stay in bounds: the folder holds those that were written last', async () => {
    const folder = temporaryFolder();
    for (const [i, dataset] of ['a@1', 'b@1', 'c@1'].entries()) {
      await writeEncoderColumn(folder, { ...column(encoded(['a', 1])), dataset }, { max: 2 });
      utimesSync(`${folder}/${dataset.replace('@', '-')}-${'e'.repeat(16)}.json`, i + 1, i + 1);
    }
    writeFileSync(`${folder}/notes.txt`, 'mine');
    await writeEncoderColumn(folder, column(encoded(['a', 1])), { max: 2 });
    expect(readdirSync(folder).map((file) => file.replace(/-e+\./, '.'))).toEqual([
      'c-1.json',
      'c-1.keys.npy',
      'c-1.rows.npy',
      'notes.txt',
      'spam-1.json',
      'spam-1.keys.npy',
      'spam-1.rows.npy',
    ]);
  });

  it.each<[string, string, (folder: string) => void]>([
    [
      'rows that are cut off',
      'STORE_COLUMN_HASH_MISMATCH',
      (folder) => truncateSync(`${folder}/${STEM}.rows.npy`, 130),
    ],
    ['keys that are cut off', 'STORE_COLUMN_HASH_MISMATCH', (folder) => truncateSync(`${folder}/${STEM}.keys.npy`, 0)],
    ['rows that are gone', 'STORE_FILE_MISSING', (folder) => rmSync(`${folder}/${STEM}.rows.npy`)],
    ['a manifest that is cut off', 'STORE_MANIFEST_INVALID', (folder) => truncateSync(`${folder}/${STEM}.json`, 30)],
    [
      'a manifest that points elsewhere',
      'STORE_MANIFEST_INVALID',
      edited({ files: { keys: '../k.npy', rows: 'r.npy' } }),
    ],
    [
      'a manifest of something else',
      'STORE_MANIFEST_INVALID',
      (folder) => writeFileSync(`${folder}/${STEM}.json`, '[]'),
    ],
    ['another encoder', 'STORE_ENCODER_COLUMN_INVALID', edited({ encoder: `${'e'.repeat(63)}f` })],
    ['another dataset', 'STORE_ENCODER_COLUMN_INVALID', edited({ dataset: 'spam 1' })],
    ['another width', 'STORE_ENCODER_COLUMN_INVALID', edited({ width: 4 })],
    ['another count', 'STORE_ENCODER_COLUMN_INVALID', edited({ count: 1 })],
    ['keys and rows that changed places', 'STORE_COLUMN_HASH_MISMATCH', swap],
  ])('refuse %s', async (_, code, damage) => {
    const folder = temporaryFolder();
    await writeEncoderColumn(folder, column(encoded(['a', 1], ['b', 2])));
    damage(folder);
    await expect(readEncoderColumn(folder, NAME)).rejects.toMatchObject({ code });
  });

  it('refuse to write what does not fit together or is not finite', async () => {
    const sound = encoded(['a', 1]);
    const faulty: EncodedTexts[] = [
      { keys: sound.keys.subarray(1), rows: sound.rows },
      { keys: sound.keys, rows: Float32Array.of(1) },
      { keys: sound.keys, rows: Float32Array.of(1, Number.NaN) },
      { keys: sound.keys, rows: Float32Array.of(Number.POSITIVE_INFINITY, 1) },
    ];
    for (const part of faulty) {
      const folder = temporaryFolder();
      await expect(writeEncoderColumn(folder, column(sound, part))).rejects.toMatchObject({
        code: 'STORE_ENCODER_COLUMN_INVALID',
      });
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});

function edited(fields: object): (folder: string) => void {
  return (folder) => {
    const manifest = JSON.parse(readFileSync(`${folder}/${STEM}.json`, 'utf8')) as object;
    writeFileSync(`${folder}/${STEM}.json`, JSON.stringify({ ...manifest, ...fields }));
  };
}

function swap(folder: string): void {
  renameSync(`${folder}/${STEM}.keys.npy`, `${folder}/other`);
  renameSync(`${folder}/${STEM}.rows.npy`, `${folder}/${STEM}.keys.npy`);
  renameSync(`${folder}/other`, `${folder}/${STEM}.rows.npy`);
}
