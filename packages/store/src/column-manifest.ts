import type { FitRecord, ScoreColumn } from '@clamor/contract';

/** What stands beside a column on disk: whose scores these are, over which examples, and what the scorer was fitted on. */
export interface ColumnManifest {
  /** A `baseline` is measured and never counted. */
  readonly kind: 'member' | 'baseline';
  /** Short name of the member (`words`), or name of the baseline. */
  readonly name: string;
  /** Version of the member's package. */
  readonly version: string;
  /** SHA-256 of the artifact that gave the scores, or `null` for plain code. */
  readonly artifact: string | null;
  /** score ≥ threshold is positive; float32. */
  readonly threshold: number;
  /** Name and version of the dataset, for example `spam@1`. */
  readonly dataset: string;
  /** Hash of the ids scored, as `hashIds` makes it. */
  readonly ids: string;
  /** Number of examples scored. */
  readonly count: number;
  /** Ids used for weights and for the threshold, by hash. */
  readonly fit: Pick<FitRecord, 'weights' | 'threshold'>;
  /** True when each score comes from a fold that did not see the example. */
  readonly outOfFold: boolean;
  /** The Parquet file beside the manifest. */
  readonly file: string;
  /** SHA-256 of the Parquet file, lower-case hex. */
  readonly sha256: string;
}

/** A column with its manifest and the ids of its examples. */
export interface StoredColumn {
  readonly manifest: ColumnManifest;
  /** Shape [n]. */
  readonly ids: readonly string[];
  /** Shape [n], in the order of the ids. */
  readonly column: ScoreColumn;
}
