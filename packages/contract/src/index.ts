export { CONTRACT_VERSION } from './contract-version.ts';
export { defineClassifier, defineOnnxClassifier } from './classifier.ts';
export { defineEncoder, defineOnnxEncoder } from './encoder.ts';
export { ENCODER_RECORD_SCHEMA } from './encoder-record.ts';
export { CONTRACT_ERRORS, ClamorError, ContractError, errorCode, errorMessage } from './errors.ts';
export { hashTerm } from './hash-term.ts';
export { freezeExample } from './freeze-example.ts';
export { bag, dense, encoded, number, string } from './inputs.ts';
export { judgementAt } from './judgement.ts';
export { MARKER_SCHEMA } from './marker.ts';
export { POLICY_SCHEMA } from './policy.ts';
export { RECORD_SCHEMA } from './record.ts';
export { SCORE_TOLERANCE, isSameScore } from './sample.ts';
export { ABSTAINED, FAILED, SCORED, column, failedColumn, scoreColumn } from './score-column.ts';
export { defineSuite } from './suite.ts';

export type {
  CallContext,
  Classifier,
  ClassifierDefinition,
  Explanation,
  FeatureFunction,
  LoadedClassifier,
  OnnxClassifier,
  OnnxClassifierDefinition,
  PlainClassifier,
} from './classifier.ts';
export type {
  EncodeResult,
  Encoder,
  EncoderDefinition,
  LoadedEncoder,
  OnnxEncoder,
  OnnxEncoderDefinition,
  PlainEncoder,
} from './encoder.ts';
export type { EncoderRecord, SourceRecord } from './encoder-record.ts';
export type { ClamorErrorOptions, ContractErrorCode } from './errors.ts';
export type {
  BagInput,
  BagOptions,
  BagWriter,
  CellWriter,
  DenseInput,
  EncodedInput,
  FeatureTarget,
  FeatureTargets,
  InputSpec,
  NumberInput,
  StringInput,
} from './inputs.ts';
export type { JsonSchema } from './json-schema.ts';
export type { Judgement } from './judgement.ts';
export type { Isolation, Marker, PackageKind } from './marker.ts';
export type { GuardPolicy, Policy } from './policy.ts';
export type { ArtifactRecord, FitRecord, IdSetRecord, InputRecord, MemberRecord, StandAloneFigures } from './record.ts';
export type { Sample } from './sample.ts';
export type { FailureReason, ScoreColumn, ScoreStatus } from './score-column.ts';
export type { ExampleFormat, Suite, SuiteDefinition } from './suite.ts';
export type { StandardSchemaV1 } from '@standard-schema/spec';
