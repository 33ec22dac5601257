import { readFile } from 'node:fs/promises';
import { type OnnxEncoder, type OnnxEncoderDefinition, defineOnnxEncoder } from '@clamor/contract';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadEncoder } from './load-encoder.ts';
import { type LoadedOnnxEncoder, loadOnnxEncoder } from './load-onnx-encoder.ts';

const fixture = (name: string): URL => new URL(`../test/fixtures/${name}`, import.meta.url);
const context = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };

// encoder.onnx: the mean of [id, 1] over the tokens. Ids: [CLS] 2, [SEP] 3, hello 4, world 5, ##s 6, ! 7, [UNK] 1.
const define = (definition: Partial<OnnxEncoderDefinition> = {}): OnnxEncoder =>
  defineOnnxEncoder({
    artifact: fixture('encoder.onnx'),
    tokenizer: fixture('tokenizer.json'),
    width: 2,
    maxTokens: 8,
    maxCharacters: 100,
    ...definition,
  });

const opened: LoadedOnnxEncoder[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const encoder of opened.splice(0)) await encoder.close();
});

async function load(definition?: Partial<OnnxEncoderDefinition>): Promise<LoadedOnnxEncoder> {
  const loaded = await loadOnnxEncoder(define(definition));
  opened.push(loaded);
  return loaded;
}

async function loadFault(definition: Partial<OnnxEncoderDefinition>): Promise<unknown> {
  return load(definition).catch((error: unknown) => (error as { code?: unknown }).code);
}

async function rows(texts: readonly string[], encoder?: LoadedOnnxEncoder): Promise<number[][]> {
  const result = await (encoder ?? (await load())).encode(texts, context);
  expect([...result.reasons]).toEqual([]);
  return texts.map((_, i) => [...result.rows.subarray(2 * i, 2 * i + 2)]);
}

const texts = fc.array(fc.string({ unit: fc.constantFrom('hello', 'world', 's', '!', ' ', 'x'), maxLength: 9 }));

describe('loadOnnxEncoder', () => {
  it('gives each text the row of its tokens, an empty one included', async () => {
    // 2 4 5 6 7 3, and 2 3, and 2 1 3
    expect(await rows(['Hello worlds!', '', '?'])).toEqual([
      [4.5, 1],
      [2.5, 1],
      [2, 1],
    ]);
  });

  it('encodes no texts as no rows', async () => {
    expect(await rows([])).toEqual([]);
  });

  it('gives a text the same bits alone, in a batch and in any order (property)', async () => {
    const encoder = await load();
    await fc.assert(
      fc.asyncProperty(texts, async (batch) => {
        const together = await rows(batch, encoder);
        expect((await rows(batch.toReversed(), encoder)).toReversed()).toEqual(together);
        for (const [i, text] of batch.entries()) expect(await rows([text], encoder)).toEqual([together[i]]);
      }),
      { numRuns: 25 },
    );
  });

  it('feeds a graph exactly the tokens of each text: no padding', async () => {
    const create = vi.spyOn(InferenceSession, 'create');
    const encoder = await load();
    const run = vi.spyOn((await create.mock.results[0]?.value) as InferenceSession, 'run');
    await rows(['Hello worlds!', '', 'hello '.repeat(10)], encoder);
    expect(run.mock.calls.map(([feeds]) => (feeds['input_ids'] as Tensor).dims)).toEqual([
      [1, 6],
      [1, 2],
      [1, 8],
    ]);
  });

  it('feeds a mask of ones and types of zeros to a graph that takes them', async () => {
    expect(await rows(['Hello worlds!'], await load({ artifact: fixture('encoder-three-inputs.onnx') }))).toEqual([
      [4.5, 1],
    ]);
  });

  it('fails the texts that the deadline or an abort leaves no time for, and keeps the rows that were done', async () => {
    const encoder = await load();
    const clock = vi.spyOn(Date, 'now').mockReturnValueOnce(0).mockReturnValueOnce(9).mockReturnValue(10);
    const late = await encoder.encode(['hello', 'hello', 'hello'], { signal: context.signal, deadline: 10 });
    clock.mockRestore();
    expect(late).toEqual({
      rows: Float32Array.of(3, 1, 3, 1, 0, 0),
      reasons: new Map([[2, { code: 'ENCODER_DEADLINE', message: 'The deadline passed after 2 of 3 texts.' }]]),
    });
    const aborted = await encoder.encode(['hello'], { signal: AbortSignal.abort(), deadline: Infinity });
    expect(aborted).toMatchObject({
      reasons: new Map([[0, { code: 'ENCODER_DEADLINE', message: 'The call was aborted after 0 of 1 texts.' }]]),
    });
  });

  it('fails a text whose run fails, and no other', async () => {
    // The table has 8 rows; a ninth token is one too many for it.
    const tokenizer = JSON.parse(await readFile(fixture('tokenizer.json'), 'utf8'));
    tokenizer.model.vocab['beyond'] = 8;
    const encoder = await loadEncoder(define(), { tokenizer: new TextEncoder().encode(JSON.stringify(tokenizer)) });
    const result = await encoder.encode(['hello', 'beyond', 'hello'], context);
    expect([...result.reasons].map(([i, { code }]) => [i, code])).toEqual([[1, 'ENCODER_FAILED']]);
    expect([...result.rows]).toEqual([3, 1, 0, 0, 3, 1]);
    await encoder.close();
  });

  it('tells the ids that a text is read as', async () => {
    expect((await load()).tokenIds('Hello worlds!')).toEqual([2, 4, 5, 6, 7, 3]);
  });

  it('closes twice', async () => {
    const encoder = await loadOnnxEncoder(define());
    await encoder.close();
    await expect(encoder.close()).resolves.toBeUndefined();
  });

  it('refuses files that are not there and files that are something else', async () => {
    expect(await loadFault({ artifact: fixture('nowhere.onnx') })).toBe('ONNX_ARTIFACT_MISSING');
    expect(await loadFault({ tokenizer: fixture('nowhere.json') })).toBe('ONNX_TOKENIZER_MISSING');
    expect(await loadFault({ tokenizer: fixture('dense.onnx') })).toBe('ONNX_TOKENIZER_INVALID');
    expect(await loadFault({ maxTokens: 2 })).toBe('ONNX_TOKENIZER_INVALID');
    expect(await loadFault({ artifact: fixture('tokenizer.json') })).toBe('ONNX_ARTIFACT_INVALID');
    expect(await loadFault({ artifact: fixture('dense.onnx') })).toBe('ONNX_INPUT_MISMATCH');
    expect(await loadFault({ width: 3 })).toBe('ONNX_OUTPUT_MISMATCH');
    expect(await loadFault({ output: 'rows' })).toBe('ONNX_OUTPUT_MISMATCH');
  });
});
