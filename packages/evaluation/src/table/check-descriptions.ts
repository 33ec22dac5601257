import { type EvaluationFault, throwFaults } from '../errors.ts';
import type { ScoredTable } from './scored-table.ts';

/**
 * Checks what a table says of its examples besides labels and scores: ids and slices.
 *
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`, all faults together.
 */
export function checkDescriptions({ labels, ids, slices = [] }: ScoredTable): void {
  const described: [what: string, length: number][] = [
    ...(ids === undefined ? [] : [['ids', ids.length] as [string, number]]),
    ...slices.map(({ name, values }): [string, number] => [`values of slice column "${name}"`, values.length]),
  ];
  throwFaults(
    described
      .filter(([, length]) => length !== labels.length)
      .map(([what, length]): EvaluationFault => ({
        code: 'EVAL_LENGTH_MISMATCH',
        message: `There are ${length} ${what} for ${labels.length} labels; there must be one per example.`,
      })),
  );
}
