import { type BagInput, type OnnxClassifier, bag, defineOnnxClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';
import { MAX_TOKENS, writeTokens } from './features.ts';

/** Spam by the sender's headers, the Message-ID and the oldest Received lines: a logistic regression over hashed tokens. Abstains on mail without any. */
export const classifier: OnnxClassifier<Mail> = defineOnnxClassifier<Mail, { tokens: BagInput }>({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  inputs: { tokens: bag(MAX_TOKENS, { weighted: true }) },
  features: (mail, { tokens }) => writeTokens(mail, tokens),
});
