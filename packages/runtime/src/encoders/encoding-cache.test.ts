import { describe, expect, it } from 'vitest';
import { EncodingCache } from './encoding-cache.ts';
import { textKey } from './text-key.ts';

const key = (text: string): Buffer => textKey(text) ?? Buffer.alloc(0);
const MIB = 1024 * 1024;

describe('EncodingCache', () => {
  it('gives back the row of a text, by encoder', () => {
    const cache = new EncodingCache(MIB);
    cache.set(0, key('a'), Float32Array.of(1, 2));
    expect(cache.get(0, key('a'))).toEqual(Float32Array.of(1, 2));
    expect([cache.get(1, key('a')), cache.get(0, key('b'))]).toEqual([null, null]);
  });

  it('keeps a copy: whoever writes into the row afterwards changes nothing', () => {
    const cache = new EncodingCache(MIB);
    const row = Float32Array.of(1, 2);
    cache.set(0, key('a'), row);
    row.fill(9);
    expect(cache.get(0, key('a'))).toEqual(Float32Array.of(1, 2));
  });

  it('keeps as many rows as there is room for, and lets the least recently used go', () => {
    // A row of 400 numbers takes 1,600 bytes and 400 for the rest: two fit into 4,000.
    const cache = new EncodingCache(4000);
    for (const text of ['a', 'b']) cache.set(0, key(text), new Float32Array(400));
    cache.get(0, key('a'));
    cache.set(0, key('c'), new Float32Array(400));
    expect(['a', 'b', 'c'].map((text) => cache.get(0, key(text)) !== null)).toEqual([true, false, true]);
  });

  it('keeps nothing where there is no room', () => {
    const cache = new EncodingCache(0);
    cache.set(0, key('a'), Float32Array.of(1));
    expect(cache.get(0, key('a'))).toBeNull();
  });
});
