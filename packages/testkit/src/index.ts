export { describeClassifier } from './describe-classifier.ts';

export type { ConformanceFact, DescribeClassifierOptions } from './describe-classifier.ts';
