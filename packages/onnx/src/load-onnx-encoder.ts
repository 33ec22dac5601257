import type { CallContext, EncodeResult, FailureReason, LoadedEncoder, OnnxEncoder } from '@clamor/contract';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { thrownReason } from './encoder-result.ts';
import { OnnxError } from './errors.ts';
import type { GraphInput } from './graph-inputs.ts';
import { readAsset } from './read-asset.ts';
import { openSession } from './session.ts';
import { type TextTokenizer, openTokenizer } from './text-tokenizer.ts';

/** Options of {@link loadOnnxEncoder}. */
export interface LoadOnnxEncoderOptions {
  /** The graph's bytes when they were read and checked already; default: read from `encoder.artifact`. */
  readonly artifact?: Uint8Array;
  /** The tokenizer's bytes when they were read and checked already; default: read from `encoder.tokenizer`. */
  readonly tokenizer?: Uint8Array;
}

/** An ONNX encoder that is ready to run. */
export interface LoadedOnnxEncoder extends LoadedEncoder {
  encode(texts: readonly string[], context: CallContext): Promise<EncodeResult>;
  /** The ids that the graph is fed for a text: what to count tokens with, and to compare with another implementation. */
  tokenIds(text: string): readonly number[];
}

const IDS: GraphInput = { name: 'input_ids', type: 'int64', shape: [null, null] };
// What a graph may take besides: for texts that are not padded these say nothing, but some exports ask for them.
const FILLED: { readonly [name: string]: bigint } = { attention_mask: 1n, token_type_ids: 0n };

/**
 * Makes an ONNX encoder ready to run: text → token ids → one `run` per text → row.
 *
 * Every text runs by itself. So nothing is padded, a row cannot depend on its batch, a text that fails is alone with it,
 * and the deadline is looked at between texts: those that it leaves no time for have the reason `ENCODER_DEADLINE`.
 * On one thread a batch would not be faster: the time goes into products of matrices that are as large already.
 *
 * @throws {OnnxError} `ONNX_ARTIFACT_MISSING`, `ONNX_ARTIFACT_INVALID`, `ONNX_INPUT_MISMATCH`, `ONNX_OUTPUT_MISMATCH`,
 * `ONNX_TOKENIZER_MISSING`, `ONNX_TOKENIZER_INVALID`
 * @example
 * // const loaded = await loadOnnxEncoder(encoder);
 * // (await loaded.encode(['Hello'], { signal, deadline })).rows // Float32Array [384]
 */
export async function loadOnnxEncoder(
  encoder: OnnxEncoder,
  options: LoadOnnxEncoderOptions = {},
): Promise<LoadedOnnxEncoder> {
  const tokenize = openTokenizer(options.tokenizer ?? (await readAsset(encoder.tokenizer, 'ONNX_TOKENIZER_MISSING')), {
    maxCharacters: encoder.maxCharacters,
    maxTokens: encoder.maxTokens,
    where: encoder.tokenizer.href,
  });
  const artifact = options.artifact ?? (await readAsset(encoder.artifact, 'ONNX_ARTIFACT_MISSING'));
  const session = await openSession(artifact, {
    inputs: [IDS],
    optional: Object.keys(FILLED).map((name) => ({ ...IDS, name })),
    output: encoder.output,
    width: encoder.width,
    where: encoder.artifact.href,
  });
  let closed = false;
  return {
    encode: (texts, context) =>
      encodeEach(texts, context, { width: encoder.width, row: rowOf(session, tokenize, encoder) }),
    tokenIds: tokenize,
    async close() {
      if (closed) return;
      closed = true;
      await session.release();
    },
  };
}

type RowFunction = (text: string) => Promise<Float32Array>;

function rowOf(
  session: InferenceSession,
  tokenize: TextTokenizer,
  { output, width, artifact }: OnnxEncoder,
): RowFunction {
  const filled = Object.entries(FILLED).filter(([name]) => session.inputNames.includes(name));
  return async (text) => {
    const ids = tokenize(text);
    const dims = [1, ids.length];
    const feeds = { [IDS.name]: new Tensor('int64', BigInt64Array.from(ids, BigInt), dims) };
    for (const [name, value] of filled) {
      feeds[name] = new Tensor('int64', new BigInt64Array(ids.length).fill(value), dims);
    }
    const data = (await session.run(feeds, [output]))[output]?.data;
    if (data instanceof Float32Array && data.length === width) return data;
    throw new OnnxError(
      'ONNX_OUTPUT_MISMATCH',
      `${artifact.href} gave ${data?.length ?? 'no'} numbers for a text; wanted ${width} of float32. Export the artifact again.`,
    );
  };
}

async function encodeEach(
  texts: readonly string[],
  { signal, deadline }: CallContext,
  { width, row }: { readonly width: number; readonly row: RowFunction },
): Promise<EncodeResult> {
  const rows = new Float32Array(texts.length * width);
  const reasons = new Map<number, FailureReason>();
  for (const [i, text] of texts.entries()) {
    if (signal.aborted || Date.now() >= deadline) {
      reasons.set(i, {
        code: 'ENCODER_DEADLINE',
        message: `${signal.aborted ? 'The call was aborted' : 'The deadline passed'} after ${i} of ${texts.length} texts.`,
      });
      continue;
    }
    try {
      rows.set(await row(text), i * width);
    } catch (error) {
      reasons.set(i, thrownReason(error));
    }
  }
  return { rows, reasons };
}
