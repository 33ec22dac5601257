import {
  advise,
  type BitTable,
  estimability,
  evaluate,
  type EvaluateOptions,
  type Interval,
  positiveSets,
  precisionAtRates,
  precisionRecallCurves,
  type ScoredTable,
  sliceReport,
  thresholdCurve,
} from '@clamor/evaluation';
import type { Policy } from '@clamor/contract';
import type { ReportSection } from '@clamor/report';

/** What is known of labels and of the world besides the table; the same for every split of a run. */
export interface FigureOptions {
  /** Share of positives in production, or the bounds within which it lies. */
  readonly prevalence?: number | Interval;
  /** How examples came by their labels; default found out from the shares that are labelled. */
  readonly labels?: 'selective' | 'random';
}

/** What {@link sectionFigures} takes besides the table. */
export interface SectionFiguresOptions extends FigureOptions, Pick<EvaluateOptions, 'gate' | 'required'> {
  readonly slices: NonNullable<ScoredTable['slices']>;
  readonly clusters: ScoredTable['clusters'] | null;
}

/** The figures of a section of a report. */
export type SectionFigures = Pick<
  ReportSection,
  'evaluation' | 'positiveSets' | 'slices' | 'notEstimable' | 'precisionAtRates'
>;

/** Figures of a table: with intervals over clusters, by slice, at another prevalence, and which cannot be estimated. */
export function sectionFigures(table: BitTable, options: SectionFiguresOptions): SectionFigures {
  const { gate, required = [], slices, clusters = null, prevalence, labels } = options;
  const evaluation = evaluate(table, { required, clusters, ...(gate === undefined ? {} : { gate }) });
  const notEstimable = estimability(table, labels === undefined ? {} : { labelling: labels });
  return {
    evaluation,
    positiveSets: positiveSets(table),
    ...(notEstimable.length === 0 ? {} : { notEstimable }),
    ...(slices.length === 0 ? {} : { slices: sliceReport(table, slices, { clusters }) }),
    ...(prevalence === undefined ? {} : { precisionAtRates: precisionAtRates(evaluation, prevalence) }),
  };
}

/** What the page shows besides: costly, and nothing without a picture. Thresholds and advice only where it may be read. */
export function sectionPictures(
  table: ScoredTable,
  { policy, isHeldBack }: { readonly policy: Policy; readonly isHeldBack: boolean },
): Pick<ReportSection, 'curves' | 'advice'> {
  return {
    curves: {
      precisionRecall: precisionRecallCurves(table),
      thresholds: isHeldBack
        ? []
        : table.members.map(({ name, threshold }) => ({
            curve: thresholdCurve(table, name, { floor: policy.uniquePrecisionFloor }),
            threshold: Math.fround(threshold),
          })),
    },
    ...(isHeldBack ? {} : { advice: advise(table, { policy }) }),
  };
}
