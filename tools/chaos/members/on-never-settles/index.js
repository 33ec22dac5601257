// Sound, but for its encoder: never settles.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-never-settles';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
