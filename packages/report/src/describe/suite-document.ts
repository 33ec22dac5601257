import type { Part, ReportDocument } from '../document.ts';
import { figureFormat } from '../figure-format.ts';
import { LEGEND } from '../format-figure.ts';
import { baselinePlot, uniquePrecisionPlot } from '../plots/figure-plots.ts';
import { overlapPlot } from '../plots/overlap-plot.ts';
import { precisionRecallPlot } from '../plots/precision-recall-plot.ts';
import { slicesPlot } from '../plots/slices-plot.ts';
import { thresholdPlot } from '../plots/threshold-plot.ts';
import { upsetPlot } from '../plots/upset-plot.ts';
import type { ShownSection, ShownSuite } from '../rounding/shown-report.ts';
import { baselinesTable, membersTable, packagesTable, positiveSetsTable, slicesTable, suiteTable } from '../tables.ts';
import { adviceParts } from './advice-parts.ts';
import {
  baselineSentences,
  precisionAtRatesSentences,
  sectionFacts,
  sectionVerdict,
  sectionWarnings,
} from './section-words.ts';

const SETS_IN_TABLE = 40;

/** The figures of a suite: for every split the suite first, then who contributes what, then the baselines. */
export function suiteDocument(report: ShownSuite): ReportDocument {
  const packages: Part = { kind: 'table', table: packagesTable(report.packages) };
  const hasPackages = report.packages.length > 0;
  return {
    brand: 'Clamor suite report',
    title: report.suite,
    answer: null,
    stamps: [
      { label: 'suite version', value: report.suiteVersion },
      ...(report.stateVersion === undefined ? [] : [{ label: 'state', value: report.stateVersion }]),
    ],
    parts: [
      ...(hasPackages ? [{ ...packages, media: ['terminal'] } as const] : []),
      ...report.sections.map((section) => sectionPart(report, section)),
      ...(hasPackages ? [foldedPackages(packages), ...htmlPackages(packages)] : []),
    ],
    legend: [...LEGEND, 'A member is one classifier. The suite is positive when any of its members is positive.'],
  };
}

function foldedPackages(packages: Part & { kind: 'table' }): Part {
  return { kind: 'folded', summary: packages.table.caption, parts: [packages], media: ['markdown'] };
}

function htmlPackages(packages: Part): Part[] {
  return [
    {
      kind: 'section',
      eyebrow: null,
      title: 'Packages',
      description: null,
      facts: [],
      warnings: [],
      parts: [packages],
      media: ['html'],
    },
  ];
}

function sectionPart(report: ShownSuite, section: ShownSection): Part {
  return {
    kind: 'section',
    eyebrow: 'Split',
    title: section.split,
    description: section.description ?? null,
    facts: sectionFacts(section),
    warnings: sectionWarnings(section),
    parts: [
      { kind: 'lead', text: sectionVerdict(report, section) },
      { kind: 'table', table: suiteTable(section), headline: true },
      ...list([...precisionAtRatesSentences(section)]),
      ...memberParts(report, section),
      ...curveParts(report, section),
      ...agreementParts(section),
      ...sliceParts(section),
      ...adviceSection(section),
      ...baselineParts(section),
      ...list(section.notes),
      ...exampleParts(section),
    ],
  };
}

function memberParts(report: ShownSuite, section: ShownSection): Part[] {
  if (section.evaluation.members.length === 0) return [];
  return [
    heading('Who contributes what'),
    { kind: 'table', table: membersTable(section) },
    { kind: 'plots', plots: [uniquePrecisionPlot(report, section)] },
  ];
}

/** HTML only: a curve is nothing without its picture. */
function curveParts({ policy }: ShownSuite, { curves, evaluation }: ShownSection): Part[] {
  if (curves === undefined) return [];
  const { precisionRecall, thresholds } = curves;
  const floor = policy?.uniquePrecisionFloor ?? null;
  const plots = [
    ...(precisionRecall.length === 0
      ? []
      : [precisionRecallPlot(precisionRecall, evaluation.suite.positiveLabels ?? 0)]),
    ...(thresholds.length === 0 ? [] : [thresholdPlot(thresholds, { floor })]),
  ];
  if (plots.length === 0) return [];
  return [heading('Where thresholds could be'), ...plots.map((plot) => ({ kind: 'plots', plots: [plot] }) as const)];
}

function sliceParts({ slices, precision, notEstimable = [] }: ShownSection): Part[] {
  if (slices === undefined || slices.slices.length === 0) return [];
  const figures = (['precision', 'recall'] as const).filter(
    (figure) => !notEstimable.some((each) => each.figure === figure && each.member === null),
  );
  const table = slicesTable(slices, figures, precision);
  return [
    heading('Slices'),
    { kind: 'table', table, media: ['terminal'] },
    { kind: 'folded', summary: table.caption, parts: [{ kind: 'table', table }], media: ['markdown'] },
    { kind: 'plots', plots: figures.map((figure) => slicesPlot(slices, figure, precision)) },
    { kind: 'folded', summary: 'The same as a table', parts: [{ kind: 'table', table }], media: ['html'] },
  ];
}

function adviceSection({ advice, precision }: ShownSection): Part[] {
  if (advice === undefined) return [];
  const parts = adviceParts(advice, figureFormat(precision));
  return [
    heading('What would make it better'),
    { kind: 'folded', summary: 'What would make it better', parts, media: ['markdown'] },
    ...parts.map((part) => ({ media: ['terminal', 'html'], ...part }) as const),
  ];
}

function agreementParts(section: ShownSection): Part[] {
  const { evaluation, positiveSets } = section;
  const names = evaluation.members.map((member) => member.name);
  if (!positiveSets.some((set) => set.members.length > 0) || names.length < 2) return [];
  const table = positiveSetsTable(section, SETS_IN_TABLE);
  return [
    heading('Where members agree'),
    { kind: 'plots', plots: [upsetPlot(positiveSets, names)] },
    { kind: 'folded', summary: table.caption, parts: [{ kind: 'table', table }], media: ['markdown', 'html'] },
    { kind: 'plots', plots: [overlapPlot(evaluation)] },
  ];
}

function baselineParts(section: ShownSection): Part[] {
  if (section.baselines.length === 0) return [];
  const { suite } = section.evaluation;
  const drawn = (['precision', 'recall'] as const).filter((figure) => suite[figure] !== null);
  return [
    heading('Beside the baselines'),
    { kind: 'table', table: baselinesTable(section) },
    ...list(baselineSentences(section)),
    ...(drawn.length === 0
      ? []
      : [{ kind: 'plots', plots: drawn.map((figure) => baselinePlot(section, figure)) } as const]),
  ];
}

function exampleParts({ uniqueExamples }: ShownSection): Part[] {
  if (uniqueExamples === undefined) return [];
  return [heading('Examples that only one member calls positive'), { kind: 'examples', groups: uniqueExamples }];
}

function heading(text: string): Part {
  return { kind: 'heading', text, media: ['html'] };
}

function list(items: readonly string[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', items, tone: 'note' }];
}
