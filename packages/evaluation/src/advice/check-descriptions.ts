import { type EvaluationFault, throwFaults } from '../errors.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { sliceFaults } from '../slices/slice-report.ts';

/**
 * Checks what a table says of its examples besides labels and scores: ids and slices.
 *
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`, `EVAL_SLICE_DUPLICATE`, `EVAL_SLICE_TOO_MANY`; all faults together.
 */
export function checkDescriptions({ labels, ids, slices = [] }: ScoredTable): void {
  throwFaults([...idFaults(ids ?? null, labels.length), ...sliceFaults(slices, labels.length)]);
}

function idFaults(ids: readonly string[] | null, examples: number): EvaluationFault[] {
  if (ids === null || ids.length === examples) return [];
  const message = `There are ${ids.length} ids for ${examples} labels; there must be one per example.`;
  return [{ code: 'EVAL_LENGTH_MISMATCH', message }];
}
