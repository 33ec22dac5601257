import { type LoadedEncoder, defineEncoder, defineOnnxClassifier, encoded } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { loadOnnxClassifier } from './load-onnx-classifier.ts';

const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

/** The row of a text: its length, and 0. */
const lengths = (texts: readonly string[]) => Float32Array.from(texts.flatMap((text) => [text.length, 0]));

const encoder = (loaded: Partial<LoadedEncoder> = {}) =>
  defineEncoder({ width: 2, load: () => ({ encode: lengths, close() {}, ...loaded }) });

// dense.onnx: x · [1, 10] + 0.5
const member = (on = encoder(), text: (example: string) => string | null = (example) => example || null) =>
  defineOnnxClassifier({
    artifact: new URL('../test/fixtures/dense.onnx', import.meta.url),
    inputs: { x: encoded(on, text) },
  });

function moodyText(example: string): string {
  if (example === 'throws') throw new Error('no text');
  return example === 'nothing' ? (undefined as never) : example;
}

describe('loadOnnxClassifier on an encoder', () => {
  it('scores the rows of its own copy of the encoder, and abstains where there is no text', async () => {
    const loaded = await loadOnnxClassifier(member());
    const column = await loaded.score(['abc', '', 'a'], context);
    expect([...column.scores]).toEqual([3.5, Number.NaN, 1.5]);
    expect([...column.status]).toEqual([0, 1, 0]);
    await loaded.close();
  });

  it('asks the function that it was given instead, for the texts alone', async () => {
    const asked: unknown[] = [];
    const shared = encoder();
    const loaded = await loadOnnxClassifier(member(shared), {
      encode: async (on, texts) => {
        asked.push(on === shared, texts);
        return { rows: Float32Array.of(1, 1, 2, 2), reasons: new Map() };
      },
    });
    expect([...(await loaded.score(['a', '', 'b'], context)).scores]).toEqual([11.5, Number.NaN, 22.5]);
    expect(asked).toEqual([true, ['a', 'b']]);
    await loaded.close();
  });

  it('says what it will ask for, and runs its text function once per batch', async () => {
    let calls = 0;
    const shared = encoder();
    const loaded = await loadOnnxClassifier(member(shared, (text) => (calls++, text === '' ? null : text)));
    const batch = ['ab', ''];
    expect(loaded.encodings?.(batch)).toEqual([
      { input: 'x', encoder: shared, texts: ['ab', null], reasons: new Map() },
    ]);
    await loaded.score(batch, context);
    expect(calls).toBe(2);
    await loaded.close();
  });

  it('fails the example whose text function throws or returns what is not a text, and no other', async () => {
    const loaded = await loadOnnxClassifier(member(encoder(), moodyText));
    const column = await loaded.score(['throws', 'nothing', 'a'], context);
    expect([...column.status]).toEqual([2, 2, 0]);
    expect(column.reasons.get(0)).toEqual({ code: 'MEMBER_FEATURES_THREW', message: 'no text' });
    expect(column.reasons.get(1)?.message).toContain('"x" returned undefined');
    await loaded.close();
  });

  it('fails an example for the reason of its encoder, and all when the encoder throws', async () => {
    const late = { code: 'ENCODER_DEADLINE', message: 'late' };
    const slow = encoder({ encode: (texts) => ({ rows: lengths(texts), reasons: new Map([[1, late]]) }) });
    const some = await loadOnnxClassifier(member(slow));
    const column = await some.score(['a', 'b', 'c'], context);
    expect([...column.status]).toEqual([0, 2, 0]);
    expect(column.reasons.get(1)).toEqual(late);
    await some.close();

    const none = await loadOnnxClassifier(member(), { encode: () => Promise.reject(new Error('gone')) });
    expect([...(await none.score(['a', 'b'], context)).reasons.values()]).toEqual([
      { code: 'ENCODER_FAILED', message: 'gone' },
      { code: 'ENCODER_FAILED', message: 'gone' },
    ]);
    await none.close();
  });

  it('closes its own copy of the encoder, also when the graph turns out to be the wrong one', async () => {
    let closed = 0;
    const counted = encoder({ close: () => void closed++ });
    await (await loadOnnxClassifier(member(counted))).close();
    expect(closed).toBe(1);
    const wrong = { ...member(counted), output: 'logit' };
    await expect(loadOnnxClassifier(wrong)).rejects.toMatchObject({ code: 'ONNX_OUTPUT_MISMATCH' });
    expect(closed).toBe(2);
  });
});
