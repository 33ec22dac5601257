import { ClamorError } from '@clamor/contract';

/** The codes this package throws, each with the situation it names. */
export const ONNX_ERRORS = {
  ONNX_ARTIFACT_MISSING: 'The artifact cannot be read.',
  ONNX_ARTIFACT_INVALID: 'The bytes of the artifact are not a graph that onnxruntime can run.',
  ONNX_INPUT_MISMATCH: 'The inputs that the member declares are not those of its graph.',
  ONNX_OUTPUT_MISMATCH:
    'The graph has no score output of the declared name and shape, or gave another number of scores.',
  ONNX_ENCODED_UNSUPPORTED: 'An encoded input was asked for where no encoder step runs.',
} as const;

/** A code of {@link ONNX_ERRORS}. */
export type OnnxErrorCode = keyof typeof ONNX_ERRORS;

/** An error thrown by this package. */
export class OnnxError extends ClamorError<OnnxErrorCode> {}
