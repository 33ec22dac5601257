export { describeClassifier } from './describe-classifier.ts';
export { describeEncoder } from './describe-encoder.ts';

export type { ConformanceFact, DescribeClassifierOptions } from './describe-classifier.ts';
export type { DescribeEncoderOptions, EncoderFact } from './describe-encoder.ts';
export type { EncoderParity } from './encoder-parity.ts';
