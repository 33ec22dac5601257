import type { Encoder } from '@clamor/contract';
import { type CheckedEncoder, type EncodeTexts, loadEncoder } from '@clamor/onnx';

/** Encodes each text once, however often a test scores it; whether rows depend on batches is for the encoder's own tests. */
export interface RememberedEncode {
  readonly encode: EncodeTexts;
  close(): Promise<void>;
}

/** Encoders that are loaded when they are first asked, with the rows that they gave. */
export function createRememberedEncode(): RememberedEncode {
  const encoders = new Map<Encoder, { loaded: Promise<CheckedEncoder>; rows: Map<string, Float32Array> }>();
  return {
    async encode(encoder, texts, context) {
      const known = encoders.get(encoder) ?? { loaded: loadEncoder(encoder), rows: new Map() };
      encoders.set(encoder, known);
      const { width } = encoder;
      const missing = [...new Set(texts)].filter((text) => !known.rows.has(text));
      const fresh = await (await known.loaded).encode(missing, context);
      for (const [i, text] of missing.entries()) {
        if (!fresh.reasons.has(i)) known.rows.set(text, fresh.rows.subarray(i * width, (i + 1) * width));
      }
      const rows = new Float32Array(texts.length * width);
      const reasons = new Map();
      for (const [i, text] of texts.entries()) {
        const row = known.rows.get(text);
        if (row === undefined) reasons.set(i, fresh.reasons.get(missing.indexOf(text)));
        else rows.set(row, i * width);
      }
      return { rows, reasons };
    },
    async close() {
      for (const { loaded } of encoders.values()) await (await loaded).close();
    },
  };
}
