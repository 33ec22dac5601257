import type { LoadedEncoder } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodedText } from './batch-encodings.ts';
import { callEncoder } from './call-encoder.ts';

const options = { width: 1, deadline: Number.POSITIVE_INFINITY };
const encoder = (encode: LoadedEncoder['encode']): LoadedEncoder => ({ encode, close() {} });
const lengths = (texts: readonly string[]): Float32Array<ArrayBuffer> =>
  Float32Array.from(texts, (text) => text.length);
/** The number of each row, or the code of its failure. */
const said = (encoded: readonly EncodedText[]): (number | string | undefined)[] =>
  encoded.map((each) => (each instanceof Float32Array ? each[0] : each.code));

describe('callEncoder', () => {
  it('gives a row per text, and asks nobody for none', async () => {
    expect(said(await callEncoder(encoder(lengths), ['a', 'bcd'], options))).toEqual([1, 3]);
    const never = encoder(() => {
      throw new Error('called');
    });
    expect(await callEncoder(never, [], options)).toEqual([]);
  });

  it('finds the poisonous texts among the others (property)', async () => {
    const moody = encoder((texts) => {
      if (texts.includes('x')) throw new Error('no');
      return lengths(texts);
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('x', 'ok', 'fine')), async (texts) => {
        const expected = texts.map((text) => (text === 'x' ? 'ENCODER_FAILED' : text.length));
        expect(said(await callEncoder(moody, texts, options))).toEqual(expected);
      }),
    );
  });

  it('takes reasons for single texts as they are, and asks no second time', async () => {
    let calls = 0;
    const reasons = new Map([[1, { code: 'ENCODER_DEADLINE', message: 'late' }]]);
    const answer = encoder(() => {
      calls += 1;
      return { rows: Float32Array.of(1, 0, 3), reasons };
    });
    expect(said(await callEncoder(answer, ['a', 'b', 'c'], options))).toEqual([1, 'ENCODER_DEADLINE', 3]);
    expect(calls).toBe(1);
  });

  it('keeps rows that the encoder cannot reach any more', async () => {
    const rows = Float32Array.of(1, 2);
    const encoded = await callEncoder(
      encoder(() => rows),
      ['a', 'b'],
      options,
    );
    rows.fill(9);
    expect(said(encoded)).toEqual([1, 2]);
  });

  it('calls nobody after the deadline', async () => {
    expect(said(await callEncoder(encoder(lengths), ['a'], { ...options, deadline: 0 }))).toEqual(['ENCODER_DEADLINE']);
  });

  it('says codes of others as the encoder’s own failure, with the code in the message', async () => {
    const answer = encoder(() => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    });
    expect(await callEncoder(answer, ['a'], options)).toEqual([
      { code: 'ENCODER_FAILED', message: 'ECONNREFUSED: refused' },
    ]);
  });
});
