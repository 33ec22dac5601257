import { describe, expectTypeOf, it } from 'vitest';
import { type OnnxClassifier, defineOnnxClassifier } from './classifier.ts';
import { defineEncoder } from './encoder.ts';
import type { BagWriter, CellWriter, FeatureTargets, InputSpec } from './inputs.ts';
import { bag, dense, encoded, number, string } from './inputs.ts';

describe('FeatureTargets', () => {
  it('gives each named input the place that its kind is written to', () => {
    const inputs = { layout: dense(2), words: bag(10), kind: string(), amount: number() };
    expectTypeOf<FeatureTargets<typeof inputs>>().toEqualTypeOf<{
      readonly layout: Float32Array;
      readonly words: BagWriter;
      readonly kind: CellWriter<string>;
      readonly amount: CellWriter<number>;
    }>();
    expectTypeOf(inputs).toExtend<{ readonly [name: string]: InputSpec }>();
  });

  // oxlint-disable-next-line vitest/expect-expect -- the expectation is in the feature function, for the compiler
  it('reaches the feature function of a member', () => {
    defineOnnxClassifier({
      artifact: new URL('file:///model.onnx'),
      inputs: { words: bag(10) },
      features(_: string, targets) {
        expectTypeOf(targets).toEqualTypeOf<{ readonly words: BagWriter }>();
      },
    });
  });

  it('leaves encoded inputs out of the feature function, and their text functions say what an example is', () => {
    const encoder = defineEncoder({ width: 1, load: () => ({ encode: () => new Float32Array(0), close() {} }) });
    const inputs = { meaning: encoded(encoder, (mail: { text: string }) => mail.text), amount: number() };
    expectTypeOf<FeatureTargets<typeof inputs>>().toEqualTypeOf<{ readonly amount: CellWriter<number> }>();
    const classifier = defineOnnxClassifier({
      artifact: new URL('file:///model.onnx'),
      inputs: { meaning: inputs.meaning },
    });
    expectTypeOf(classifier).toEqualTypeOf<OnnxClassifier<{ text: string }>>();
  });
});
