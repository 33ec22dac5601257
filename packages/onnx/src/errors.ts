import { ClamorError } from '@clamor/contract';

/** The codes this package throws, each with the situation it names. */
export const ONNX_ERRORS = {
  ONNX_ARTIFACT_MISSING: 'The artifact cannot be read.',
  ONNX_ARTIFACT_INVALID: 'The bytes of the artifact are not a graph that onnxruntime can run.',
  ONNX_INPUT_MISMATCH: 'The inputs that the package declares are not those of its graph.',
  ONNX_OUTPUT_MISMATCH: 'The graph has no output of the declared name and shape, or gave another number of scores.',
  ONNX_ENCODED_MISSING: 'The features of a member on an encoder were asked for without the rows of the encoder.',
  ONNX_TOKENIZER_MISSING: 'The tokenizer of an encoder cannot be read.',
  ONNX_TOKENIZER_INVALID: 'The tokenizer of an encoder is not a tokenizer.json that can be used.',
} as const;

/** A code of {@link ONNX_ERRORS}. */
export type OnnxErrorCode = keyof typeof ONNX_ERRORS;

/** An error thrown by this package. */
export class OnnxError extends ClamorError<OnnxErrorCode> {}
