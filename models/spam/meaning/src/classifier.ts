import { type EncodedInput, type OnnxClassifier, defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from '@clamor/encoder-minilm';
import type { Mail } from '@clamor/spam';
import { readText } from './features.ts';

/** Spam by what its text means: a net of two layers on the embedding of subject and text. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { meaning: EncodedInput<Mail> }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { meaning: encoded(encoder, readText) },
});
