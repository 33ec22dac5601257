import { type BagInput, type OnnxClassifier, bag, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';
import { MAX_TERMS, writeTerms } from './features.ts';

/** Offers of mortgages, loans and debt relief: a logistic regression over hashed words and pairs of words. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { terms: BagInput }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { terms: bag(MAX_TERMS, { weighted: true }) },
  features: (mail, { terms }) => writeTerms(mail, terms),
});
