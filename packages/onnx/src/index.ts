export { ONNX_ERRORS, OnnxError } from './errors.ts';
export { buildFeatures } from './features.ts';
export { loadOnnxClassifier } from './load-onnx-classifier.ts';

export type { BagFeatures } from './bag-features.ts';
export type { OnnxErrorCode } from './errors.ts';
export type { DenseFeatures, FeatureBatch, InputFeatures, NumberFeatures, StringFeatures } from './features.ts';
export type { LoadOnnxClassifierOptions } from './load-onnx-classifier.ts';
