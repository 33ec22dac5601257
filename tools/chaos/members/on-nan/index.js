// Sound, but for its encoder: gives NaN and calls it a row.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-nan';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
