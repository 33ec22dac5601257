import { type BagInput, bag, defineEncoder, dense, encoded, number } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFeatures } from './features.ts';

const ids = (input: BagInput) => ({
  inputs: { ids: input },
  features: (example: readonly number[], targets: { readonly [name: string]: unknown }) => {
    for (const id of example) (targets['ids'] as { add(id: number): void }).add(id);
    return example[0] !== 7;
  },
});

describe('buildFeatures', () => {
  it('forgets what an example wrote before it abstained', () => {
    const batch = buildFeatures(ids(bag(10)), [[1, 2], [7, 7, 7], [3]]);
    expect(batch.inputs['ids']).toEqual({
      kind: 'bag',
      ids: BigInt64Array.of(1n, 2n, 3n),
      rows: BigInt64Array.of(0n, 0n, 1n),
      weights: null,
    });
    expect([...batch.status]).toEqual([0, 1, 0]);
    expect(batch.kept).toBe(2);
  });

  it('gives every example a dense row of zeros to begin with', () => {
    const batch = buildFeatures(
      {
        inputs: { x: dense(2) },
        features: (value: number, { x }) => {
          (x as Float32Array)[0] = value;
          return value !== 5;
        },
      },
      [5, 1],
    );
    expect(batch.inputs['x']).toEqual({ kind: 'dense', width: 2, values: Float32Array.of(1, 0) });
  });

  it('fails an example with an id that is not one', () => {
    const batch = buildFeatures(ids(bag(10)), [[-1], [1.5], [2 ** 31], [4]]);
    expect([...batch.status]).toEqual([2, 2, 2, 0]);
    expect(batch.reasons.get(0)?.code).toBe('MEMBER_FEATURES_THREW');
  });

  describe('on an encoder', () => {
    const encoder = defineEncoder({ width: 2, load: () => ({ encode: () => new Float32Array(0), close() {} }) });
    const classifier = {
      inputs: { x: encoded(encoder, (text: string) => text), n: number() },
      features: (text: string, targets: { readonly [name: string]: unknown }) => {
        (targets['n'] as { set(value: number): void }).set(text.length);
        return text !== 'abstains';
      },
    };
    const late = { code: 'ENCODER_DEADLINE', message: 'late' };

    it('gives each kept example the row of its encoder, and the feature function nothing to write it to', () => {
      const names: string[][] = [];
      const watched = {
        ...classifier,
        features: (_: string, targets: object) => void names.push(Object.keys(targets)),
      };
      const batch = buildFeatures(watched, ['a', 'b'], { x: [Float32Array.of(1, 2), Float32Array.of(3, 4)] });
      expect(batch.inputs['x']).toEqual({ kind: 'dense', width: 2, values: Float32Array.of(1, 2, 3, 4) });
      expect(names).toEqual([['n'], ['n']]);
    });

    it('abstains where the text is null, fails where the encoder did, and keeps the rows of the others', () => {
      const rows = { x: [null, late, Float32Array.of(5, 6)] };
      const batch = buildFeatures(classifier, ['a', 'b', 'ccc'], rows);
      expect([...batch.status]).toEqual([1, 2, 0]);
      expect([...batch.reasons]).toEqual([[1, late]]);
      expect(batch.inputs['x']).toMatchObject({ values: Float32Array.of(5, 6) });
      expect(batch.inputs['n']).toMatchObject({ values: Float32Array.of(3) });
    });

    it('lets the feature function abstain before it looks at what the encoder did', () => {
      expect([...buildFeatures(classifier, ['abstains'], { x: [late] }).status]).toEqual([1]);
    });

    it('refuses to build features without the rows, or with rows for another number of examples', () => {
      const coded = expect.objectContaining({ code: 'ONNX_ENCODED_MISSING' });
      expect(() => buildFeatures(classifier, ['a'])).toThrowError(coded);
      expect(() => buildFeatures(classifier, ['a'], { x: [] })).toThrowError(coded);
    });
  });

  it('keeps every id in its row, however many there are (property)', () => {
    const example = fc.array(fc.integer({ min: 0, max: 0x7fffffff }), { maxLength: 3000 });
    fc.assert(
      fc.property(fc.array(example, { maxLength: 4 }), (examples) => {
        const kept = examples.filter((one) => one[0] !== 7);
        const { inputs } = buildFeatures(ids(bag(3000)), examples);
        expect(inputs['ids']).toMatchObject({
          ids: BigInt64Array.from(kept.flat(), BigInt),
          rows: BigInt64Array.from(kept.flatMap((one, row) => one.map(() => BigInt(row)))),
        });
      }),
    );
  });
});
