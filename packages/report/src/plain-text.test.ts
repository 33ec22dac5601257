import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plainText } from './plain-text.ts';

describe('plainText', () => {
  it('leaves ordinary text of any script as it is', () => {
    expect(plainText('Re: שלום 请付款 👩‍👧', 80)).toBe('Re: שלום 请付款 👩‍👧');
  });

  it('replaces control characters and lone surrogates', () => {
    expect(plainText('a\u0000b\u001B[2J\uD800', 80)).toBe('a\uFFFDb\uFFFD[2J\uFFFD');
  });

  it('spells out bidirectional controls', () => {
    expect(plainText('\u202Egnp.exe', 80)).toBe('⟨U+202E⟩gnp.exe');
  });

  it('makes one space of white space and line ends', () => {
    expect(plainText(' a\r\n\t b\u2028c ', 80)).toBe('a b c');
  });

  it('cuts at the bound and says so, but not text that just fits', () => {
    expect(plainText('abcdef', 5)).toBe('abcde…');
    expect(plainText('abcde', 5)).toBe('abcde');
  });

  it('does not cut a code point in half', () => {
    expect(plainText('👍👍👍', 2)).toBe('👍👍…');
  });

  it('never lets a control or a bidirectional control through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(plainText(text, 40)).not.toMatch(/[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});
