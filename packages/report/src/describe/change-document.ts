import type { ChangeOutcome } from '@clamor/evaluation';

import type { ReportDocument } from '../document.ts';
import { type FigureTable, leftColumn, rightColumn } from '../figure-table.ts';
import { formatCount, formatGiven, formatScore } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import {
  UNDEFINED_LEGEND,
  budgetPoints,
  contextFormat,
  contextNotes,
  contextStamps,
  contextWarnings,
  decidedBy,
  decisionAnswer,
  lossSentence,
} from './context-parts.ts';
import { beforeAfterTable, testsTable } from './outcome-tables.ts';

/** May this version replace that one? */
export function changeDocument(report: Extract<ShownResult, { kind: 'change' }>): ReportDocument {
  const { context, result, against } = report;
  const format = contextFormat(context);
  const answer = decisionAnswer(result.decision);
  const regions = regionsTable(result);
  const delta = budgetPoints(result.loss.left);
  const floor = context.policy?.uniquePrecisionFloor;
  const tests = [
    { name: 'rises: P(precision new ≥ old); where shown, merit is not asked', test: result.raises },
    { name: `precision: P(new ≥ old − ${delta})`, test: result.precision },
    { name: `recall: P(new ≥ old − ${delta})`, test: result.recall },
    {
      name: `merit: P(precision of what is gained ≥ ${floor === undefined ? 'floor' : formatGiven(floor)})`,
      test: result.merit,
    },
  ];
  return {
    brand: 'Clamor gate for a change',
    title: `May ${result.candidate} replace ${against} in ${context.suite}?`,
    answer,
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', answer, text: `${decidedBy(result)}${result.reason}` },
      ...contextWarnings(context),
      { kind: 'table', table: beforeAfterTable({ ...result, headings: ['before', 'after'], format }) },
      ...(regions === null ? [] : [{ kind: 'table', table: regions } as const]),
      {
        kind: 'folded',
        summary: 'What the decision is made by',
        open: true,
        parts: [
          { kind: 'table', table: testsTable(tests, format) },
          { kind: 'list', tone: 'note', items: [lossSentence(result.loss, format), ...sampled(result)] },
          ...contextNotes(context),
        ],
      },
    ],
    legend: [
      'Kept: positive with both versions. Gained: with the new one only. Lost: with the old one only; a true positive that is lost counts against it.',
      UNDEFINED_LEGEND,
    ],
  };
}

/** The suite's positives by what becomes of them; `null` where counts are withheld. */
function regionsTable({ regions, unlabelled }: Shown<ChangeOutcome>): FigureTable | null {
  if (regions.kept.truePositives === null) return null;
  return {
    caption: 'Positives of the suite, by which version gives them',
    columns: [leftColumn('region', 8), rightColumn('TP', 7), rightColumn('FP', 7), rightColumn('no label', 8)],
    rows: (['kept', 'gained', 'lost'] as const).map((region) => ({
      cells: [
        { text: region },
        { text: formatCount(regions[region].truePositives) },
        { text: formatCount(regions[region].falsePositives) },
        { text: formatCount(unlabelled[region]) },
      ],
    })),
  };
}

function sampled({ designEffect, draws, seed, unknown }: Shown<ChangeOutcome>): string[] {
  if (draws === null) return [];
  const failed =
    (unknown ?? 0) === 0
      ? []
      : [
          `${formatCount(unknown)} came or went where another member failed: whether it matters is not known, so in no test.`,
        ];
  const clusters =
    designEffect !== null && designEffect > 1
      ? ` Counts are divided by the design effect ${formatScore(designEffect)}.`
      : '';
  return [...failed, `Probabilities from ${formatCount(draws)} draws with seed ${seed ?? 0}.${clusters}`];
}
