import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEncoding, indexEncodings } from './known-encodings.ts';
import { textKey } from './text-key.ts';

const key = (text: string): Buffer => textKey(text) ?? Buffer.alloc(0);

describe('findEncoding', () => {
  it('finds the row of every text that is there, and of no other (property)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (texts, other) => {
        const keys = Uint8Array.from(texts.flatMap((text) => [...key(text)]));
        const rows = Float32Array.from(texts.flatMap((_, i) => [i, -i]));
        const known = indexEncodings({ keys, rows }, 2);
        for (const [i, text] of texts.entries()) expect(findEncoding(known, key(text))).toEqual(Float32Array.of(i, -i));
        expect(findEncoding(known, key(other)) === null).toBe(!texts.includes(other));
      }),
    );
  });

  it('shares its index with other threads', () => {
    const known = indexEncodings({ keys: new Uint8Array(32), rows: new Float32Array(2) }, 2);
    expect(known.order.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('indexEncodings', () => {
  it.each([
    [31, 2],
    [32, 3],
    [64, 2],
  ])('refuses %d bytes of keys beside %d numbers in rows of two', (bytes, numbers) => {
    const column = { keys: new Uint8Array(bytes), rows: new Float32Array(numbers) };
    expect(() => indexEncodings(column, 2)).toThrowError(RangeError);
  });
});
