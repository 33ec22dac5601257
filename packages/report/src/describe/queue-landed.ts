import { type FigureTable, foreignCell, leftColumn, rightColumn } from '../figure-table.ts';
import { UNDEFINED } from '../format-figure.ts';
import { formatSpan } from '../format-span.ts';
import type { LandedCandidate, QueueAnswer } from '../queue-answer.ts';

/** Where every member of the base stands. */
export function memberTable({ members, base }: QueueAnswer): FigureTable {
  return {
    caption: `Members on ${base.name}`,
    columns: [
      leftColumn('member', 20),
      leftColumn('version', 12),
      leftColumn('owner', 14),
      leftColumn('stage', 10),
      rightColumn('changesets', 10),
      leftColumn('known by', 48),
    ],
    rows: members.map(({ member, version, owner, stage, waiting, reason }) => ({
      cells: [
        foreignCell(member),
        foreignCell(version),
        foreignCell(owner),
        { text: stage },
        { text: waiting === 0 ? '' : String(waiting) },
        { text: reason },
      ],
    })),
  };
}

/** How long each step took. */
export function leadTimeTable({ leadTimes }: QueueAnswer): FigureTable {
  return {
    caption: 'Time per step, for those of which both ends are known; no median of fewer than three',
    columns: [
      leftColumn('step', 18),
      rightColumn('n', 3),
      rightColumn('median', 10),
      rightColumn('shortest', 10),
      rightColumn('longest', 10),
    ],
    rows: leadTimes.map(({ step, count, medianMs, shortestMs, longestMs }) => ({
      cells: [
        { text: step },
        { text: String(count) },
        { text: span(medianMs) },
        { text: span(shortestMs) },
        { text: span(longestMs) },
      ],
    })),
  };
}

/** Every candidate that came in, with its days. */
export function landedTable(landed: readonly LandedCandidate[]): FigureTable {
  return {
    caption: 'Candidates that came in, the newest first (days in UTC; began: the first commit of the branch)',
    columns: [
      leftColumn('member', 20),
      leftColumn('change', 8),
      leftColumn('owner', 14),
      ...['began', 'ready', 'merged', 'released', 'active'].map((heading) => rightColumn(heading, 10)),
    ],
    rows: landed.map((one) => ({
      cells: [
        foreignCell(one.member),
        { text: one.change },
        foreignCell(one.owner ?? UNDEFINED),
        { text: one.isBranchKnown ? day(one.beganAt) : `≤ ${day(one.beganAt)}` },
        ...[one.readyAt, one.mergedAt, one.releasedAt, one.activeAt].map((at) => ({ text: day(at) })),
      ],
    })),
  };
}

function span(ms: number | null): string {
  return ms === null ? UNDEFINED : formatSpan(ms);
}

function day(at: string | null): string {
  return at?.slice(0, 10) ?? UNDEFINED;
}
