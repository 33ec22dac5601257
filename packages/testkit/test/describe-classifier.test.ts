import { column, defineClassifier, defineEncoder, defineOnnxClassifier, encoded } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { describeClassifier } from '../src/index.ts';
import { runBroken } from './fixtures/run-broken.ts';
import { suite } from './fixtures/text-suite.ts';

const assets = new URL('fixtures/assets-sound/', import.meta.url);

// A sound member: the score of a text is its length, none for an empty one.
describeClassifier(
  defineClassifier<{ text: string }>({
    load: () => ({
      score: (examples) => column(examples, ({ text }) => (text === '' ? null : text.length)),
      close() {},
    }),
  }),
  { suite, assets },
);

// A sound member on an encoder: x · [1, 10] + 0.5 of the row [length, 0], none for an empty text.
const encoder = defineEncoder({
  width: 2,
  load: () => ({ encode: (texts) => Float32Array.from(texts.flatMap(({ length }) => [length, 0])), close() {} }),
});
const onEncoder = new URL('fixtures/assets-encoded/', import.meta.url);
describeClassifier(
  defineOnnxClassifier({
    artifact: new URL('model.onnx', onEncoder),
    inputs: { x: encoded(encoder, ({ text }: { readonly text: string }) => text || null) },
  }),
  { suite, assets: onEncoder },
);

describe('describeClassifier on broken members', () => {
  it('fails the very fact that is not true of each', { timeout: 120_000 }, () => {
    expect(runBroken('broken-members.ts')).toEqual({
      'another score than recorded': ['scores its samples as recorded'],
      'a counter in the score': [
        'scores its samples as recorded',
        'gives the same answer twice',
        'scores a batch as it scores one by one',
        'does not depend on the order',
      ],
      'the batch in the score': ['scores a batch as it scores one by one', 'survives huge and garbage input'],
      'an undeclared abstention': ['scores its samples as recorded', 'abstains only if its record says so'],
      'no empty batch': ['takes an empty batch'],
      'a second close that throws': ['closes twice'],
      'no score on long texts': ['survives huge and garbage input'],
    });
  });
});
