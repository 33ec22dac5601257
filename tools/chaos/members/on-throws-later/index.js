// Sound, but for its encoder: answers, and throws from a timer.
import { defineOnnxClassifier, encoded } from '@clamor/contract';
import { encoder } from 'enc-throws-later';

export const classifier = defineOnnxClassifier({
  artifact: new URL('assets/model.onnx', import.meta.url),
  inputs: { x: encoded(encoder, (text) => String(text)) },
  features: () => {},
});
