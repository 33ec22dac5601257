// Sound, but for its encoder: never settles in load.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-hangs-in-load';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
