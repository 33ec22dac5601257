import { describe, expect, it } from 'vitest';
import { fnv1a } from './fnv1a.ts';

describe('fnv1a', () => {
  // Values from the test vectors of the FNV draft.
  it('gives the offset basis for the empty string', () => {
    expect(fnv1a('')).toBe(0x811c9dc5);
  });

  it('gives the published hash of "a" and of "foobar"', () => {
    expect([fnv1a('a'), fnv1a('foobar')]).toEqual([0xe40c292c, 0xbf9cf968]);
  });

  it('tells apart characters that differ in the high byte only', () => {
    expect(fnv1a('\u0141')).not.toBe(fnv1a('A'));
  });
});
