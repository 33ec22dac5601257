import type { LabelledFigure } from '@clamor/evaluation';

import type { ReportDocument } from '../document.ts';
import { type FigureFormat, shareCell } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn, withoutEmptyColumns } from '../figure-table.ts';
import { formatCount, formatQuantity, formatShare } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import { UNDEFINED_LEGEND, contextFormat, contextNotes, contextStamps, contextWarnings } from './context-parts.ts';

type Labelling = Extract<ShownResult, { kind: 'label' }>['result'];

/** What should be labelled next, and what do the labels say that are in? */
export function labelDocument(report: Extract<ShownResult, { kind: 'label' }>): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  return {
    brand: 'Clamor labels',
    title: `What should be labelled next in ${context.suite}?`,
    answer: { word: formatQuantity(asked(result), 'label'), tone: 'open' },
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', text: leadSentence(result) },
      ...contextWarnings(context),
      { kind: 'table', table: strataTable(result) },
      ...(result.figures.length === 0 ? [] : [{ kind: 'table', table: figuresTable(result, format) } as const]),
      ...contextNotes(context),
    ],
    legend: [
      'Probability: with which each example of the stratum was chosen; the weight of its label is 1 ÷ that.',
      'Expected: standard error that the labels would leave, in points of a percent, by the labels there are and assumed rates.',
      UNDEFINED_LEGEND,
    ],
  };
}

function asked({ strata }: Labelling): number {
  return strata.reduce((sum, { labels }) => sum + (labels ?? 0), 0);
}

function leadSentence(result: Labelling): string {
  const { strata, seed, estimates } = result;
  const examples = strata.reduce((sum, stratum) => sum + (stratum.examples ?? 0), 0);
  const said = `${formatQuantity(asked(result), 'label')} for ${formatQuantity(examples, 'example')} without one, drawn with seed ${seed ?? 0}.`;
  return estimates === null
    ? `${said} They are spread so that the least certain figure becomes as certain as it can.`
    : `${said} They are in, and the figures below are estimated from them.`;
}

function strataTable({ strata }: Labelling): FigureTable {
  return withoutEmptyColumns({
    caption: 'Examples without a label, by who calls them positive',
    columns: [
      leftColumn('stratum', 32),
      rightColumn('examples', 9),
      rightColumn('labels', 7),
      rightColumn('probability', 11),
    ],
    rows: strata.map(({ name, examples, labels, inclusionProbability }) => ({
      cells: [
        foreignCell(name),
        { text: formatCount(examples) },
        { text: formatCount(labels) },
        { text: inclusionProbability === null ? '' : formatShare(inclusionProbability) },
      ],
    })),
  });
}

function figuresTable({ figures, estimates }: Labelling, format: FigureFormat): FigureTable {
  return withoutEmptyColumns({
    caption: 'The figures that the labels are for',
    columns: [leftColumn('figure', 32), rightColumn('expected', 12), rightColumn('estimate', 20)],
    rows: figures.map((figure) => {
      const estimate = estimates?.find(({ kind, member }) => kind === figure.kind && member === figure.member);
      return {
        cells: [
          foreignCell(nameOf(figure)),
          { text: points(figure.expectedStandardError) },
          estimate === undefined ? { text: '' } : shareCell(format, estimate.value, estimate.interval),
        ],
      };
    }),
  });
}

function nameOf({ kind, member }: LabelledFigure): string {
  if (kind === 'uniquePrecision') return `unique precision of ${member ?? ''}`;
  return kind === 'suitePrecision' ? 'precision of the suite' : 'recall of the suite';
}

function points(standardError: number | null): string {
  return standardError === null ? '' : `±${(standardError * 100).toFixed(1)} points`;
}
