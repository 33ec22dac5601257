import { describe, expect, it } from 'vitest';

import { decodeText, decodeWindows1252 } from './charset.ts';

describe('decodeText', () => {
  it('reads windows-1252 quotes where ASCII is declared', () => {
    expect(decodeText(Uint8Array.of(0x93, 0x61, 0x94), 'us-ascii')).toBe('“a”');
  });
  it('reads UTF-8 where ASCII is declared', () => {
    expect(decodeText(Uint8Array.of(0xc3, 0xa9), 'us-ascii')).toBe('é');
  });
  it('reads bytes as declared when latin-1 is declared, even if they are UTF-8', () => {
    expect(decodeText(Uint8Array.of(0xc3, 0xa9), 'ISO-8859-1')).toBe('Ã©');
  });
  it('reads a multi-byte charset', () => {
    expect(decodeText(Uint8Array.of(0xc4, 0xe3), 'gb2312')).toBe('你');
  });
  it('falls back to UTF-8 and then to windows-1252 when the charset is not known', () => {
    expect(decodeText(Uint8Array.of(0xc3, 0xa9), 'x-nonsense')).toBe('é');
    expect(decodeText(Uint8Array.of(0xe9), 'x-nonsense')).toBe('é');
  });
  it('takes a label that is hostile for one that is not known', () => {
    expect(decodeText(Uint8Array.of(0x61), '\0'.repeat(10_000))).toBe('a');
  });
});

describe('decodeWindows1252', () => {
  it('has a character for each of the 256 bytes and none of them twice', () => {
    const text = decodeWindows1252(Uint8Array.from({ length: 256 }, (_, i) => i));
    expect(text).toHaveLength(256);
    expect(new Set(text).size).toBe(256);
    expect(text.slice(0x80, 0x85)).toBe('€\u0081‚ƒ„');
    expect(text.slice(0xfe)).toBe('þÿ');
  });
});
