import { CONTRACT_VERSION } from './contract-version.ts';
import type { CallContext } from './classifier.ts';
import { ContractError } from './errors.ts';
import type { FailureReason } from './score-column.ts';

/** Rows for a batch of n texts. */
export interface EncodeResult {
  /** Shape [n, width], row by row, float32. The row of a text with a reason is not used. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** Index of a text that has no row → why. */
  readonly reasons: ReadonlyMap<number, FailureReason>;
}

/** An encoder that is ready to run. */
export interface LoadedEncoder {
  /**
   * Encodes a batch of texts.
   *
   * The row of a text never depends on its batch, the order, the clock or earlier calls: not in one bit. A text that
   * cannot be encoded, or not before the deadline, has a reason instead of a row; it fails each member that needs it.
   *
   * @param texts - Shape [n], n may be 0.
   * @returns Shape [n, width], row by row, finite; or the rows with the reasons of the texts that have none.
   */
  encode(
    texts: readonly string[],
    context: CallContext,
  ): Float32Array<ArrayBuffer> | EncodeResult | Promise<Float32Array<ArrayBuffer> | EncodeResult>;
  /** May be called twice. */
  close(): void | Promise<void>;
}

/** An encoder in plain code, or a call to a service. */
export interface PlainEncoder {
  readonly kind: 'encoder';
  readonly form: 'plain';
  readonly contract: number;
  /** Columns of a row. */
  readonly width: number;
  load(): LoadedEncoder | Promise<LoadedEncoder>;
}

/** An encoder as data: a graph over token ids and a tokenizer. Only `@clamor/onnx` loads an engine. */
export interface OnnxEncoder {
  readonly kind: 'encoder';
  readonly form: 'onnx';
  readonly contract: number;
  /**
   * The graph. Its inputs are `input_ids` int64 [b, t] and, if it has them, `attention_mask` (all ones) and
   * `token_type_ids` (all zeros) of the same shape: only texts of equal length run together, so nothing is padded.
   */
  readonly artifact: URL;
  /** A `tokenizer.json` of Hugging Face's tokenizers. */
  readonly tokenizer: URL;
  /** Columns of a row. */
  readonly width: number;
  /** Tokens of a text that are read, the special ones counted. */
  readonly maxTokens: number;
  /** Characters (UTF-16 units) of a text that are read, before it is cut into tokens. */
  readonly maxCharacters: number;
  /** Name of the graph output that holds the rows: float32 [b, width]. */
  readonly output: string;
}

/** Shared heavy work: runs once per text for all members that read it. */
export type Encoder = OnnxEncoder | PlainEncoder;

/** What {@link defineEncoder} takes. */
export type EncoderDefinition = Pick<PlainEncoder, 'width' | 'load'>;

/**
 * Declares an encoder in plain code; a package exports it as `encoder`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * defineEncoder({ width: 1, load: () => ({ encode: (texts) => Float32Array.from(texts, (t) => t.length), close() {} }) })
 */
export function defineEncoder(definition: EncoderDefinition): PlainEncoder {
  if (typeof definition?.load !== 'function' || !isCount(definition.width)) {
    throw new ContractError(
      'CONTRACT_DEFINITION_INVALID',
      `defineEncoder takes { width, load } with width an integer of at least 1; width is ${definition?.width}, load is a ${typeof definition?.load}.`,
    );
  }
  const { width, load } = definition;
  return Object.freeze({ kind: 'encoder', form: 'plain', contract: CONTRACT_VERSION, width, load });
}

/** What {@link defineOnnxEncoder} takes. */
export interface OnnxEncoderDefinition {
  /** `new URL('../assets/model.onnx', import.meta.url)`: right from src/ and from dist/. */
  readonly artifact: URL;
  /** `new URL('../assets/tokenizer.json', import.meta.url)`. */
  readonly tokenizer: URL;
  readonly width: number;
  /** Integer ≥ 2. */
  readonly maxTokens: number;
  /** Integer ≥ 1. Choose it so that it cuts no text that has fewer than `maxTokens` tokens; it bounds hostile ones. */
  readonly maxCharacters: number;
  /** Default `embedding`. */
  readonly output?: string;
}

/**
 * Declares an encoder as data; a package exports it as `encoder`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * defineOnnxEncoder({
 *   artifact: new URL('file:///model.onnx'),
 *   tokenizer: new URL('file:///tokenizer.json'),
 *   width: 384,
 *   maxTokens: 256,
 *   maxCharacters: 8192,
 * }).output // 'embedding'
 */
export function defineOnnxEncoder(definition: OnnxEncoderDefinition): OnnxEncoder {
  const faults = onnxFaults(definition);
  if (faults.length > 0) {
    throw new ContractError('CONTRACT_DEFINITION_INVALID', `defineOnnxEncoder: ${faults.join(' ')}`);
  }
  const { artifact, tokenizer, width, maxTokens, maxCharacters, output = 'embedding' } = definition;
  return Object.freeze({
    kind: 'encoder',
    form: 'onnx',
    contract: CONTRACT_VERSION,
    artifact,
    tokenizer,
    width,
    maxTokens,
    maxCharacters,
    output,
  });
}

function onnxFaults(definition: OnnxEncoderDefinition): string[] {
  const faults: string[] = [];
  for (const [name, file] of [
    ['artifact', 'model.onnx'],
    ['tokenizer', 'tokenizer.json'],
  ] as const) {
    if (definition?.[name] instanceof URL) continue;
    faults.push(`${name} must be a URL: new URL('../assets/${file}', import.meta.url).`);
  }
  for (const [name, least] of [
    ['width', 1],
    ['maxTokens', 2],
    ['maxCharacters', 1],
  ] as const) {
    if (isCount(definition?.[name], least)) continue;
    faults.push(`${name} is ${definition?.[name]}; it must be an integer of at least ${least}.`);
  }
  return faults;
}

function isCount(value: unknown, least = 1): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
