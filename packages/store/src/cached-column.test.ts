import { readdirSync, readFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { scoreColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../test/files.ts';
import { columnKey, findColumn, keepColumn, touchColumn } from './cached-column.ts';
import { idSetRecord } from './splits.ts';
import { writeColumns } from './write-columns.ts';

const KEY = columnKey('scores', 'examples');
const OTHER = columnKey('scores of a change', 'examples');
const IDS = ['a', 'b', 'c'];
const fit = { weights: idSetRecord([]), threshold: idSetRecord([]) };
const column = (key: string, name = 'words') => ({
  kind: 'member' as const,
  name,
  version: '1.2.0',
  artifact: null,
  threshold: 0.5,
  dataset: 'spam@1',
  fit,
  outOfFold: false,
  ids: IDS,
  column: scoreColumn([1, 2, Number.NaN], [0, 0, 1]),
  key,
});
const wanted = (key: string, name = 'words') => ({ name, key, ids: IDS });

describe('columnKey', () => {
  it('does not take the end of one part for the beginning of the other', () => {
    expect(columnKey('ab', 'c')).not.toBe(columnKey('a', 'bc'));
  });
});

describe('findColumn', () => {
  it('gives the scores that were kept for the key, and none for another key or member', async () => {
    const folder = temporaryFolder();
    await keepColumn(folder, column(KEY));
    const found = await findColumn(folder, wanted(KEY));
    expect([found?.ids, found?.column]).toEqual([IDS, column(KEY).column]);
    expect(await findColumn(folder, wanted(OTHER))).toBeNull();
    expect(await findColumn(folder, wanted(KEY, 'urls'))).toBeNull();
    expect(await findColumn(join(folder, 'none'), wanted(KEY))).toBeNull();
  });

  it('finds a column that is shipped under the name of the member, by its key', async () => {
    const folder = temporaryFolder();
    await writeColumns(folder, [column(KEY)]);
    expect(readdirSync(folder)).toEqual(['words.json', 'words.parquet']);
    expect((await findColumn(folder, wanted(KEY)))?.manifest.version).toBe('1.2.0');
    expect(await findColumn(folder, wanted(OTHER))).toBeNull();
  });

  it('keeps columns by several keys side by side', async () => {
    const folder = temporaryFolder();
    await keepColumn(folder, column(KEY));
    await keepColumn(folder, { ...column(OTHER), column: scoreColumn([4, 5, 6]) });
    expect((await findColumn(folder, wanted(KEY)))?.column.scores[0]).toBe(1);
    expect((await findColumn(folder, wanted(OTHER)))?.column.scores[0]).toBe(4);
  });

  it('refuses a file that was cut off, changed, or is not there', async () => {
    const stem = `words-${KEY.slice(0, 16)}`;
    const damages: [code: string, damage: (folder: string) => void][] = [
      ['STORE_MANIFEST_INVALID', (folder) => truncateSync(join(folder, `${stem}.json`), 20)],
      ['STORE_COLUMN_HASH_MISMATCH', (folder) => truncateSync(join(folder, `${stem}.parquet`), 100)],
      ['STORE_FILE_EMPTY', (folder) => truncateSync(join(folder, `${stem}.parquet`), 0)],
      ['STORE_COLUMN_HASH_MISMATCH', (folder) => flip(join(folder, `${stem}.parquet`))],
      ['STORE_FILE_MISSING', (folder) => renameSync(join(folder, `${stem}.parquet`), join(folder, 'gone'))],
    ];
    for (const [code, damage] of damages) {
      const folder = temporaryFolder();
      await keepColumn(folder, column(KEY));
      damage(folder);
      await expect(findColumn(folder, wanted(KEY))).rejects.toMatchObject({ code });
    }
  });

  it('refuses a file of another key, member or set of examples under the name that is wanted', async () => {
    const folder = temporaryFolder();
    await keepColumn(folder, column(OTHER));
    renameSync(join(folder, `words-${OTHER.slice(0, 16)}.json`), join(folder, `words-${KEY.slice(0, 16)}.json`));
    await expect(findColumn(folder, wanted(KEY))).rejects.toMatchObject({ code: 'STORE_COLUMN_INVALID' });
    const second = temporaryFolder();
    await keepColumn(second, column(KEY));
    await expect(findColumn(second, { ...wanted(KEY), ids: ['a', 'b'] })).rejects.toMatchObject({
      code: 'STORE_COLUMN_INVALID',
    });
    await expect(findColumn(second, wanted(KEY, 'WORDS'))).rejects.toMatchObject({ code: 'STORE_COLUMN_INVALID' });
  });
});

describe('keepColumn', () => {
  it('removes the columns that were not of use for longest', async () => {
    const folder = temporaryFolder();
    const names = ['first', 'second', 'third'];
    for (const [i, name] of names.entries()) {
      await keepColumn(folder, column(KEY, name));
      utimesSync(join(folder, `${name}-${KEY.slice(0, 16)}.json`), i + 1, i + 1);
    }
    await touchColumn(folder, wanted(KEY, 'first'), new Date(10_000));
    await keepColumn(folder, column(KEY, 'fourth'), { max: 2 });
    expect(readdirSync(folder).map((file) => file.replace(/-.*\./, '.'))).toEqual([
      'first.json',
      'first.parquet',
      'fourth.json',
      'fourth.parquet',
    ]);
  });

  it('takes no notice of a column that is gone when it is said to be of use', async () => {
    await expect(touchColumn(temporaryFolder(), wanted(KEY), new Date(0))).resolves.toBeUndefined();
  });

  it('replaces a column that cannot be used', async () => {
    const folder = temporaryFolder();
    await keepColumn(folder, column(KEY));
    truncateSync(join(folder, `words-${KEY.slice(0, 16)}.parquet`), 10);
    await keepColumn(folder, column(KEY));
    expect(await findColumn(folder, wanted(KEY))).not.toBeNull();
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[20]! ^= 1;
  writeFileSync(file, bytes);
}
