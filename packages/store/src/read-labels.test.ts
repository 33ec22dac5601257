import { describe, expect, it } from 'vitest';

import { temporaryFile } from '../test/files.ts';
import { readLabels } from './read-labels.ts';

const read = (content: string): ReturnType<typeof readLabels> => readLabels(temporaryFile('labels.csv', content));

describe('readLabels', () => {
  it('reads keys, labels, weights and strata, and leaves other columns alone', async () => {
    const csv = 'key,stratum,inclusion_probability,weight,label\na,only x,0.05,20,1\n"b, c",,1,1,\n';
    expect(await read(csv)).toMatchObject({
      keys: ['a', 'b, c'],
      labels: [1, null],
      weights: [20, 1],
      strata: ['only x', null],
    });
  });

  it('takes a weight of 1 where none is told', async () => {
    expect(await read('key,label\na,0\n')).toMatchObject({ weights: [1], strata: [null] });
  });

  it.each([
    ['no column of labels', 'key,truth\na,1\n', 'STORE_COLUMN_MISSING'],
    ['no column of keys', 'label\n1\n', 'STORE_COLUMN_MISSING'],
    ['a row without a key', 'key,label\n,1\n', 'STORE_KEY_MISSING'],
    ['a key twice', 'key,label\na,1\na,1\n', 'STORE_KEY_DUPLICATE'],
    ['a label of 2', 'key,label\na,2\n', 'STORE_LABEL_INVALID'],
    ['a weight of 0', 'key,label,weight\na,1,0\n', 'STORE_WEIGHT_INVALID'],
    ['a row that is too short', 'key,label\na,1\nb\n', 'STORE_ROW_INVALID'],
    ['no row', 'key,label\n', 'STORE_FILE_EMPTY'],
  ])('refuses %s', async (_, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ code });
  });
});
