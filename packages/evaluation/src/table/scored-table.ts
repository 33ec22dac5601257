import type { ScoredExamples } from './columns-to-table.ts';

/** A column of the dataset that divides its examples, for example the language of a mail. */
export interface SliceColumn {
  readonly name: string;
  /** Shape [n]; `null` where the example has no value, which puts it in no slice of this column. */
  readonly values: readonly (string | null)[];
}

/**
 * Scores with their thresholds, and what the dataset says of the examples: what thresholds and advice are worked out from.
 *
 * @see ScoredExamples for labels, weights and members.
 */
export interface ScoredTable extends ScoredExamples {
  /** Ids of the examples, shape [n]; given only where the examples may be read (role explore). */
  readonly ids?: readonly string[];
  /** Shape [n]: near-copies share a cluster, and only whole clusters are independent. `null`: a cluster of its own. */
  readonly clusters?: readonly (string | null)[];
  /** Each name once. */
  readonly slices?: readonly SliceColumn[];
}
