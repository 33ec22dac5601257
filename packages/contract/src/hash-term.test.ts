import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashTerm } from './hash-term.ts';

describe('hashTerm', () => {
  // Test vectors of the FNV draft, appendix C.
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes %j as the draft does', (term, hash) => {
    expect(hashTerm(term, 2 ** 32)).toBe(hash);
  });

  it('tells letters apart that differ in the high byte only', () => {
    expect(hashTerm('\u0161', 2 ** 32)).not.toBe(hashTerm('a', 2 ** 32));
  });

  it('stays within the table (property)', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 31 }), (term, buckets) => {
        const id = hashTerm(term, buckets);
        return Number.isInteger(id) && id >= 0 && id < buckets;
      }),
    );
  });
});
