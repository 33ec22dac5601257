import { describe, expect, it } from 'vitest';

import { parquetFile, temporaryFile } from '../test/files.ts';
import { readSummary } from './read-summary.ts';

const HEADER = 'positive,failed,label,slice,count,weight,squares,member,judged_weight,failed_weight\n';

const read = (rows: string, header = HEADER): ReturnType<typeof readSummary> =>
  readSummary(temporaryFile('summary.csv', header + rows));

describe('readSummary', () => {
  it('reads rows of sets and rows of members', async () => {
    const rows = 'words|urls,,1,de,2,3,5,,,\n,urls,,,1,1,1,,,\n,,1,de,,,,words,3,0\n,,,,,,,urls,0,1\n';
    expect(await read(rows)).toEqual({
      kind: 'summary',
      members: ['urls', 'words'],
      slice: 'slice',
      sets: [
        { positive: ['words', 'urls'], failed: [], label: 1, slice: 'de', count: 2, weight: 3, squares: 5 },
        { positive: [], failed: ['urls'], label: null, slice: null, count: 1, weight: 1, squares: 1 },
      ],
      judged: [
        { member: 'words', label: 1, slice: 'de', judged: 3, failed: 0 },
        { member: 'urls', label: null, slice: null, judged: 0, failed: 1 },
      ],
    });
  });

  it('keeps the name of a member that only ever abstained', async () => {
    const summary = await read(',,1,,,,,words,0,0\n,,1,,,,,urls,1,0\n');
    expect(summary.members).toEqual(['urls', 'words']);
    expect(summary.judged.map(({ member }) => member)).toEqual(['urls']);
  });

  it('has no slice column when the file has none', async () => {
    const header = HEADER.replace('slice,', '');
    expect(await read('words,,1,1,1,1,,,\n,,1,,,,words,1,0\n', header)).toMatchObject({ slice: null });
  });

  it('reads Parquet with 64-bit counts and decimal weights', async () => {
    const file = await parquetFile(`
      SELECT 'words' AS positive, '' AS failed, 1 AS label, 2::BIGINT AS count, 1.5::DECIMAL(9, 2) AS weight,
        sum(1.25::DECIMAL(9, 2)) AS squares, NULL::VARCHAR AS member, NULL::DOUBLE AS judged_weight,
        NULL::DOUBLE AS failed_weight
      UNION ALL SELECT NULL, NULL, 1, NULL, NULL, NULL, 'words', 1.5, 0`);
    expect((await readSummary(file)).sets).toEqual([
      { positive: ['words'], failed: [], label: 1, slice: null, count: 2, weight: 1.5, squares: 1.25 },
    ]);
  });

  it('refuses columns that are missing or unknown: a forgotten key would count examples twice', async () => {
    await expect(read('1\n', 'label\n')).rejects.toMatchObject({ code: 'STORE_SUMMARY_COLUMN_INVALID' });
    const promise = read('words,,1,,1,1,1,,,,web\n', HEADER.replace('\n', ',source\n'));
    await expect(promise).rejects.toThrow('unknown ones "source"');
  });

  it('refuses a count that is no number, with its row', async () => {
    const promise = read('words,,1,,two,1,1,,,\n,,1,,,,,words,-1,0\n');
    await expect(promise).rejects.toMatchObject({ code: 'STORE_COUNT_INVALID' });
    await expect(promise).rejects.toThrow(/Row 1 .*"two"[^]*Row 2 .*"-1"/);
  });

  it('refuses a label that is none', async () => {
    await expect(read('words,,yes,,1,1,1,,,\n')).rejects.toMatchObject({ code: 'STORE_LABEL_INVALID' });
  });

  it('refuses a name that holds the separator', async () => {
    await expect(read(',,1,,,,,a|b,1,0\n')).rejects.toMatchObject({ code: 'STORE_MEMBER_NAME_INVALID' });
  });

  it('refuses a file without a row of a member', async () => {
    await expect(read('words,,1,,1,1,1,,,\n')).rejects.toMatchObject({ code: 'STORE_MEMBER_ROW_MISSING' });
  });

  it('refuses a row that cannot be read: figures without it would be others', async () => {
    await expect(read('words,,1\n,,1,,,,,words,1,0\n')).rejects.toMatchObject({ code: 'STORE_ROW_INVALID' });
  });

  it('refuses a header without rows, and JSONL', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'STORE_FILE_EMPTY' });
    await expect(readSummary('summary.jsonl')).rejects.toMatchObject({ code: 'STORE_FORMAT_UNKNOWN' });
  });
});
