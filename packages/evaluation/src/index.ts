export { baselineFigures, bestSingle } from './baseline-figures.ts';
export { toBitTable } from './bit-table.ts';
export { columnsToTable } from './columns-to-table.ts';
export { EVALUATION_ERRORS, EvaluationError } from './errors.ts';
export { evaluate } from './evaluate.ts';
export { fairShares } from './fair-shares.ts';
export { gateProbabilities } from './gate-probabilities.ts';
export { mediant } from './mediant.ts';
export { positiveSets } from './positive-sets.ts';
export { precisionAtRate, precisionIntervalAtRate } from './prevalence.ts';
export { uniquePositives } from './unique-positives.ts';
export { effectiveSize, wilsonInterval } from './wilson-interval.ts';

export type { Baseline, BaselineFigures } from './baseline-figures.ts';
export type { BitColumn, SetSize, Weights } from './bit-column.ts';
export type { BitMember, BitTable } from './bit-table.ts';
export type { MemberColumn, ScoredExamples } from './columns-to-table.ts';
export type { EvaluationErrorCode, EvaluationFault } from './errors.ts';
export type { EvaluateOptions } from './evaluate.ts';
export type { FairShare } from './fair-shares.ts';
export type {
  Evaluation,
  GateProbabilities,
  Interval,
  MemberFigures,
  OverlapFigures,
  RatioFigures,
  SuiteFigures,
  UndeterminedBounds,
} from './figures.ts';
export type { GateEvidence, GatePolicy, PositiveCounts } from './gate-probabilities.ts';
export type { JudgementCode, JudgementTable, Label, MemberJudgements } from './judgement-table.ts';
export type { Mediant, MediantEffect } from './mediant.ts';
export type { PositiveSet } from './positive-sets.ts';
export type { Rates, RatesWithin } from './prevalence.ts';
export type { WilsonIntervalOptions } from './wilson-interval.ts';
