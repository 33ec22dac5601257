import { difference, indicesOf } from '../table/bit-column.ts';
import { type BitTable, toExampleTable } from '../table/bit-table.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { memberNamed } from '../table/member-named.ts';
import { positivesOf } from '../table/positives.ts';

/**
 * The examples that one member alone calls positive, to be read: what would be lost without it.
 *
 * Examples on which another member failed are left out, as in the unique figures.
 *
 * @returns Indices of examples, ascending.
 * @throws {EvaluationError} what `toBitTable` throws; `EVAL_MEMBER_UNKNOWN`; `EVAL_EXAMPLES_WANTED` for a summary.
 * @example
 * uniquePositives({ labels: [1, 0], members: [{ name: 'a', judgements: [1, 1] }, { name: 'b', judgements: [1, 0] }] }, 'a')
 * // [1]
 */
export function uniquePositives(table: JudgementTable | BitTable, name: string): number[] {
  const bits = toExampleTable(table, 'Unique positives cannot be pointed at');
  const member = memberNamed(bits, name, 'Unique positives were asked of');
  const { twoOrMore, anyFailed } = positivesOf(bits);
  return indicesOf(difference(difference(member.positive, twoOrMore), anyFailed));
}
