export { advise } from './advice/advise.ts';
export { applyMove } from './advice/apply-move.ts';
export { baselineFigures, bestSingle } from './figures/baseline-figures.ts';
export { toBitTable } from './table/bit-table.ts';
export { columnsToTable } from './table/columns-to-table.ts';
export { verdictsToTable } from './table/verdicts-to-table.ts';
export { EVALUATION_ERRORS, EvaluationError } from './errors.ts';
export { countPositives } from './figures/count-positives.ts';
export { evaluate } from './figures/evaluate.ts';
export { fairShares } from './figures/fair-shares.ts';
export { falsePassRate } from './gate/false-pass-rate.ts';
export { gate } from './gate/gate.ts';
export { gateChange } from './gate/gate-change.ts';
export { gateJointly } from './gate/gate-jointly.ts';
export { gateProbabilities } from './gate/gate-probabilities.ts';
export { mediant } from './gate/mediant.ts';
export { positiveSets } from './figures/positive-sets.ts';
export { precisionAtRate, precisionIntervalAtRate } from './figures/prevalence.ts';
export { numberClusters } from './statistics/clusters.ts';
export { bootstrapShare } from './statistics/cluster-bootstrap.ts';
export { clusteredInterval } from './statistics/clustered-interval.ts';
export { sliceReport } from './slices/slice-report.ts';
export { estimability } from './labelling/estimability.ts';
export { precisionAtRates } from './figures/precision-at-rates.ts';
export { designEffect } from './statistics/design-effect.ts';
export { labelledSample } from './labelling/labelled-sample.ts';
export { labelPlan } from './labelling/label-plan.ts';
export { stratifiedFigures } from './labelling/stratified-figures.ts';
export { normalisedScores } from './thresholds/normalised-scores.ts';
export { precisionRecallCurves } from './thresholds/precision-recall-curves.ts';
export { thresholdCurve } from './thresholds/threshold-curve.ts';
export { tuneMember } from './thresholds/tune-member.ts';
export { tuneUnion } from './thresholds/tune-union.ts';
export { changedPositives } from './versions/changed-positives.ts';
export { judgementChanges } from './versions/judgement-changes.ts';
export { scoreShift } from './versions/score-shift.ts';
export { uniquePositives } from './figures/unique-positives.ts';
export { mergeSummaries } from './summary/merge-summaries.ts';
export { summarise } from './summary/summarise.ts';
export { SUMMARY_SCHEMA } from './summary/summary-form.ts';
export { summaryTable } from './summary/summary-table.ts';
export { bettingInterval, createBettingBound, extendBettingBound } from './statistics/betting-bound.ts';
export { createRandom } from './statistics/random.ts';
export { effectiveSize, wilsonInterval } from './statistics/wilson-interval.ts';

export type { Baseline, BaselineFigures } from './figures/baseline-figures.ts';
export type { BitColumn, SetSize, Weights } from './table/bit-column.ts';
export type { BitMember, BitTable } from './table/bit-table.ts';
export type { MemberColumn, ScoredExamples } from './table/columns-to-table.ts';
export type { Clusters } from './statistics/clusters.ts';
export type { BootstrappedShare, ClusterBootstrapOptions } from './statistics/cluster-bootstrap.ts';
export type { ClusteredIntervalOptions } from './statistics/clustered-interval.ts';
export type { SliceReportOptions } from './slices/slice-report.ts';
export type { EstimabilityOptions } from './labelling/estimability.ts';
export type { MappedMemberPrecision, MappedPrecision, PrecisionAtRates } from './figures/precision-at-rates.ts';
export type { ClusteredSample } from './statistics/design-effect.ts';
export type { EvaluationErrorCode, EvaluationFault } from './errors.ts';
export type { CountedPositives } from './figures/count-positives.ts';
export type { EvaluateOptions } from './figures/evaluate.ts';
export type { FairShare } from './figures/fair-shares.ts';
export type {
  Evaluation,
  GateProbabilities,
  Interval,
  MemberFigures,
  OverlapFigures,
  RatioFigures,
  SuiteFigures,
  UndeterminedBounds,
} from './figures/figures.ts';
export type { FalsePassOptions } from './gate/false-pass-rate.ts';
export type { GateContext } from './gate/gate-beside.ts';
export type { GateChangeOptions } from './gate/gate-change.ts';
export type { GateJointlyOptions } from './gate/gate-jointly.ts';
export type { GateOptions } from './gate/gate.ts';
export type { GateEvidence, GatePolicy, PositiveCounts, ShareCounts } from './gate/gate-probabilities.ts';
export type { JudgementCode, JudgementTable, Label, MemberJudgements } from './table/judgement-table.ts';
export type { Mediant, MediantEffect } from './gate/mediant.ts';
export type { PositiveSet } from './figures/positive-sets.ts';
export type { SummariseOptions } from './summary/summarise.ts';
export type { Summary, SummaryJudged, SummarySet } from './summary/summary.ts';
export type { SummaryTableOptions } from './summary/summary-table.ts';
export type { Rates, RatesWithin } from './figures/prevalence.ts';
export type { ScoredTable, SliceColumn } from './table/scored-table.ts';
export type { LabelledFigure } from './labelling/labelled-figure.ts';
export type { LabelledSampleOptions } from './labelling/labelled-sample.ts';
export type {
  ChosenExample,
  LabelPlan,
  LabelPlanOptions,
  LabelStratum,
  PlannedFigure,
} from './labelling/label-plan.ts';
export type { AssumedRates } from './labelling/rate-guess.ts';
export type { StratifiedFigure, StratifiedFiguresOptions } from './labelling/stratified-figures.ts';
export type { StratumSubject } from './labelling/strata.ts';
export type { BettingBound, BettingBoundOptions } from './statistics/betting-bound.ts';
export type { Random } from './statistics/random.ts';
export type { WilsonIntervalOptions } from './statistics/wilson-interval.ts';
export type { Advice, AdvisedMove, Finding, MemberMove, MissedPositives, Move, MoveReason } from './advice/advice.ts';
export type {
  BlueprintLine,
  ChangeOutcome,
  ChangeRegion,
  GateCost,
  GateCounts,
  GateDecision,
  GateOutcome,
  GateRules,
  GateTest,
  GroupOutcome,
  JointOutcome,
  LabelsNeeded,
  LossDrawn,
  MergeStep,
  RejectedOutcome,
} from './gate/outcome.ts';
export type { NotEstimable } from './labelling/not-estimable.ts';
export type { SliceFigures, SliceReport } from './slices/slice-figures.ts';
export type {
  PrecisionRecallCurve,
  ThresholdCurve,
  ThresholdPoint,
  ThresholdProposal,
  TunedThreshold,
  UnionProposal,
} from './thresholds/threshold-figures.ts';
export type { PrecisionRecallCurvesOptions } from './thresholds/precision-recall-curves.ts';
export type { ThresholdCurveOptions } from './thresholds/threshold-curve.ts';
export type { TuneMemberOptions } from './thresholds/tune-member.ts';
export type { TuneUnionOptions } from './thresholds/tune-union.ts';
export type { AdvicePolicy, AdviseOptions } from './advice/advice-policy.ts';
export type { ChangedPositives, ChangedPositivesOptions } from './versions/changed-positives.ts';
export type { JudgementChange, JudgementChangesOptions, VersionColumns } from './versions/judgement-changes.ts';
export type { ScoreShift } from './versions/score-shift.ts';
export type { JudgedExample } from './table/verdicts-to-table.ts';
