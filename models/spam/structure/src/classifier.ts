import { type DenseInput, type OnnxClassifier, dense, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';
import { FEATURE_NAMES, writeLayout } from './features.ts';

/** Spam by HTML, MIME and layout counts. Abstains on plain text. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { layout: DenseInput }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { layout: dense(FEATURE_NAMES.length) },
  features: (mail, { layout }) => writeLayout(mail, layout),
});
