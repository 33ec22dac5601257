import { scoreColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';

import { hashColumns } from './evidence-query.ts';

const words = { name: 'words', threshold: 0.7, column: scoreColumn([0.1, Number.NaN, 0.9], [0, 1, 0]) };
const urls = { name: 'urls', threshold: 0.5, column: scoreColumn([0.3, 0.2, 0.1]) };

describe('hashColumns', () => {
  it('is the same for the same columns in any order, and for a threshold of the same float32', () => {
    expect(hashColumns([words, urls])).toMatch(/^[0-9a-f]{64}$/);
    expect(hashColumns([urls, words])).toBe(hashColumns([words, urls]));
    expect(hashColumns([{ ...words, threshold: Math.fround(0.7) }])).toBe(hashColumns([words]));
  });

  it.each([
    ['name', { ...words, name: 'word' }],
    ['threshold', { ...words, threshold: 0.71 }],
    ['score', { ...words, column: scoreColumn([0.1, Number.NaN, 0.8], [0, 1, 0]) }],
    ['order of examples', { ...words, column: scoreColumn([0.9, Number.NaN, 0.1], [0, 1, 0]) }],
    ['status', { ...words, column: scoreColumn([0.1, Number.NaN, 0.9], [0, 2, 0], new Map([[1, failure()]])) }],
  ])('differs with another %s', (_, changed) => {
    expect(hashColumns([changed])).not.toBe(hashColumns([words]));
  });
});

function failure() {
  return { code: 'MEMBER_THREW', message: '' };
}
