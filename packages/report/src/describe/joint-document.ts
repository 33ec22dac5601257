import type { GroupOutcome, JointOutcome } from '@clamor/evaluation';

import type { Answer, Part, ReportDocument } from '../document.ts';
import { type FigureFormat, shareCell } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn, withoutEmptyColumns } from '../figure-table.ts';
import { formatQuantity } from '../format-figure.ts';
import type { ShownResult } from '../rounding/shown-report.ts';
import type { Shown } from '../rounding/shown.ts';
import {
  RESULT_LEGEND,
  budgetPoints,
  contextFormat,
  contextNotes,
  contextStamps,
  contextWarnings,
} from './context-parts.ts';
import { beforeAfterTable } from './outcome-tables.ts';

/** Can these open candidates all be merged, and in which order? */
export function jointDocument(report: Extract<ShownResult, { kind: 'joint' }>): ReportDocument {
  const { context, result } = report;
  const format = contextFormat(context);
  const before = (result.order[0] ?? result.alone[0])?.outcome.before;
  return {
    brand: 'Clamor joint gate',
    title: `Can ${formatQuantity(result.alone.length, 'candidate')} join ${context.suite} together?`,
    answer: jointAnswer(result),
    stamps: contextStamps(context),
    parts: [
      { kind: 'lead', answer: jointAnswer(result), text: orderSentence(result) },
      ...contextWarnings(context),
      ...groupSentences(result),
      ...(before === undefined
        ? []
        : [
            {
              kind: 'table',
              table: beforeAfterTable({
                before,
                after: result.after,
                headings: ['as it is', 'with those accepted'],
                format,
              }),
            } as const,
          ]),
      ...(result.order.length === 0 ? [] : [{ kind: 'table', table: orderTable(result, format) } as const]),
      {
        kind: 'folded',
        summary: 'Each candidate by itself, and those left over',
        open: true,
        parts: [
          { kind: 'table', table: outcomesTable('Each alone beside the suite', result.alone, format) },
          ...(result.rejected.length === 0
            ? []
            : [
                {
                  kind: 'table',
                  table: outcomesTable('Left over, each beside everybody accepted', result.rejected, format),
                } as const,
                {
                  kind: 'list',
                  tone: 'note',
                  items: result.rejected.map((group) => `${names(group)}: ${group.reason}`),
                } as const,
              ]),
          ...contextNotes(context),
        ],
      },
    ],
    legend: RESULT_LEGEND,
  };
}

type Joint = Shown<JointOutcome>;
type Group = Shown<GroupOutcome>;

function accepted({ order }: Joint): number {
  return order.reduce((sum, step) => sum + step.members.length, 0);
}

function jointAnswer(result: Joint): Answer {
  const count = accepted(result);
  const all = result.alone.length;
  if (count === 0) return { word: 'none passes', tone: 'bad' };
  return count === all ? { word: 'all pass', tone: 'good' } : { word: `${count} of ${all} pass`, tone: 'open' };
}

function orderSentence(result: Joint): string {
  if (result.order.length === 0) return 'No candidate passes, alone or together with others.';
  const steps = result.order.map((step) => names(step)).join(', then ');
  const rest = result.rejected.length === 0 ? '' : ` Left over: ${result.rejected.map(names).join(', ')}.`;
  return `Merge ${steps}.${rest}`;
}

function groupSentences({ conflicts, alliances }: Joint): Part[] {
  const items = [
    ...conflicts.map((group) => `${names(group)}: each passes alone, together they fail. ${group.outcome.reason}`),
    ...alliances.map((group) => `${names(group)}: none passes alone, together they pass. ${group.outcome.reason}`),
  ];
  return items.length === 0 ? [] : [{ kind: 'list', items, tone: 'finding' }];
}

function orderTable({ order }: Joint, format: FigureFormat): FigureTable {
  return withoutEmptyColumns({
    caption: 'Merge order: each step beside everybody accepted before it',
    columns: [
      leftColumn('step', 24),
      rightColumn('precision after', 18),
      rightColumn('recall after', 18),
      rightColumn('draws', 11),
      rightColumn('budget left', 11),
    ],
    rows: order.map((step, index) => ({
      cells: [
        foreignCell(`${index + 1}. ${names(step)}`),
        shareCell(format, step.outcome.after.precision, step.outcome.after.precisionInterval),
        shareCell(format, step.outcome.after.recall, step.outcome.after.recallInterval),
        { text: budgetPoints(step.outcome.loss.draws) },
        { text: budgetPoints(step.outcome.loss.leftAfter) },
      ],
    })),
  });
}

function outcomesTable(caption: string, groups: readonly Group[], format: FigureFormat): FigureTable {
  return {
    caption,
    columns: [
      leftColumn('candidate', 20),
      leftColumn('decision', 12),
      rightColumn('u', 18),
      rightColumn('P(u ≥ o)', 8),
      rightColumn('harm', 6),
      rightColumn('merit', 6),
    ],
    rows: groups.map((group) => ({
      cells: [
        foreignCell(names(group)),
        { text: group.outcome.decision },
        shareCell(format, group.outcome.blueprint.uniquePrecision, group.outcome.blueprint.uniquePrecisionInterval),
        { text: format.probability(group.outcome.blueprint.probability) },
        { text: format.probability(group.outcome.harm.probability) },
        { text: format.probability(group.outcome.merit.probability) },
      ],
    })),
  };
}

function names({ members }: { readonly members: readonly string[] }): string {
  return members.join(' + ');
}
