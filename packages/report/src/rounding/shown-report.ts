import { mustRound } from '../check-report.ts';
import type { Report, ReportSection, SuiteReport } from '../report.ts';
import type { QueueReport } from '../queue-answer.ts';
import type { ReportContext, ReportPrecision, ResultReport } from '../result-report.ts';
import { roundResult } from './round-result.ts';
import { withoutEstimates } from './without-estimates.ts';
import { roundedSentences } from './rounded-sentences.ts';
import type { Shown } from './shown.ts';

/** What a rounded section still tells; curves, sets of members, advice and examples it does not. */
type Rounded = 'evaluation' | 'baselines' | 'slices' | 'precisionAtRates' | 'advice';

/** A section with its precision settled and, where that is `rounded`, nothing exact left in it. */
export type ShownSection = Omit<ReportSection, Rounded | 'precision'> & {
  readonly precision: ReportPrecision;
} & { readonly [Key in keyof Pick<ReportSection, Rounded>]: Shown<ReportSection[Key]> };

/** A report of a suite likewise. */
export type ShownSuite = Omit<SuiteReport, 'sections'> & { readonly sections: readonly ShownSection[] };

/** The context of a result likewise. */
export type ShownContext = Omit<ReportContext, 'precision'> & { readonly precision: ReportPrecision };

/** An answer likewise. */
export type ShownResult = ShownResultOf<ResultReport>;

type ShownResultOf<Each> = Each extends ResultReport
  ? Omit<Each, 'context' | 'result'> & { readonly context: ShownContext; readonly result: Shown<Each['result']> }
  : never;

/** What renderers render: nothing else reaches them, so that none of them can tell what is withheld. */
export type ShownReport = ShownSuite | ShownResult | QueueReport;

/** A report with its precision settled; figures are rounded or withheld here, before any renderer sees them. */
export function shownReport(report: Report): ShownReport {
  if (report.kind === 'suite')
    return { ...report, sections: report.sections.map((section) => shownSection(report, section)) };
  if (report.kind === 'queue') return report;
  const precision = report.context.precision ?? (mustRound(report) ? 'rounded' : 'exact');
  const context = { ...report.context, precision };
  if (precision === 'exact') return { ...report, context };
  return roundedSentences({ ...report, context, result: roundResult(report.result) } as ShownResult);
}

function shownSection(report: SuiteReport, section: ReportSection): ShownSection {
  const precision = section.precision ?? (mustRound(report, section) ? 'rounded' : 'exact');
  const { curves: _, advice: __, slices: ___, ...rest } = section;
  const estimated = withoutEstimates(section);
  if (precision === 'exact') return { ...rest, ...estimated, precision };
  const { uniqueExamples: ____, ...shown } = rest;
  return {
    ...shown,
    precision,
    evaluation: roundResult(estimated.evaluation),
    baselines: roundResult(estimated.baselines),
    positiveSets: [],
    ...(estimated.slices === undefined ? {} : { slices: roundResult(estimated.slices) }),
    ...(section.precisionAtRates === undefined
      ? {}
      : {
          precisionAtRates: {
            ...roundResult(section.precisionAtRates),
            assumption: 'Assumes that examples of one label look the same there as here.',
          },
        }),
    notEstimable: (section.notEstimable ?? []).map((each) => ({
      ...each,
      reason: 'The labels of this split cannot estimate it.',
    })),
  };
}
