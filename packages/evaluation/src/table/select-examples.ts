import type { FailureReason, ScoreColumn } from '@clamor/contract';
import type { ScoredTable } from './scored-table.ts';

/**
 * Some of the examples of a table, in the order asked for, with everything that it says of them.
 *
 * @param examples - Indices of examples, each at most once.
 */
export function selectExamples(table: ScoredTable, examples: readonly number[]): ScoredTable {
  const pick = <T>(values: readonly T[]): T[] => examples.map((i) => values[i]!);
  return {
    labels: pick(table.labels),
    weights: table.weights ? pick(table.weights) : null,
    members: table.members.map((member) => ({ ...member, column: selectScores(member.column, examples) })),
    ...(table.ids && { ids: pick(table.ids) }),
    ...(table.clusters && { clusters: pick(table.clusters) }),
    ...(table.slices && { slices: table.slices.map(({ name, values }) => ({ name, values: pick(values) })) }),
  };
}

function selectScores({ scores, status, reasons }: ScoreColumn, examples: readonly number[]): ScoreColumn {
  const kept = new Map<number, FailureReason>();
  for (const [place, example] of examples.entries()) {
    const reason = reasons.get(example);
    if (reason !== undefined) kept.set(place, reason);
  }
  return {
    scores: Float32Array.from(examples, (i) => scores[i]!),
    status: Uint8Array.from(examples, (i) => status[i]!),
    reasons: kept,
  };
}
