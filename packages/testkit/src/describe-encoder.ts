import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type ArtifactRecord,
  CONTRACT_VERSION,
  type CallContext,
  type EncodeResult,
  type Encoder,
  type EncoderRecord,
  type LoadedEncoder,
} from '@clamor/contract';
import { checkEncodeResult, loadOnnxEncoder } from '@clamor/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cosine, readParity } from './encoder-parity.ts';
import { ENCODER_TEXTS, HOSTILE_TEXTS } from './hostile-inputs.ts';

/** What every encoder must be true to. */
export type EncoderFact =
  | 'is an encoder of this contract'
  | 'has the files and bounds of its record'
  | 'gives finite rows of its width'
  | 'gives rows of length 1 if its record says so'
  | 'gives the same bits twice'
  | 'encodes a batch as it encodes one by one, bit for bit'
  | 'does not depend on the order'
  | 'takes an empty batch'
  | 'survives huge and garbage texts'
  | 'reads texts as the original does'
  | 'gives the rows of the original'
  | 'closes twice';

/** Options of {@link describeEncoder}. */
export interface DescribeEncoderOptions {
  /** The encoder's assets: `new URL('../assets/', import.meta.url)`. */
  readonly assets: URL;
  /** Texts to encode, beside the built-in ones. */
  readonly texts?: readonly string[];
  /** What the model that the artifact was made from gave, and how near a row must be to it. */
  readonly parity?: {
    /** A JSON file as `EncoderParity` describes. */
    readonly file: URL;
    /** Cosine in [−1, 1] that every text must reach. */
    readonly minCosine: number;
  };
  /** Facts that cannot hold for this encoder, each with the reason; printed with the skipped test. */
  readonly skip?: { readonly [Fact in EncoderFact]?: string };
}

const TIMEOUT_MS = 120_000;

/**
 * The conformance suite of an encoder: call it once in the encoder's tests.
 *
 * @example
 * // describeEncoder(encoder, { assets: new URL('../assets/', import.meta.url) });
 */
export function describeEncoder(encoder: Encoder, options: DescribeEncoderOptions): void {
  const record = JSON.parse(readFileSync(new URL('record.json', options.assets), 'utf8')) as EncoderRecord;
  const texts = [...ENCODER_TEXTS, ...(options.texts ?? [])];
  let loaded: LoadedEncoder;
  let first: EncodeResult;
  const fact = (name: EncoderFact, check: () => unknown): void => {
    const reason = options.skip?.[name];
    // oxlint-disable-next-line vitest/expect-expect -- the check that is passed in expects
    if (reason === undefined) it(name, async () => void (await check()), TIMEOUT_MS);
    // oxlint-disable-next-line vitest/no-disabled-tests -- the encoder's owner gave the reason, and it is printed
    else it.skip(`${name} (skipped: ${reason})`, () => {});
  };
  const load = async (): Promise<LoadedEncoder> =>
    encoder.form === 'onnx' ? loadOnnxEncoder(encoder) : encoder.load();
  const encode = async (batch: readonly string[]): Promise<EncodeResult> =>
    checkEncodeResult(await loaded.encode(batch, context()), { count: batch.length, width: encoder.width });
  const rowAt = ({ rows }: EncodeResult, i: number): Float32Array =>
    rows.subarray(i * encoder.width, (i + 1) * encoder.width);

  describe('describeEncoder', () => {
    beforeAll(async () => {
      loaded = await load();
      first = await encode(texts);
    }, TIMEOUT_MS);
    afterAll(async () => loaded?.close());

    fact('is an encoder of this contract', () => {
      expect(encoder.kind).toBe('encoder');
      expect(encoder.contract).toBe(CONTRACT_VERSION);
    });
    fact('has the files and bounds of its record', () => {
      const data = encoder.form === 'onnx';
      expect(record).toMatchObject({
        width: encoder.width,
        maxTokens: data ? encoder.maxTokens : null,
        maxCharacters: data ? encoder.maxCharacters : null,
        output: data ? encoder.output : null,
      });
      expectFile(record.artifact, data ? encoder.artifact : null, options.assets);
      expectFile(record.tokenizer, data ? encoder.tokenizer : null, options.assets);
    });
    fact('gives finite rows of its width', () => {
      expect([...first.reasons]).toEqual([]);
      expect(first.rows).toHaveLength(texts.length * encoder.width);
    });
    fact('gives rows of length 1 if its record says so', () => {
      const lengths = texts.map((_, i) => Math.hypot(...rowAt(first, i)));
      expect(lengths.every((length) => Math.abs(length - 1) < 1e-5)).toBe(record.normalised);
    });
    fact('gives the same bits twice', async () => {
      expect(bits((await encode(texts)).rows)).toEqual(bits(first.rows));
    });
    fact('encodes a batch as it encodes one by one, bit for bit', async () => {
      const many = await encode([...texts, ...texts]);
      for (const [i, text] of texts.entries()) {
        const alone = bits((await encode([text])).rows);
        for (const place of [i, texts.length + i]) expect(bits(rowAt(many, place)), text.slice(0, 40)).toEqual(alone);
      }
    });
    fact('does not depend on the order', async () => {
      const turned = await encode(texts.toReversed());
      for (const i of texts.keys()) {
        expect(bits(rowAt(turned, texts.length - 1 - i))).toEqual(bits(rowAt(first, i)));
      }
    });
    fact('takes an empty batch', async () => {
      const answer = await loaded.encode([], context());
      expect(answer instanceof Float32Array ? answer : answer.rows).toEqual(new Float32Array(0));
    });
    fact('survives huge and garbage texts', async () => {
      const { rows, reasons } = await encode(HOSTILE_TEXTS);
      expect([...reasons]).toEqual([]);
      expect(rows).toHaveLength(HOSTILE_TEXTS.length * encoder.width);
    });
    if (options.parity !== undefined) describeParity(encoder, options.parity, { fact, encode, rowAt });
    fact('closes twice', async () => {
      const another = await load();
      await another.close();
      await another.close();
    });
  });
}

