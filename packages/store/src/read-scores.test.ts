import { ABSTAINED, FAILED, SCORED } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { parquetFile, temporaryFile } from '../test/files.ts';
import { joinScores, readScores } from './read-scores.ts';

const read = (content: string): ReturnType<typeof readScores> => readScores(temporaryFile('s.csv', content));

describe('readScores', () => {
  it('reads keys and scores, empty as abstained and failed as failed', async () => {
    const { keys, column, unreadable } = await read('key,score\na,0.5\nb,\nc,failed\nd,-1e3\n');
    expect(keys).toEqual(['a', 'b', 'c', 'd']);
    expect([...column.scores]).toEqual([0.5, Number.NaN, Number.NaN, -1000]);
    expect([...column.status]).toEqual([SCORED, ABSTAINED, FAILED, SCORED]);
    expect([...column.reasons.keys()]).toEqual([2]);
    expect(unreadable).toEqual([]);
  });

  it('knows its columns in upper and lower case, as id too, and ignores others', async () => {
    expect((await read('label;ID;Score\n1;a;2\n')).keys).toEqual(['a']);
    expect((await read('id,key,SCORE\nx,a,2\n')).keys).toEqual(['a']);
  });

  it('reads Parquet with numbers as keys and NULL as abstained', async () => {
    const file = await parquetFile(`FROM (VALUES (7, 0.25::FLOAT), (8, NULL)) t(id, score)`);
    const { keys, column } = await readScores(file);
    expect([keys, [...column.scores], [...column.status]]).toEqual([
      ['7', '8'],
      [0.25, Number.NaN],
      [SCORED, ABSTAINED],
    ]);
  });

  it.each([
    ['no column of scores', 'key,p\na,1\n', 'STORE_SCORE_COLUMN_MISSING', '"key", "p" and lacks "score"'],
    ['no column of keys', 'mail,score\na,1\n', 'STORE_SCORE_COLUMN_MISSING', 'lacks "key" (or "id")'],
    ['two columns of scores', 'key,score,Score\na,1,1\n', 'STORE_COLUMN_NAME_INVALID', '"score"'],
    ['an infinite score', 'key,score\na,1\nb,inf\nc,Infinity\n', 'STORE_SCORE_INVALID', /Row 2 .*"inf"[^]*Row 3/],
    ['a score beyond float32', 'key,score\na,1e39\n', 'STORE_SCORE_INVALID', 'Row 1'],
    ['NaN in words', 'key,score\na,nan\n', 'STORE_SCORE_INVALID', 'empty (abstained)'],
    ['a key twice', 'key,score\na,1\nb,1\na,2\n', 'STORE_KEY_DUPLICATE', 'Rows 1 and 3'],
    ['a row without key', 'key,score\na,1\n,1\n', 'STORE_KEY_MISSING', 'Row 2'],
    ['a header alone', 'key,score\n', 'STORE_FILE_EMPTY', 'no rows'],
  ])('refuses %s', async (_, content, code, text) => {
    await expect(read(content)).rejects.toMatchObject({ code });
    await expect(read(content)).rejects.toThrow(text);
  });

  it('refuses NaN in Parquet, and JSONL', async () => {
    const file = await parquetFile(`FROM (VALUES ('a', 'NaN'::FLOAT)) t(id, score)`);
    await expect(readScores(file)).rejects.toMatchObject({ code: 'STORE_SCORE_INVALID' });
    const lines = temporaryFile('s.jsonl', '{"key":"a","score":1}\n');
    await expect(readScores(lines)).rejects.toMatchObject({ code: 'STORE_FORMAT_UNKNOWN' });
  });

  it('counts rows that cannot be split into the columns', async () => {
    expect((await read('key,score\na,1\nb\n')).unreadable).toMatchObject([{ row: 3 }]);
  });
});

describe('joinScores', () => {
  it('puts scores into the order asked for and names the keys that were not', async () => {
    const { column, unknown } = joinScores(await read('key,score\nb,2\nx,9\na,\nc,failed\n'), ['a', 'c', 'b']);
    expect([...column.scores]).toEqual([Number.NaN, Number.NaN, 2]);
    expect([...column.status]).toEqual([ABSTAINED, FAILED, SCORED]);
    expect([...column.reasons.keys()]).toEqual([1]);
    expect(unknown).toEqual(['x']);
  });

  it('refuses to guess scores: it says how many are missing and the first few', async () => {
    const scores = await read('key,score\na,1\n');
    const ids = ['a', ...Array.from({ length: 7 }, (_, i) => `m${i}`)];
    expect(() => joinScores(scores, ids)).toThrow(expect.objectContaining({ code: 'STORE_SCORES_INCOMPLETE' }));
    expect(() => joinScores(scores, ids)).toThrow(/7 of the 8 examples: "m0", "m1", "m2", "m3", "m4", …/);
  });
});
