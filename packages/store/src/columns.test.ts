import { readFileSync, writeFileSync } from 'node:fs';

import { failedColumn, scoreColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../test/files.ts';
import type { ColumnToStore } from './column-manifest.ts';
import { readColumns } from './read-columns.ts';
import { hashIds, idSetRecord } from './splits.ts';
import { writeColumns } from './write-columns.ts';

const fit = { weights: idSetRecord([]), threshold: idSetRecord([]) };
const words: ColumnToStore = {
  kind: 'member',
  name: 'words',
  version: '1.2.0',
  artifact: 'ab',
  threshold: 0.7,
  dataset: 'spam@1',
  datasetHash: 'd1',
  fit,
  outOfFold: false,
  ids: ['b', 'a', 'c'],
  column: scoreColumn(
    [0.7, Number.NaN, Number.NaN],
    [0, 1, 2],
    new Map([[2, { code: 'MEMBER_THREW', message: "it's\n\0" }]]),
  ),
};

describe('writeColumns and readColumns', () => {
  it('give back what was written', async () => {
    const folder = temporaryFolder();
    const [manifest] = await writeColumns(folder, [words]);
    const [stored] = await readColumns(folder, { datasetHash: 'd1' });
    expect(stored!.ids).toEqual(['b', 'a', 'c']);
    expect(stored!.column).toEqual(words.column);
    expect(stored!.manifest).toEqual(manifest);
    expect(manifest).toMatchObject({
      name: 'words',
      threshold: Math.fround(0.7),
      ids: hashIds(['a', 'b', 'c']),
      count: 3,
      file: 'words.parquet',
    });
  });

  it('write the same bytes for the same column', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    await writeColumns(first, [words]);
    await writeColumns(second, [words]);
    expect(readFileSync(`${first}/words.parquet`).equals(readFileSync(`${second}/words.parquet`))).toBe(true);
  });

  it('keep several columns, of baselines too', async () => {
    const folder = temporaryFolder();
    const stack: ColumnToStore = { ...words, kind: 'baseline', name: 'Stack of the scores' };
    await writeColumns(folder, [words, { ...stack, column: failedColumn(3, { code: 'X', message: '' }) }]);
    const columns = await readColumns(folder);
    expect(columns.map(({ manifest }) => [manifest.kind, manifest.file])).toEqual([
      ['baseline', 'stack-of-the-scores.parquet'],
      ['member', 'words.parquet'],
    ]);
  });

  it('refuse a column whose bytes or ids are not those of its manifest', async () => {
    const folder = temporaryFolder();
    await writeColumns(folder, [words]);
    const manifest = JSON.parse(readFileSync(`${folder}/words.json`, 'utf8')) as object;
    writeFileSync(`${folder}/words.json`, JSON.stringify({ ...manifest, ids: hashIds(['z']) }));
    await expect(readColumns(folder)).rejects.toMatchObject({ code: 'STORE_COLUMN_HASH_MISMATCH' });
    writeFileSync(`${folder}/words.json`, JSON.stringify(manifest));
    await expect(readColumns(folder)).resolves.toHaveLength(1);
    const bytes = readFileSync(`${folder}/words.parquet`);
    bytes[20]! ^= 1;
    writeFileSync(`${folder}/words.parquet`, bytes);
    await expect(readColumns(folder)).rejects.toMatchObject({ code: 'STORE_COLUMN_HASH_MISMATCH' });
  });

  it('refuse a column over another version of the dataset', async () => {
    const folder = temporaryFolder();
    await writeColumns(folder, [words]);
    await expect(readColumns(folder, { datasetHash: 'd2' })).rejects.toMatchObject({ code: 'STORE_DATASET_MISMATCH' });
  });

  it('refuse a manifest that is not JSON, lacks fields, or points elsewhere', async () => {
    const folder = temporaryFolder();
    const [manifest] = await writeColumns(folder, [words]);
    for (const content of ['{', '{}', JSON.stringify({ ...manifest, file: '../words.parquet' })]) {
      writeFileSync(`${folder}/words.json`, content);
      await expect(readColumns(folder)).rejects.toMatchObject({ code: 'STORE_MANIFEST_INVALID' });
    }
  });

  it('refuse a folder that is not there', async () => {
    await expect(readColumns(`${temporaryFolder()}/none`)).rejects.toMatchObject({ code: 'STORE_FILE_MISSING' });
  });

  it('refuse ids that stand twice or do not fit the scores, and names that share a file', async () => {
    const folder = temporaryFolder();
    for (const faulty of [
      [{ ...words, ids: ['a', 'a', 'b'] }],
      [{ ...words, ids: ['a'] }],
      [{ ...words, threshold: Number.NaN }],
      [words, { ...words, name: 'Words' }],
    ]) {
      await expect(writeColumns(folder, faulty)).rejects.toMatchObject({ code: 'STORE_COLUMN_INVALID' });
    }
  });
});
