import {
  type Classifier,
  type LoadedClassifier,
  type OnnxClassifier,
  bag,
  defineOnnxClassifier,
  dense,
  number,
  string,
} from '@clamor/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { loadOnnxClassifier } from './load-onnx-classifier.ts';

const fixture = (name: string): URL => new URL(`../test/fixtures/${name}`, import.meta.url);
const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

const opened: LoadedClassifier<never>[] = [];
afterEach(async () => {
  for (const classifier of opened.splice(0)) await classifier.close();
});

async function load<Example>(classifier: Classifier<Example>): Promise<LoadedClassifier<Example>> {
  const loaded = await loadOnnxClassifier(classifier as OnnxClassifier<Example>);
  opened.push(loaded);
  return loaded;
}

const pair = defineOnnxClassifier({
  artifact: fixture('dense.onnx'),
  inputs: { x: dense(2) },
  features([a, b]: readonly [number, number], { x }) {
    if (a < 0) return false;
    if (a > 100) throw new Error('too much');
    x[0] = a;
    x[1] = b;
    return true;
  },
});

const words = defineOnnxClassifier({
  artifact: fixture('bag.onnx'),
  inputs: { ids: bag(3, { weighted: true }) },
  features(ids: readonly number[], targets) {
    for (const id of ids) targets.ids.add(id, 0.5);
  },
});

const broken = (artifact: string, inputs = { x: dense(2) }, output = 'score'): Promise<unknown> =>
  load(defineOnnxClassifier({ artifact: fixture(artifact), inputs, output, features: () => {} }));

describe('loadOnnxClassifier', () => {
  // dense.onnx: x · [1, 10] + 0.5
  it('scores dense rows', async () => {
    const column = await (
      await load(pair)
    ).score(
      [
        [1, 2],
        [3, 0],
      ],
      context,
    );
    expect([...column.scores]).toEqual([21.5, 3.5]);
    expect([...column.status]).toEqual([0, 0]);
  });

  it('abstains where the feature function returns false, and fails where it throws, without touching the others', async () => {
    const column = await (
      await load(pair)
    ).score(
      [
        [-1, 0],
        [1, 2],
        [101, 0],
        [3, 0],
      ],
      context,
    );
    expect([...column.scores]).toEqual([Number.NaN, 21.5, Number.NaN, 3.5]);
    expect([...column.status]).toEqual([1, 0, 2, 0]);
    expect(column.reasons.get(2)).toEqual({ code: 'MEMBER_FEATURES_THREW', message: 'too much' });
  });

  // bag.onnx: Σ weight · [0, 1, 2, 4, 8][id] + 1
  it('scores bags of ids, none included, and drops the ids beyond the bound', async () => {
    const column = await (await load(words)).score([[3, 4], [], [1, 1, 1, 4]], context);
    expect([...column.scores]).toEqual([7, 1, 2.5]);
  });

  it('gives an example in a batch the very score that it gets alone', async () => {
    const loaded = await load(words);
    const examples = Array.from({ length: 50 }, (_, i) => [i % 5, (i * 3) % 5]);
    const batch = await loaded.score(examples, context);
    const alone = await Promise.all(
      examples.map(async (example) => (await loaded.score([example], context)).scores[0]),
    );
    expect([...batch.scores]).toEqual(alone);
  });

  it('scores named string and number columns', async () => {
    const classifier = defineOnnxClassifier({
      artifact: fixture('columns.onnx'),
      inputs: { kind: string(), amount: number() },
      features(bill: { kind: string; amount: number }, { kind, amount }) {
        kind.set(bill.kind);
        amount.set(bill.amount);
      },
    });
    const column = await (
      await load(classifier)
    ).score(
      [
        { kind: 'invoice', amount: 2 },
        { kind: 'letter', amount: 3 },
      ],
      context,
    );
    expect([...column.scores]).toEqual([3, 3]);
  });

  it('fails an example whose score is not a number', async () => {
    const classifier = defineOnnxClassifier({
      artifact: fixture('logarithm.onnx'),
      inputs: { x: dense(1) },
      features: (value: number, { x }) => void (x[0] = value),
    });
    const column = await (await load(classifier)).score([1, -1], context);
    expect([...column.scores]).toEqual([0, Number.NaN]);
    expect(column.reasons.get(1)?.code).toBe('MEMBER_SCORE_NOT_FINITE');
  });

  it('scores no examples as no scores, without a run', async () => {
    expect((await (await load(pair)).score([], context)).scores).toHaveLength(0);
  });

  it('closes twice', async () => {
    const loaded = await loadOnnxClassifier(pair);
    await loaded.close();
    await expect(loaded.close()).resolves.toBeUndefined();
  });

  it('refuses an artifact that is not there, naming the file', async () => {
    await expect(broken('nowhere.onnx')).rejects.toMatchObject({
      code: 'ONNX_ARTIFACT_MISSING',
      message: expect.stringContaining('nowhere.onnx'),
    });
  });

  it('refuses an artifact that is not a graph', async () => {
    await expect(broken('make_fixtures.py')).rejects.toMatchObject({ code: 'ONNX_ARTIFACT_INVALID' });
  });

  it('refuses a graph of another width, saying what was found and wanted', async () => {
    const error: unknown = await broken('dense.onnx', { x: dense(3) }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ONNX_INPUT_MISMATCH' });
    expect(String(error)).toContain('"x": found float32 [n, 2], wanted float32 [n, 3]');
  });

  it('refuses a graph whose inputs have other names', async () => {
    const error: unknown = await load(
      defineOnnxClassifier({ artifact: fixture('dense.onnx'), inputs: { y: dense(2) }, features: () => {} }),
    ).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('"y": found nothing');
    expect(String(error)).toContain('"x": the graph takes float32 [n, 2], the package declares no such input');
  });

  it('refuses an output of another name and one with two scores per example', async () => {
    await expect(broken('dense.onnx', undefined, 'logit')).rejects.toMatchObject({ code: 'ONNX_OUTPUT_MISMATCH' });
    await expect(broken('two-scores.onnx')).rejects.toMatchObject({ code: 'ONNX_OUTPUT_MISMATCH' });
  });
});
