import type { Evaluation } from '@clamor/evaluation';
import type { RunningSuite } from '@clamor/runtime';
import { hashColumns } from '@clamor/store';

import type { MeasuredTable } from './measured-table.ts';
import type { SplitEvidence } from './split-evidence.ts';

/** What {@link recordLook} takes besides what was measured. */
export interface RecordLookOptions {
  readonly evidence: SplitEvidence;
  readonly suite: RunningSuite;
}

/**
 * Logs that the figures of a split that is held back for decisions were looked at, which decides nothing by itself but is a
 * look. Called before they are printed. What is logged is rounded, as what is printed.
 *
 * @returns What the report says about it.
 * @throws {StoreError} `STORE_LOG_UNUSABLE`: figures whose look cannot be logged are not printed.
 */
export async function recordLook(
  { columns, table }: MeasuredTable,
  { suite: { precision, recall } }: Evaluation,
  { evidence, suite }: RecordLookOptions,
): Promise<string[]> {
  const use = await evidence.answer({
    kind: 'evaluate',
    suiteVersion: suite.suiteVersion,
    ids: columns.examples.map(({ id }) => id),
    members: [],
    columns: hashColumns(table.members),
    outcome: { precision: toPercent(precision), recall: toPercent(recall) },
  });
  if (use === null) return [];
  return [
    `This look is logged: the split is held back for decisions. Asked of it so far: ${use.queries}, about different candidates: ${use.columns}.`,
  ];
}

function toPercent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 100) / 100;
}
