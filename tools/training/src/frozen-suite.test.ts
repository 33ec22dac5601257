import { column } from '@clamor/contract';
import type { ColumnManifest, StoredColumn } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { frozenSuite, joinedAfter, joiningPlace } from './frozen-suite.ts';

const IDS = ['a', 'b', 'c', 'd'];
const NONE = { splits: [], count: 0, sha256: '0' };

function stored(
  name: string,
  scores: readonly (number | null)[],
  about: Partial<ColumnManifest> & { readonly of?: readonly string[] } = {},
): StoredColumn {
  const { of: ids = IDS, ...manifest } = about;
  return {
    ids,
    column: column(scores, (score) => score),
    manifest: { ...MANIFEST, name, ...manifest },
  };
}

const MANIFEST: ColumnManifest = {
  kind: 'member',
  name: '',
  version: '1.0.0',
  artifact: null,
  threshold: 0.5,
  dataset: 'spam@1',
  datasetHash: null,
  ids: '',
  count: 4,
  fit: { weights: NONE, threshold: NONE },
  outOfFold: true,
  file: '',
  sha256: '',
};

const columns = [
  stored('words', [0.5, 0.4, 0, 0]),
  stored('urls', [null, 0, 2, 0], { threshold: 1 }),
  stored('installed', [9, 9, 9, 9], { outOfFold: false }),
  stored('other', [9, 9, 9, 9], { of: ['a', 'b', 'd', 'c'] }),
  stored('joint', [9, 9, 9, 9], { kind: 'baseline' }),
];

describe('frozenSuite', () => {
  it('is positive where a member that counts reaches its threshold, and nowhere else', () => {
    expect([...frozenSuite({ columns, members: ['words', 'urls'], ids: IDS })]).toEqual([1, 0, 1, 0]);
    expect([...frozenSuite({ columns, members: [], ids: IDS })]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['missing', 'there is none'],
    ['joint', 'there is none'],
    ['installed', 'it is not out of fold'],
    ['other', 'it is over other examples'],
  ])('refuses the column of %s', (name, message) => {
    expect(() => frozenSuite({ columns, members: ['words', name], ids: IDS })).toThrow(message);
  });

  it('refuses a column whose threshold is not that of the installed member', () => {
    const options = { columns, members: ['urls'], ids: IDS };
    expect(frozenSuite({ ...options, thresholds: new Map([['urls', 1]]) })).toHaveLength(4);
    expect(() => frozenSuite({ ...options, thresholds: new Map([['urls', 2]]) })).toThrow(
      'its threshold is 1, that of the member 2',
    );
  });
});

describe('joiningPlace', () => {
  const [words, urls, meaning, late] = [
    { name: 'words' },
    { name: 'urls' },
    { name: 'meaning', isShadow: true },
    { name: 'late', isShadow: true },
  ] as const;

  it('has those that count before a member, and none in shadow', () => {
    expect(joiningPlace([words, urls], 'urls')).toEqual({ member: urls, before: [words] });
    expect(joiningPlace([words, urls, meaning, late], 'late')).toEqual({ member: late, before: [words, urls] });
  });

  it('refuses a member that another which counts joined after, and lets those in shadow stand there', () => {
    expect(joiningPlace([words, urls, meaning], 'urls').before).toEqual([words]);
    expect(() => joiningPlace([words, urls, meaning], 'words')).toThrow('"words" joined before urls,');
    expect(() => joiningPlace([words], 'nobody')).toThrow('There is no member "nobody"');
  });
});

describe('joinedAfter', () => {
  const [words, urls] = [{ name: 'words' }, { name: 'urls' }];
  const meaning = { name: 'meaning', isShadow: true };

  it('is who counts and joined later', () => {
    expect(joinedAfter([words, urls, meaning], 'words')).toEqual([urls]);
    expect(joinedAfter([words, urls, meaning], 'urls')).toEqual([]);
    expect(joinedAfter([words, urls, meaning], 'caps')).toEqual([]);
  });
});
