// Sound, but for its encoder: loops for ever when it encodes.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-loops';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
