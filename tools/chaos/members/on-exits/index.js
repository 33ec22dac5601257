// Sound, but for its encoder: ends its process when it encodes.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-exits';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
