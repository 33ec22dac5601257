// Sound, but for its encoder: throws on every text.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-throws';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
