import type { Encoder, OnnxClassifier } from '@clamor/contract';
import type { EncodeTexts } from './encoded-inputs.ts';
import { type CheckedEncoder, loadEncoder } from './load-encoder.ts';

/** A classifier's own copies of its encoders, for tests and recipes: where no runtime shares one among members. */
export interface OwnEncoders {
  readonly encode: EncodeTexts;
  close(): Promise<void>;
}

/** Loads every encoder that the classifier reads, each once. */
export async function loadOwnEncoders(classifier: Pick<OnnxClassifier<never>, 'inputs'>): Promise<OwnEncoders> {
  const loaded = new Map<Encoder, CheckedEncoder>();
  const close = async (): Promise<void> => {
    for (const encoder of loaded.values()) await encoder.close();
  };
  try {
    for (const spec of Object.values(classifier.inputs)) {
      if (spec.kind !== 'encoded' || loaded.has(spec.encoder)) continue;
      loaded.set(spec.encoder, await loadEncoder(spec.encoder));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async encode(encoder, texts, context) {
      const own = loaded.get(encoder);
      if (own === undefined)
        throw new Error('INTERNAL_ENCODER: an encoder was asked that the classifier does not name.');
      return own.encode(texts, context);
    },
  };
}
