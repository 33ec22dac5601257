import {
  type CallContext,
  type EncodeResult,
  type Encoder,
  type FailureReason,
  type OnnxClassifier,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { thrownReason } from './encoder-result.ts';

/** What an encoder gave for one example: its row, shape [width]; why it has none; or `null`, the member abstains. */
export type EncodedRow = Float32Array | FailureReason | null;

/** Shape [n] per encoded input, by name. */
export type EncodedRows = { readonly [input: string]: readonly EncodedRow[] };

/** What an encoder is asked for on behalf of one input of a member. */
export interface InputEncoding {
  readonly input: string;
  readonly encoder: Encoder;
  /** Shape [n]: the text of each example, `null` where the member abstains or its text function failed. */
  readonly texts: readonly (string | null)[];
  /** Index of an example whose text function failed → why. */
  readonly reasons: ReadonlyMap<number, FailureReason>;
}

/**
 * Encodes texts for members: by the runtime, which has one copy of an encoder for all of them and remembers rows.
 *
 * @param texts - Shape [n].
 * @returns Rows [n, width]. A rejection fails all n texts.
 */
export type EncodeTexts = (
  encoder: Encoder,
  texts: readonly string[],
  context: CallContext,
) => Promise<EncodeResult> | EncodeResult;

/**
 * The texts that a member wants encoded: runs its text functions, nothing else.
 *
 * @param examples - Shape [n].
 * @returns One entry per encoded input, none for a member without an encoder. A text function that throws fails its
 * example only, with code `MEMBER_FEATURES_THREW` (or the thrown code).
 * @example
 * const encoder = defineEncoder({ width: 1, load: () => ({ encode: () => Float32Array.of(), close() {} }) });
 * inputEncodings({ inputs: { text: encoded(encoder, (mail: { text: string }) => mail.text) } }, [{ text: 'Hi' }])[0].texts
 * // ['Hi']
 */
export function inputEncodings<Example>(
  classifier: Pick<OnnxClassifier<Example>, 'inputs'>,
  examples: readonly Example[],
): InputEncoding[] {
  return Object.entries(classifier.inputs).flatMap(([input, spec]) => {
    if (spec.kind !== 'encoded') return [];
    const reasons = new Map<number, FailureReason>();
    const texts = examples.map((example, i) => {
      try {
        return asText(spec.text(example), input);
      } catch (error) {
        reasons.set(i, { code: errorCode(error) ?? 'MEMBER_FEATURES_THREW', message: errorMessage(error) });
        return null;
      }
    });
    return [{ input, encoder: spec.encoder, texts, reasons }];
  });
}

/**
 * The rows for the texts of a member's inputs; what fails is a reason, never a rejection.
 *
 * @returns By input, shape [n]; see {@link EncodedRow}.
 */
export async function encodeInputs(
  encodings: readonly InputEncoding[],
  encode: EncodeTexts,
  context: CallContext,
): Promise<EncodedRows> {
  const rows: { [input: string]: readonly EncodedRow[] } = {};
  for (const encoding of encodings) rows[encoding.input] = await encodeInput(encoding, encode, context);
  return rows;
}

async function encodeInput(
  { encoder, texts, reasons }: InputEncoding,
  encode: EncodeTexts,
  context: CallContext,
): Promise<EncodedRow[]> {
  const wanted = texts.filter((text) => text !== null);
  const rowAt = wanted.length === 0 ? () => null : await answer(encoder, wanted, encode, context);
  let next = 0;
  return texts.map((text, i) => (text === null ? (reasons.get(i) ?? null) : rowAt(next++)));
}

async function answer(
  encoder: Encoder,
  texts: readonly string[],
  encode: EncodeTexts,
  context: CallContext,
): Promise<(index: number) => EncodedRow> {
  try {
    const { rows, reasons } = await encode(encoder, texts, context);
    return (i) => reasons.get(i) ?? rows.subarray(i * encoder.width, (i + 1) * encoder.width);
  } catch (error) {
    const reason = thrownReason(error);
    return () => reason;
  }
}

function asText(value: unknown, input: string): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new TypeError(`The text function of input "${input}" returned ${typeof value}; it returns a text or null.`);
}
