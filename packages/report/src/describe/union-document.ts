import type { RatioFigures, UnionProposal } from '@clamor/evaluation';

import type { ReportDocument } from '../document.ts';
import type { FigureFormat } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn } from '../figure-table.ts';
import { formatGiven, formatQuantity, formatScore } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import { UNDEFINED_LEGEND, contextFormat, contextNotes, contextStamps, contextWarnings } from './context-parts.ts';

/** Where could all thresholds be? Advice to each owner, which nothing applies. */
export function unionDocument(report: Extract<ShownResult, { kind: 'union' }>): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  return {
    brand: 'Clamor thresholds together',
    title: `Which thresholds would give ${context.suite} the most recall?`,
    answer: {
      word: result.proposals.length === 0 ? 'as they are' : formatQuantity(result.proposals.length, 'proposal'),
      tone: 'open',
    },
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', text: leadSentence(result, format) },
      ...contextWarnings(context),
      { kind: 'table', table: halvesTable(result, format) },
      ...(result.proposals.length === 0 ? [] : [{ kind: 'table', table: proposalsTable(result, format) } as const]),
      {
        kind: 'list',
        tone: 'finding',
        items: [
          'Nothing is written anywhere. Thresholds fitted together couple the members again: take a proposal only where it stands by itself.',
        ],
      },
      ...contextNotes(context),
    ],
    legend: [
      'Fitted half: the thresholds were chosen on it. Held-out half: they were not; what is lost between the two was only learnt.',
      UNDEFINED_LEGEND,
    ],
  };
}

type Union = Shown<UnionProposal>;

function leadSentence({ targetPrecision, reached, heldOut, overfit }: Union, format: FigureFormat): string {
  const asked = targetPrecision === null ? '–' : formatGiven(targetPrecision);
  if (!reached) return `No thresholds were found that reach a precision of ${asked}: they stay as they are.`;
  const { before, after } = heldOut;
  return (
    `For a precision of ${asked}, on the half that was held out: recall ${format.share(before.recall)} → ${format.share(after.recall)}, ` +
    `precision ${format.share(before.precision)} → ${format.share(after.precision)}. ` +
    `On its own half it looked better by ${format.difference(overfit.precision)} of precision and ${format.difference(overfit.recall)} of recall.`
  );
}

function halvesTable({ fitted, heldOut }: Union, format: FigureFormat): FigureTable {
  const rows: [string, Shown<RatioFigures>][] = [
    ['fitted half, as it is', fitted.before],
    ['fitted half, proposed', fitted.after],
    ['held-out half, as it is', heldOut.before],
    ['held-out half, proposed', heldOut.after],
  ];
  return {
    caption: 'The suite with all proposals, on the half that was searched and on the other',
    columns: [leftColumn('suite', 24), rightColumn('precision', 9), rightColumn('recall', 8), rightColumn('F1', 8)],
    rows: rows.map(([name, figures], index) => ({
      strong: index === 3,
      cells: [
        { text: name },
        { text: format.share(figures.precision) },
        { text: format.share(figures.recall) },
        { text: format.share(figures.f1) },
      ],
    })),
  };
}

function proposalsTable({ proposals }: Union, format: FigureFormat): FigureTable {
  return {
    caption: 'One proposal per owner, and what moving that threshold alone gives on the held-out half',
    columns: [
      leftColumn('member', 20),
      rightColumn('from', 9),
      rightColumn('to', 9),
      rightColumn('precision', 9),
      rightColumn('recall', 8),
    ],
    rows: proposals.map((each) => ({
      cells: [
        foreignCell(each.member),
        { text: formatScore(each.from) },
        { text: formatScore(each.to) },
        { text: format.share(each.alone.precision) },
        { text: format.share(each.alone.recall) },
      ],
    })),
  };
}
