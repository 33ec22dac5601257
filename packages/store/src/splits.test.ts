import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findSplit, hashDataset, hashIds, idSetRecord, type Split } from './splits.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const split = (name: string, ids: string[]): Split => ({ name, roles: ['fit'], ids, description: name });

describe('hashIds', () => {
  it('hashes the sorted ids, each followed by a line feed', () => {
    expect(hashIds(['b', 'a', 'B'])).toBe(sha256('B\na\nb\n'));
    expect(hashIds([])).toBe(sha256(''));
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (ids) => {
        expect(hashIds(ids.toReversed())).toBe(hashIds(ids));
      }),
    );
  });
});

describe('idSetRecord', () => {
  it('records the union of the splits', () => {
    expect(idSetRecord([split('valid', ['c', 'b']), split('train', ['b', 'a'])])).toEqual({
      splits: ['train', 'valid'],
      count: 3,
      sha256: sha256('a\nb\nc\n'),
    });
  });
});

describe('hashDataset', () => {
  it('covers ids and labels, in any order', () => {
    const one = hashDataset([
      { id: 'b', label: null },
      { id: 'a', label: 1 },
    ]);
    expect(one).toBe(sha256('a\t1\nb\t\n'));
  });
});

describe('findSplit', () => {
  it('finds a split or names those there are', () => {
    const splits = [split('train', ['a'])];
    expect(findSplit(splits, 'train').ids).toEqual(['a']);
    expect(() => findSplit(splits, 'tset')).toThrow(expect.objectContaining({ code: 'STORE_SPLIT_UNKNOWN' }));
    expect(() => findSplit(splits, 'tset')).toThrow('train (fit)');
  });
});
