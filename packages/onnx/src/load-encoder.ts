import type { CallContext, EncodeResult, Encoder } from '@clamor/contract';
import { checkEncodeResult, failedEncodeResult, thrownReason } from './encoder-result.ts';
import { type LoadOnnxEncoderOptions, loadOnnxEncoder } from './load-onnx-encoder.ts';

/** An encoder that is ready to run, and whose answers are checked. */
export interface CheckedEncoder {
  /**
   * Rows [n, width] for n texts, each finite or with a reason. Never rejects: what the encoder throws is the reason of
   * all n texts, its code or `ENCODER_FAILED`.
   */
  encode(texts: readonly string[], context: CallContext): Promise<EncodeResult>;
  /** May be called twice. */
  close(): Promise<void>;
}

/**
 * Makes an encoder ready to run, whatever its form.
 *
 * @param options - Bytes of an ONNX encoder's files when they were read already; plain code takes none.
 * @throws {OnnxError} As `loadOnnxEncoder` does; plain code throws what it throws.
 * @example
 * // const loaded = await loadEncoder(encoder);
 * // const { rows, reasons } = await loaded.encode(['a', 'b'], { signal, deadline });
 */
export async function loadEncoder(encoder: Encoder, options: LoadOnnxEncoderOptions = {}): Promise<CheckedEncoder> {
  const loaded = encoder.form === 'onnx' ? await loadOnnxEncoder(encoder, options) : await encoder.load();
  const { width } = encoder;
  let closed = false;
  return {
    async encode(texts, context) {
      const shape = { count: texts.length, width };
      try {
        return checkEncodeResult(await loaded.encode(texts, context), shape);
      } catch (error) {
        return failedEncodeResult(shape, thrownReason(error));
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await loaded.close();
    },
  };
}
