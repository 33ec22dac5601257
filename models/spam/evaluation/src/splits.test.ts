import { describe, expect, it } from 'vitest';

import { parseSplitTable, spamEntries, spamSplits, splitsOf } from './splits.ts';

const HEADING = 'id\tmd5\tlabel\tcluster\tsplit\ttime_split';
const MD5 = '0123456789abcdef0123456789abcdef';
const line = (id: string, split: string, timeSplit: string): string =>
  [id, MD5, '0', 'c1', split, timeSplit].join('\t');

const idsOf = (name: string): ReadonlySet<string> => new Set(spamSplits.find((split) => split.name === name)?.ids);
const overlap = (a: string, b: string): number => [...idsOf(a)].filter((id) => idsOf(b).has(id)).length;

describe('spamSplits', () => {
  it('has the splits of the data sheet with their sizes and roles', () => {
    expect(spamSplits.map(({ name, ids, roles }) => [name, ids.length, roles.join()])).toEqual([
      ['train', 2792, 'fit'],
      ['valid', 969, 'explore'],
      ['test', 1662, 'gate,test'],
      ['later-train', 2640, 'fit'],
      ['later-valid', 800, 'explore'],
      ['later', 1577, 'test'],
    ]);
  });
  it('has each mail once by cluster and at most once by date', () => {
    expect([overlap('train', 'valid'), overlap('train', 'test'), overlap('valid', 'test')]).toEqual([0, 0, 0]);
    expect([overlap('later-train', 'later'), overlap('later-valid', 'later')]).toEqual([0, 0]);
  });
  it('has 699 later mails in train and 331 in valid, so that they need a fit of their own', () => {
    expect([overlap('later', 'train'), overlap('later', 'valid')]).toEqual([699, 331]);
  });
  it('has no cluster in two splits', () => {
    const splits = new Map<string, Set<string>>();
    for (const { cluster, split } of spamEntries.values()) {
      splits.set(cluster, (splits.get(cluster) ?? new Set()).add(split));
    }
    expect([...splits.values()].filter((names) => names.size > 1)).toEqual([]);
  });
});

describe('splitsOf', () => {
  it('keeps the order of the entries and leaves out what is dropped by date', () => {
    const entries = parseSplitTable(
      [HEADING, line('spam-1/00002', 'train', 'drop'), line('spam-1/00001', 'train', 'test')].join('\n'),
    );
    expect(splitsOf(entries).map(({ name, ids }) => [name, ids])).toEqual([
      ['train', ['spam-1/00002', 'spam-1/00001']],
      ['valid', []],
      ['test', []],
      ['later-train', []],
      ['later-valid', []],
      ['later', ['spam-1/00001']],
    ]);
  });
});

describe('parseSplitTable', () => {
  it('reads a line', () => {
    expect(parseSplitTable(`${HEADING}\n${line('spam-1/00001', 'valid', 'drop')}\n`)).toEqual([
      { id: 'spam-1/00001', md5: MD5, label: 0, cluster: 'c1', split: 'valid', timeSplit: 'drop' },
    ]);
  });
  it.each([
    ['another heading', `id\tlabel\n${line('spam-1/00001', 'train', 'drop')}`],
    ['a missing field', `${HEADING}\nspam-1/00001\t${MD5}`],
    ['a field too many', `${HEADING}\n${line('spam-1/00001', 'train', 'drop')}\tx`],
    ['an id that leads out of the folder', `${HEADING}\n${line('../../00001', 'train', 'drop')}`],
    ['an unknown split', `${HEADING}\n${line('spam-1/00001', 'later', 'drop')}`],
    ['an id that is there twice', [HEADING, ...Array(2).fill(line('spam-1/00001', 'train', 'drop'))].join('\n')],
  ])('refuses %s', (_, text) => {
    expect(() => parseSplitTable(text)).toThrow(expect.objectContaining({ code: 'DATASET_SPLIT_INVALID' }));
  });
});
