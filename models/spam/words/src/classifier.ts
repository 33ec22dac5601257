import { type BagInput, type OnnxClassifier, bag, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';
import { MAX_WORDS, writeWords } from './features.ts';

/** Spam by the words of subject and body: a logistic regression over hashed words. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { words: BagInput }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { words: bag(MAX_WORDS, { weighted: true }) },
  features: (mail, { words }) => writeWords(mail, words),
});
