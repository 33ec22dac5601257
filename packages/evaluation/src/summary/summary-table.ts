import { type BitColumn, createBitColumn, setBit } from '../table/bit-column.ts';
import { type BitTable, createBitMember } from '../table/bit-table.ts';
import { throwFaults } from '../errors.ts';
import { checkSummary } from './check-summary.ts';
import type { Summary, SummarySet } from './summary.ts';

/** What {@link summaryTable} takes besides the summary. */
export interface SummaryTableOptions {
  /** Only the examples with this value in the slice column; `null`: those without a value. Default all. */
  readonly slice?: string | null;
}

/**
 * A summary as a table with a row per set instead of one per example: weights are Σd, with Σd² beside them.
 *
 * Every figure that does not point at single examples is computed from it as from any table: `evaluate`, `positiveSets`,
 * `fairShares`. Clusters are forgotten, so intervals are those of independent examples.
 *
 * @throws {EvaluationError} `EVAL_SUMMARY_INVALID`, `EVAL_SUMMARY_ROW_DUPLICATE`, `EVAL_MEMBER_UNKNOWN`,
 * `EVAL_MEMBER_DUPLICATE`, `EVAL_LABEL_INVALID`, `EVAL_COUNT_INVALID`; all faults together.
 * @example
 * const table = { labels: [1, 1, 0] as const, members: [{ name: 'a', judgements: [1, 1, 1] as const }] };
 * const summary = summarise(table, { slice: { name: 'language', values: ['de', 'en', 'de'] } });
 * evaluate(summaryTable(summary, { slice: 'de' })).suite.precision // 0.5
 */
export function summaryTable(summary: Summary, options: SummaryTableOptions = {}): BitTable {
  throwFaults(checkSummary(summary));
  const { slice } = options;
  const isWanted = (row: { readonly slice: string | null }): boolean => slice === undefined || row.slice === slice;
  const sets = summary.sets.filter(isWanted);
  const total = sets.reduce((sum, { weight }) => sum + weight, 0);
  const members = summary.members.map((name) => {
    const rows = summary.judged.filter((row) => row.member === name && isWanted(row));
    // In another order the same weights may add up to a last digit more than there is.
    const judged = Math.min(
      total,
      rows.reduce((sum, row) => sum + row.judged, 0),
    );
    return { ...createBitMember(name, sets.length), judged };
  });
  const member = new Map(members.map((one) => [one.name, one]));
  for (const [i, { positive, failed }] of sets.entries()) {
    for (const name of positive) setBit(member.get(name)!.positive, i);
    for (const name of failed) setBit(member.get(name)!.failed, i);
  }
  return {
    kind: 'bits',
    examples: sets.length,
    labelledPositive: columnOf(sets, ({ label }) => label === 1),
    labelledNegative: columnOf(sets, ({ label }) => label === 0),
    weights: Object.assign(
      Float64Array.from(sets, ({ weight }) => weight),
      { squares: Float64Array.from(sets, ({ squares }) => squares) },
    ),
    counts: Float64Array.from(sets, ({ count }) => count),
    members,
  };
}

function columnOf(sets: readonly SummarySet[], has: (row: SummarySet) => boolean): BitColumn {
  const column = createBitColumn(sets.length);
  for (const [i, row] of sets.entries()) if (has(row)) setBit(column, i);
  return column;
}
