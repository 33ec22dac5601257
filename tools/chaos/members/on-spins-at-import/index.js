// Sound, but for its encoder: loops for ever when it is imported.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-spins-at-import';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
