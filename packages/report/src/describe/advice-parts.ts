import type { Advice, AdvisedMove, MissedPositives, Move } from '@clamor/evaluation';

import type { Part } from '../document.ts';
import type { FigureFormat } from '../figure-format.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn, withoutEmptyColumns } from '../figure-table.ts';
import { formatCount, formatScore } from '../format-figure.ts';
import type { Shown } from '../rounding/shown.ts';

const SLICES_SHOWN = 12;
const IDS_SHOWN = 20;

/** The moves with the suite that each would give, what was found, and where positives are missed. */
export function adviceParts(advice: Shown<Advice>, format: FigureFormat): Part[] {
  return [
    ...movesParts(advice, format),
    ...list(advice.findings.map(({ message }) => message)),
    ...missedParts(advice.missed),
  ];
}

/** What somebody is to do, in a few words. */
export function moveText(move: Shown<Move>): string {
  if (move.kind === 'together') return move.moves.map(moveText).join(', ');
  if (move.kind === 'remove') return `remove ${move.member}`;
  if (move.from === null || move.to === null) return `move the threshold of ${move.member}`;
  const verb = move.to > move.from ? 'raise' : 'lower';
  return `${verb} the threshold of ${move.member} from ${formatScore(move.from)} to ${formatScore(move.to)}`;
}

function movesParts(advice: Shown<Advice>, format: FigureFormat): Part[] {
  const { moves, sequence } = advice;
  if (moves.length === 0) return [{ kind: 'text', text: 'No move makes this suite better on these examples.' }];
  const each = movesTable('Each move by itself: the suite before → after', moves, { start: advice.suite, format });
  const reasons = moves.map((move, index) => `${index + 1}. ${moveText(move.move)}: ${move.message}`);
  if (sequence.length < 2) return [{ kind: 'table', table: each }, ...list(reasons)];
  const order = movesTable('One after another, each beside those before it', sequence, {
    start: advice.suite,
    format,
    chained: true,
  });
  return [
    { kind: 'table', table: each },
    ...list(reasons),
    { kind: 'folded', summary: 'One after another', parts: [{ kind: 'table', table: order }] },
  ];
}

interface MovesTableOptions {
  readonly start: Shown<Advice>['suite'];
  readonly format: FigureFormat;
  /** Each move starts where the one before it ended. */
  readonly chained?: boolean;
}

function movesTable(caption: string, moves: Shown<readonly AdvisedMove[]>, options: MovesTableOptions): FigureTable {
  const { start, format, chained = false } = options;
  return withoutEmptyColumns({
    caption,
    columns: [
      leftColumn('move', 34),
      rightColumn('precision', 15),
      rightColumn('recall', 15),
      rightColumn('FP', 9),
      rightColumn('how sure', 8),
      rightColumn('saves', 9),
    ],
    rows: moves.map((move, index) => {
      const before = chained && index > 0 ? (moves[index - 1]?.suite ?? start) : start;
      return {
        cells: [
          foreignCell(`${index + 1}. ${moveText(move.move)}`),
          { text: arrow(format.share(before.precision), format.share(move.suite.precision)) },
          { text: arrow(format.share(before.recall), format.share(move.suite.recall)) },
          { text: arrow(format.count(before.falsePositives), format.count(move.suite.falsePositives)) },
          { text: move.evidence.probability === null ? '' : format.probability(move.evidence.probability) },
          { text: move.savesMs === null ? '' : `${formatScore(move.savesMs)} ms` },
        ],
      };
    }),
  });
}

function arrow(before: string, after: string): string {
  return before === '' && after === '' ? '' : `${before} → ${after}`;
}

function missedParts(missed: Shown<readonly MissedPositives[]>): Part[] {
  const counted = missed.filter((each) => (each.missed ?? 0) > 0).slice(0, SLICES_SHOWN);
  if (counted.length === 0) return [];
  const table: FigureTable = {
    caption: 'Where positives are missed, and whose threshold reaches them within the policy',
    columns: [
      leftColumn('slice', 24),
      rightColumn('positive labels', 9),
      rightColumn('missed', 7),
      leftColumn('within reach of', 36),
      rightColumn('out of reach', 8),
    ],
    rows: counted.map((each) => ({
      cells: [
        each.column === null ? { text: 'all examples' } : foreignCell(`${each.column}: ${each.value ?? '–'}`),
        { text: formatCount(each.positiveLabels) },
        { text: formatCount(each.missed) },
        foreignCell(
          each.withinReach.map(({ member, missed: within }) => `${member} ${formatCount(within)}`).join(', ') ||
            'nobody',
        ),
        { text: formatCount(each.outOfReach) },
      ],
    })),
  };
  const ids = counted[0]?.ids.slice(0, IDS_SHOWN) ?? [];
  return [
    { kind: 'table', table },
    ...(ids.length === 0 ? [] : [{ kind: 'folded', summary: 'Missed examples to read', parts: list(ids) } as const]),
  ];
}

function list(items: readonly string[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', items, tone: 'finding' }];
}
