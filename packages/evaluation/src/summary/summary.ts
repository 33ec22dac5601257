import type { Label } from '../table/judgement-table.ts';

/**
 * What is left of a table when its examples are forgotten: enough for every figure, and small.
 *
 * Plain data, so that it can be kept as JSON; `SUMMARY_SCHEMA` is its JSON Schema. Summaries of the same members add up:
 * see `mergeSummaries`. Rows are sorted, the largest count first, so that equal tables have equal summaries.
 */
export interface Summary {
  readonly kind: 'summary';
  /** Names of the active members, each once. */
  readonly members: readonly string[];
  /** Name of the column that divides the examples; `null` when none does. */
  readonly slice: string | null;
  /** Every example is in exactly one of these; no two rows have the same sets, label and slice. */
  readonly sets: readonly SummarySet[];
  /** At most one row per member, label and slice; a row that is not there counts 0 for both. */
  readonly judged: readonly SummaryJudged[];
}

/** The examples with one label, of one slice, on which exactly these members are positive and exactly those failed. */
export interface SummarySet {
  /** Names in the order of `members`; empty where nobody is positive. */
  readonly positive: readonly string[];
  /** Names in the order of `members`; empty where nobody failed. */
  readonly failed: readonly string[];
  readonly label: Label;
  /** `null` where the example has no value in the slice column, and everywhere when there is no such column. */
  readonly slice: string | null;
  /** n, the number of examples, ≥ 1; never weighted. */
  readonly count: number;
  /** Σd of their sampling weights; the count when each is 1. */
  readonly weight: number;
  /** Σd², between weight² ÷ count and weight²; the count when each weight is 1. */
  readonly squares: number;
}

/** How much of the examples with one label, of one slice, one member judged, and on how much it failed. */
export interface SummaryJudged {
  readonly member: string;
  readonly label: Label;
  readonly slice: string | null;
  /** Σd of the examples that it called positive or negative. The rest, but for `failed`, it abstained on. */
  readonly judged: number;
  /** Σd of the examples on which it failed. */
  readonly failed: number;
}
