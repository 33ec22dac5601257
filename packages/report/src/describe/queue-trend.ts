import type { Part } from '../document.ts';
import { figureFormat, shareCell } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn } from '../figure-table.ts';
import { formatCount, formatDifference } from '../format-figure.ts';
import { trendPlot } from '../plots/trend-plot.ts';
import type { FigureTrend, QueueAnswer, TrendPoint } from '../queue-answer.ts';

/** The figures of the suite, one opened suite version after another. */
export function trendParts({ trends }: QueueAnswer): Part[] {
  if (trends.length === 0)
    return [
      {
        kind: 'text',
        text: 'The log of evidence has no opening: no suite version was measured on a split with the role test.',
      },
    ];
  const falls = trends.flatMap(fallSentences);
  return [
    ...(falls.length === 0 ? [] : [{ kind: 'list', tone: 'warning', items: falls } as const]),
    ...trends.map((trend) => ({ kind: 'table', table: trendTable(trend) }) as const),
    { kind: 'plots', plots: trends.map(trendPlot) },
    ...(trends.length > 1 && new Set(trends.map(({ dataset }) => dataset)).size > 1
      ? [
          {
            kind: 'text',
            text: 'Figures of different data versions are not comparable, so each has a table of its own.',
          } as const,
        ]
      : []),
  ];
}

function fallSentences({ split, dataset, openings }: FigureTrend): string[] {
  return openings.flatMap(({ suiteVersion, at, precisionChange, recallChange }) =>
    (
      [
        ['precision', precisionChange],
        ['recall', recallChange],
      ] as const
    ).flatMap(([name, change]) =>
      change !== null && change < 0
        ? [
            `${name} on ${split} of ${dataset} fell by ${formatDifference(-change, 2).replace(/^\+/, '')} with suite version ${suiteVersion} (${at.slice(0, 10)}).`,
          ]
        : [],
    ),
  );
}

function trendTable({ split, dataset, openings }: FigureTrend): FigureTable {
  const format = figureFormat('exact');
  return {
    caption: `${split} of ${dataset}${sizeText(openings)}, opened once per suite version; 95% intervals; changes in points against the opening before`,
    columns: [
      leftColumn('opened', 10),
      leftColumn('suite version', 8),
      rightColumn('precision', 18),
      rightColumn('change', 8),
      rightColumn('recall', 18),
      rightColumn('change', 8),
      leftColumn('members since', 20),
    ],
    rows: openings.map((point) => ({
      cells: [
        { text: point.at.slice(0, 10) },
        foreignCell(point.suiteVersion.slice(0, 8)),
        shareCell(format, point.precision, point.precisionInterval),
        { text: changeText(point.precisionChange) },
        shareCell(format, point.recall, point.recallInterval),
        { text: changeText(point.recallChange) },
        { text: sinceText(point) },
      ],
    })),
  };
}

/** Members that fit into a cell. */
const LISTED = 8;

function listed(changes: readonly string[]): string {
  const more = changes.length - LISTED;
  return more > 0 ? `${changes.slice(0, LISTED).join(', ')} and ${more} more` : changes.join(', ');
}

/** How many examples, where every opening was over as many. */
function sizeText(openings: readonly TrendPoint[]): string {
  const [first, ...others] = [...new Set(openings.map(({ examples }) => examples))];
  return first === undefined || first === null || others.length > 0 ? '' : ` (n ${formatCount(first)})`;
}

/** A fall carries a mark that is seen without colour. */
function changeText(change: number | null): string {
  if (change === null) return '';
  if (change === 0) return 'same';
  return `${change < 0 ? '▼ ' : ''}${formatDifference(change, 2).replace(' points', '')}`;
}

function sinceText({ changes, notComparable }: TrendPoint): string {
  const said = changes === null ? '' : changes.length === 0 ? 'none' : listed(changes);
  return [notComparable === null ? '' : `not comparable: ${notComparable}`, said]
    .filter((text) => text !== '')
    .join('; ');
}
