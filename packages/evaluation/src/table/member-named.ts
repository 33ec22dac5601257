import type { BitMember, BitTable } from './bit-table.ts';
import { EvaluationError } from '../errors.ts';

/**
 * The member of that name.
 *
 * @param purpose - What it is wanted for, as the beginning of a sentence: `Unique positives were asked of`.
 * @throws {EvaluationError} `EVAL_MEMBER_UNKNOWN`
 */
export function memberNamed({ members }: BitTable, name: string, purpose: string): BitMember {
  const member = members.find((one) => one.name === name);
  if (member !== undefined) return member;
  throw new EvaluationError([
    {
      code: 'EVAL_MEMBER_UNKNOWN',
      message: `${purpose} "${name}"; the table holds ${members.map((one) => one.name).join(', ') || 'no member'}.`,
    },
  ]);
}

/** The table without some of its members. */
export function withoutMembers(table: BitTable, names: readonly string[]): BitTable {
  return { ...table, members: table.members.filter(({ name }) => !names.includes(name)) };
}
