import type { Part } from '../document.ts';
import { type FigureTable, foreignCell, leftColumn, rightColumn } from '../figure-table.ts';
import { UNDEFINED } from '../format-figure.ts';
import { formatSpan } from '../format-span.ts';
import type { QueueAnswer, QueueCandidate } from '../queue-answer.ts';

/** A row per candidate: who, since when, and what stands in its way in a few words. */
export function candidateTable({ at, candidates }: QueueAnswer): FigureTable {
  const since = (time: string): string => formatAge(Date.parse(at) - Date.parse(time));
  return {
    caption: 'One row per member and branch; the ready ones first, then the oldest',
    columns: [
      leftColumn('member', 20),
      leftColumn('standing', 24),
      leftColumn('branch', 24),
      leftColumn('owner', 14),
      leftColumn('change', 8),
      rightColumn('age', 4),
      rightColumn('last', 4),
      rightColumn('+', 2),
      rightColumn('−', 2),
    ],
    rows: candidates.map((candidate) => ({
      cells: [
        foreignCell(candidate.member),
        { text: standing(candidate) },
        foreignCell(candidate.branch),
        foreignCell(candidate.owner ?? UNDEFINED),
        { text: candidate.change },
        { text: since(candidate.openedAt) },
        { text: since(candidate.lastCommitAt) },
        { text: String(candidate.ahead) },
        { text: candidate.behind === null ? UNDEFINED : String(candidate.behind) },
      ],
    })),
  };
}

/** The largest unit alone: a queue is read by the day. */
function formatAge(ms: number): string {
  return formatSpan(ms).split(' ').slice(0, 2).join(' ');
}

function standing({ blocks }: QueueCandidate): string {
  return blocks.length === 0 ? 'ready to merge' : [...new Set(blocks.map(({ kind }) => kind))].join(', ');
}

/** Of each candidate with something to say: what stands in its way, and the commands that clear it. */
export function candidateParts(candidates: readonly QueueCandidate[]): Part[] {
  return candidates.filter(({ blocks, notes }) => blocks.length + notes.length > 0).map(candidatePart);
}

function candidatePart(candidate: QueueCandidate): Part {
  const { member, branch, author, subject, blocks, notes } = candidate;
  const commands = [...new Set(blocks.flatMap(({ next }) => next ?? []))];
  return {
    kind: 'folded',
    summary: `${member} on ${branch}: ${standing(candidate)}`,
    parts: [
      { kind: 'list', tone: 'finding', items: [...blocks.map(({ reason }) => reason), ...notes] },
      ...(commands.length === 0 ? [] : [{ kind: 'code', lines: withoutRepetition(commands) } as const]),
      { kind: 'text', media: ['markdown', 'html'], text: `Last commit by ${author}: ${subject}` },
    ],
  };
}

/** What all commands begin with, once: `git switch mine`. A branch has no space in its name. */
function withoutRepetition(commands: readonly string[]): readonly string[] {
  const [first = ''] = commands;
  const end = first.indexOf(AND);
  const start = first.slice(0, end + AND.length);
  if (end < 0 || !commands.every((command) => command.startsWith(start))) return commands;
  return [first.slice(0, end), ...commands.map((command) => command.slice(start.length))];
}

const AND = ' && ';
