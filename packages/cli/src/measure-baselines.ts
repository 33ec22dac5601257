import { baselineFigures, type BaselineFigures } from '@clamor/evaluation';
import { assertMayEvaluate, type EvaluationSource } from '@clamor/store';

import type { Io } from './io.ts';
import type { MeasuredTable } from './measured-table.ts';

/** Baselines beside the suite: their figures, and a sentence about each. */
export interface MeasuredBaselines {
  readonly figures: readonly BaselineFigures[];
  readonly notes: readonly string[];
}

/** Measures the baselines of an evaluation on the examples of a measured table. */
export async function measureBaselines(
  { split, table: { labels, weights = null, clusters }, columns }: MeasuredTable,
  { source, io }: { readonly source: EvaluationSource; readonly io: Io },
): Promise<MeasuredBaselines> {
  const ids = columns.examples.map(({ id }) => id);
  const members = columns.members.map(({ name, version, threshold, column }) => ({ name, version, threshold, column }));
  const baselines = (await source.baselines?.({ split: split.name, ids, labels, members, signal: io.signal })) ?? [];
  const notes: string[] = [];
  const figures = baselines.map(({ name, description, threshold, column, fit, outOfFold = false }) => {
    const marks = fit === undefined ? [] : assertMayEvaluate({ name, fit, outOfFold }, ids, source.splits);
    const [failure] = column.reasons.values();
    const failed = failure === undefined ? '' : ` It failed on ${column.reasons.size} examples: ${failure.message}.`;
    notes.push(`${name}: ${description}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}${failed}`);
    return baselineFigures({ name, labels, weights, clusters: clusters ?? null, column, threshold });
  });
  return { figures, notes };
}
