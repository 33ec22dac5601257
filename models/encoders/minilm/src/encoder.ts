import { defineOnnxEncoder } from '@clamor/contract';

/**
 * all-MiniLM-L6-v2: what a text means, as a row of 384 numbers of length 1. The dot product of two rows says how close
 * the texts are, from −1 to 1.
 */
export const encoder = defineOnnxEncoder({
  artifact: new URL('../assets/model.onnx', import.meta.url),
  tokenizer: new URL('../assets/tokenizer.json', import.meta.url),
  width: 384,
  maxTokens: 256,
  maxCharacters: 4096,
});
