// Sound, but for its encoder: gives one row, whatever it is asked for.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-wrong-length';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
