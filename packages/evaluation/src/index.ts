export { EVALUATION_ERRORS, EvaluationError } from './errors.ts';
export { evaluate } from './evaluate.ts';

export type { BitColumn, BitMember, BitTable } from './bit-table.ts';
export type { EvaluationErrorCode, EvaluationFault } from './errors.ts';
export type { EvaluateOptions, GatePolicy } from './evaluate.ts';
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
export type { JudgementCode, JudgementTable, Label, MemberJudgements } from './judgement-table.ts';
