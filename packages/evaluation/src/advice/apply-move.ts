import type { MemberColumn } from '../table/columns-to-table.ts';
import type { MemberMove, Move } from './advice.ts';
import { EvaluationError } from '../errors.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/**
 * The table as a move would leave it: without a member, or with other thresholds. The table itself stays as it is.
 *
 * @throws {EvaluationError} `EVAL_MEMBER_UNKNOWN`, `EVAL_THRESHOLD_INVALID`.
 * @example
 * const member = { name: 'a', column: column([0.9], (score) => score), threshold: 0.5 };
 * applyMove({ labels: [1], members: [member] }, { kind: 'remove', member: 'a' }).members.length // 0
 */
export function applyMove(table: ScoredTable, move: Move): ScoredTable {
  const moves = memberMoves(move);
  for (const one of moves) checkMove(table, one);
  return { ...table, members: moves.reduce(moved, table.members) };
}

/** What each owner does. */
export function memberMoves(move: Move): readonly MemberMove[] {
  return move.kind === 'together' ? move.moves : [move];
}

function moved(members: readonly MemberColumn[], move: MemberMove): readonly MemberColumn[] {
  return move.kind === 'remove'
    ? members.filter(({ name }) => name !== move.member)
    : members.map((member) => (member.name === move.member ? { ...member, threshold: move.to } : member));
}

function checkMove({ members }: ScoredTable, move: MemberMove): void {
  if (!members.some(({ name }) => name === move.member)) {
    throw new EvaluationError([
      {
        code: 'EVAL_MEMBER_UNKNOWN',
        message: `A move of "${move.member}" was to be applied; the table holds ${members.map(({ name }) => name).join(', ') || 'no member'}.`,
      },
    ]);
  }
  if (move.kind === 'threshold' && !Number.isFinite(move.to)) {
    throw new EvaluationError([
      {
        code: 'EVAL_THRESHOLD_INVALID',
        message: `A move sets the threshold of "${move.member}" to ${move.to}; it must be a finite number.`,
      },
    ]);
  }
}
