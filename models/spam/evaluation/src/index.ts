export { readGrowthOrder } from './artifacts.ts';
export { spamExamples } from './dataset.ts';
export { DATASET_ERRORS, DatasetError } from './errors.ts';
export { evaluation } from './evaluation.ts';
export { jointClassifier } from './joint-classifier.ts';
export { spamSplits } from './splits.ts';
export { stackColumn } from './stack-column.ts';

export type { BaselineFit, BaselineFits } from './artifacts.ts';
export type { JointMember } from './joint-classifier.ts';
export type { Stack } from './stack-column.ts';
