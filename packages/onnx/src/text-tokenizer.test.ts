import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTokenizer } from './text-tokenizer.ts';

const bytes = readFileSync(new URL('../test/fixtures/tokenizer.json', import.meta.url));
const open = (bounds: { maxCharacters?: number; maxTokens?: number } = {}, file: Uint8Array = bytes) =>
  openTokenizer(file, { maxCharacters: 100, maxTokens: 8, where: 'tokenizer.json', ...bounds });

// [UNK] 1, [CLS] 2, [SEP] 3, hello 4, world 5, ##s 6, ! 7
describe('openTokenizer', () => {
  it('gives as many tokens as it may, with the special ones at their places', () => {
    expect(open({ maxTokens: 4 })('hello worlds!')).toEqual([2, 4, 5, 3]);
    expect(open({ maxTokens: 6 })('hello worlds!')).toEqual([2, 4, 5, 6, 7, 3]);
    expect(open({ maxTokens: 3 })('!'.repeat(99))).toEqual([2, 7, 3]);
  });

  it('does not look beyond its characters', () => {
    expect(open({ maxCharacters: 5 })('hello world')).toEqual([2, 4, 3]);
    expect(open({ maxCharacters: 8 })('hello world')).toEqual([2, 4, 1, 3]);
  });

  it('does not leave half a character at the end', () => {
    expect(open({ maxCharacters: 2 })('!\u{1F600}')).toEqual([2, 7, 3]);
    expect(open({ maxCharacters: 3 })('!\u{1F600}')).toEqual([2, 7, 1, 3]);
  });

  it('drops NUL, lone surrogates and other characters that are none', () => {
    expect(open()('\0hel\uD800lo\uFFFD\u0007 \uDC00!')).toEqual([2, 4, 7, 3]);
  });

  it('reads special tokens in a text as such, like the original', () => {
    expect(open()('hello[SEP]!')).toEqual([2, 4, 3, 7, 3]);
  });

  it('does not care for truncation and padding in the file', () => {
    const file = JSON.parse(bytes.toString());
    file.truncation = { max_length: 3, strategy: 'LongestFirst', stride: 0 };
    file.padding = { strategy: { Fixed: 8 }, direction: 'Right', pad_id: 0, pad_type_id: 0, pad_token: '[PAD]' };
    expect(open({}, new TextEncoder().encode(JSON.stringify(file)))('hello !')).toEqual([2, 4, 7, 3]);
  });

  it('refuses what is not a tokenizer', () => {
    for (const text of ['', '{}', 'null', '{"model":{"type":"Nobody"}}']) {
      expect(() => open({}, new TextEncoder().encode(text))).toThrowError(
        expect.objectContaining({ code: 'ONNX_TOKENIZER_INVALID' }),
      );
    }
  });
});
