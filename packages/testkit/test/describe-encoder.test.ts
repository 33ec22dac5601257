import { defineEncoder } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { describeEncoder } from '../src/index.ts';
import { runBroken } from './fixtures/run-broken.ts';

const assets = new URL('fixtures/assets-encoder/', import.meta.url);

// A sound encoder: the row of a text is [cos, sin] of its length.
describeEncoder(
  defineEncoder({
    width: 2,
    load: () => ({
      encode: (texts) => Float32Array.from(texts.flatMap(({ length }) => [Math.cos(length), Math.sin(length)])),
      close() {},
    }),
  }),
  { assets, texts: ['one more'], parity: { file: new URL('parity.json', assets), minCosine: 0.99 } },
);

describe('describeEncoder on broken encoders', () => {
  it('fails the very fact that is not true of each', { tags: ['slow'], timeout: 120_000 }, () => {
    expect(runBroken('broken-encoders.ts')).toEqual({
      'the size of its batch in a row': ['encodes a batch as it encodes one by one, bit for bit'],
      'the place of a text in its row': [
        'encodes a batch as it encodes one by one, bit for bit',
        'does not depend on the order',
      ],
      'a counter in its rows': [
        'gives the same bits twice',
        'encodes a batch as it encodes one by one, bit for bit',
        'does not depend on the order',
      ],
      'rows that are longer than 1': ['gives rows of length 1 if its record says so'],
      'other rows than the original': ['gives the rows of the original'],
      'a row for no text': ['takes an empty batch'],
      'no row for long texts': ['survives huge and garbage texts'],
      'NaN for emoji': ['survives huge and garbage texts'],
      'a second close that throws': ['closes twice'],
    });
  });
});
