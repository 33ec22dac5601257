export { inputEncodings } from './encoded-inputs.ts';
export { checkEncodeResult, failedEncodeResult } from './encoder-result.ts';
export { ONNX_ERRORS, OnnxError } from './errors.ts';
export { buildFeatures } from './features.ts';
export { loadEncoder } from './load-encoder.ts';
export { loadOnnxClassifier } from './load-onnx-classifier.ts';
export { loadOnnxEncoder } from './load-onnx-encoder.ts';

export type { BagFeatures } from './bag-features.ts';
export type { EncodeTexts, EncodedRow, EncodedRows, InputEncoding } from './encoded-inputs.ts';
export type { OnnxErrorCode } from './errors.ts';
export type { FeatureBatch } from './features.ts';
export type { DenseFeatures, InputFeatures, NumberFeatures, StringFeatures } from './input-collectors.ts';
export type { CheckedEncoder } from './load-encoder.ts';
export type { LoadOnnxClassifierOptions, LoadedOnnxClassifier } from './load-onnx-classifier.ts';
export type { LoadOnnxEncoderOptions, LoadedOnnxEncoder } from './load-onnx-encoder.ts';
