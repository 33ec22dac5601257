import { describe, expect, it } from 'vitest';

import { parquetFile, temporaryFile } from '../test/files.ts';
import { readJudgementTable } from './judgement-table.ts';

const read = (content: string): ReturnType<typeof readJudgementTable> =>
  readJudgementTable(temporaryFile('t.csv', content));

describe('readJudgementTable', () => {
  it('reads labels, weights, keys and a column per member', async () => {
    expect(await read('id,label,weight,words,urls\na,1,2,1,\nb,,,0,failed\nc,0,0.5,1.0,FAILED\n')).toEqual({
      labels: [1, null, 0],
      weights: [2, 1, 0.5],
      keys: ['a', 'b', 'c'],
      members: [
        { name: 'words', judgements: [1, 0, 1] },
        { name: 'urls', judgements: [null, 'failed', 'failed'] },
      ],
      clusters: null,
      slices: [],
      unreadable: [],
    });
  });

  it('has no weights and no keys when there are no such columns', async () => {
    expect(await read('label,words\n1,0\n')).toMatchObject({ weights: null, keys: null });
  });

  it('reads columns of slices and of clusters when they are named', async () => {
    const file = temporaryFile('t.csv', 'label,lang,copy,words\n1,de,x,1\n0,,x,0\n1,en,,1\n');
    expect(await readJudgementTable(file, { slices: ['lang'], cluster: 'copy' })).toMatchObject({
      slices: [{ name: 'lang', values: ['de', null, 'en'] }],
      clusters: ['x', 'x', null],
      members: [{ name: 'words' }],
    });
    const unknown = readJudgementTable(file, { slices: ['language'], cluster: 'copies' });
    await expect(unknown).rejects.toMatchObject({ code: 'STORE_COLUMN_MISSING' });
    await expect(unknown).rejects.toThrow('"language", "copies"; it has "label", "lang", "copy", "words"');
  });

  it('reads Parquet with numbers, truth values, NaN and NULL', async () => {
    const file = await parquetFile(
      `FROM (VALUES (1.0::DOUBLE, true, '1'), ('NaN'::DOUBLE, false, 'failed'), (0, NULL, '')) t(label, words, urls)`,
    );
    expect(await readJudgementTable(file)).toMatchObject({
      labels: [1, null, 0],
      members: [
        { name: 'words', judgements: [1, 0, null] },
        { name: 'urls', judgements: [1, 'failed', null] },
      ],
    });
  });

  it('refuses a table without a label column and names the columns it has', async () => {
    await expect(read('truth,words\n1,0\n')).rejects.toMatchObject({ code: 'STORE_LABEL_COLUMN_MISSING' });
    await expect(read('truth,words\n1,0\n')).rejects.toThrow('"truth", "words"');
  });

  it('refuses a table without a member', async () => {
    await expect(read('label,weight,id\n1,1,a\n')).rejects.toMatchObject({ code: 'STORE_MEMBER_COLUMN_MISSING' });
  });

  it('refuses a header without rows', async () => {
    await expect(read('label,words\n')).rejects.toMatchObject({ code: 'STORE_FILE_EMPTY' });
  });

  it('reports wrong labels with their rows, five at most and the rest counted', async () => {
    const promise = read('label,words\n1,0\n2,0\nyes,0\n3,1\n4,1\n5,1\n6,1\n');
    await expect(promise).rejects.toMatchObject({ code: 'STORE_LABEL_INVALID' });
    await expect(promise).rejects.toThrow(/Row 2 .*"2"[^]*Row 3 .*"yes"[^]*and 1 more/);
  });

  it('refuses a wrong judgement, a wrong weight and a key that stands twice', async () => {
    await expect(read('label,words\n1,maybe\n')).rejects.toMatchObject({ code: 'STORE_JUDGEMENT_INVALID' });
    await expect(read('label,weight,words\n1,0,1\n')).rejects.toMatchObject({ code: 'STORE_WEIGHT_INVALID' });
    await expect(read('label,weight,words\n1,-1,1\n')).rejects.toMatchObject({ code: 'STORE_WEIGHT_INVALID' });
    await expect(read('key,label,words\na,1,1\na,1,1\n')).rejects.toMatchObject({ code: 'STORE_KEY_DUPLICATE' });
  });

  it('counts rows that cannot be split into the columns', async () => {
    const table = await read('label,words\n1,0\n1\n0,1\n');
    expect(table.labels).toEqual([1, 0]);
    expect(table.unreadable.map((row) => [row.row, row.fault.code])).toEqual([[3, 'STORE_ROW_INVALID']]);
  });

  it('refuses JSONL', async () => {
    const file = temporaryFile('t.jsonl', '{"label":1}\n');
    await expect(readJudgementTable(file)).rejects.toMatchObject({ code: 'STORE_FORMAT_UNKNOWN' });
  });
});