interface ParityTools {
  readonly fact: (name: EncoderFact, check: () => unknown) => void;
  readonly encode: (texts: readonly string[]) => Promise<EncodeResult>;
  readonly rowAt: (result: EncodeResult, i: number) => Float32Array;
}

function describeParity(
  encoder: Encoder,
  { file, minCosine }: NonNullable<DescribeEncoderOptions['parity']>,
  { fact, encode, rowAt }: ParityTools,
): void {
  const cases = readParity(file);
  if (encoder.form === 'onnx') {
    fact('reads texts as the original does', async () => {
      const reader = await loadOnnxEncoder(encoder);
      for (const { text, ids } of cases) expect(reader.tokenIds(text), text.slice(0, 40)).toEqual(ids);
      await reader.close();
    });
  }
  fact('gives the rows of the original', async () => {
    const result = await encode(cases.map(({ text }) => text));
    const cosines = cases.map(({ row }, i) => cosine(row, rowAt(result, i)));
    const worst = cosines.indexOf(Math.min(...cosines));
    const [text, reached] = [cases[worst]?.text.slice(0, 40), cosines[worst] ?? 0];
    expect(reached, `${JSON.stringify(text)} is the farthest of ${cases.length} texts`).toBeGreaterThanOrEqual(
      minCosine,
    );
  });
}

function context(): CallContext {
  return { signal: new AbortController().signal, deadline: Date.now() + TIMEOUT_MS };
}

/** The bits of float32 numbers: 0 and −0 are two, and NaN is itself. */
function bits(numbers: Float32Array): number[] {
  return [...new Uint32Array(Float32Array.from(numbers).buffer)];
}

function expectFile(wanted: ArtifactRecord | null, found: URL | null, assets: URL): void {
  expect(found?.href ?? null).toBe(wanted === null ? null : new URL(wanted.file, assets).href);
  if (wanted === null) return;
  const bytes = readFileSync(new URL(wanted.file, assets));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(wanted.sha256);
  expect(bytes.byteLength).toBe(wanted.sizeBytes);
}
