import { type BagInput, type OnnxClassifier, bag, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';
import { MAX_GRAMS, writeGrams } from './features.ts';

/** Spam by the characters of sender and subject: a logistic regression over hashed 2–5-grams. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { grams: BagInput }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { grams: bag(MAX_GRAMS, { weighted: true }) },
  features: (mail, { grams }) => writeGrams(mail, grams),
});
