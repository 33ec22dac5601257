import type { ScoreColumn } from '@clamor/contract';

import type { StoredColumn } from './column-manifest.ts';
import type { Split } from './splits.ts';

/** One example of a dataset with what is known about it. */
export interface LabelledExample<Input = unknown> {
  /** Unique in the dataset and stable over its versions. */
  readonly id: string;
  /** The truth; `null` when it is not known. */
  readonly label: 0 | 1 | null;
  /** Sampling weight, > 0; default 1. */
  readonly weight?: number;
  /** Near-copies share a cluster; intervals come from a bootstrap over clusters. */
  readonly cluster?: string;
  /** Name of a slice → value on this example, for figures by slice. */
  readonly slices?: { readonly [name: string]: string };
  /** What the suite's schema accepts. */
  readonly input: Input;
}

/**
 * What an evaluation leaf exports as `evaluation`: everything that measuring a suite needs and the suite itself does not.
 *
 * @typeParam Input - What the suite's schema accepts.
 */
export interface EvaluationSource<Input = unknown> {
  /** Name of the suite, for example `spam`. */
  readonly suite: string;
  /** Name and version of the dataset, for example `spam@1`; members name it in their record. */
  readonly dataset: string;
  /** As `hashDataset` makes it; stored columns of another hash are refused. Default: they must only agree. */
  readonly datasetHash?: string;
  readonly splits: readonly Split[];
  /** Path of the folder that queries of this dataset are logged in, one file each. Default: nothing is logged. */
  readonly evidenceLog?: string;
  /** The examples of a split, in the order of its ids, read lazily. */
  examples(split: string): AsyncIterable<LabelledExample<Input>>;
  /**
   * Columns made by another fit than the installed one (for example a fit on earlier mail, measured on later mail).
   *
   * @returns `undefined` when the installed members are to be scored.
   */
  columns?(split: string): Promise<StoredColumns | undefined>;
  /**
   * Path of a folder with score columns of installed members that come with the dataset, `<split>/<member>.json`, for members that
   * take long. Each is used where nothing has changed that its scores depend on, and only there. `clamor score --out` writes them.
   */
  readonly cachedColumns?: string;
  /** Kind `baseline`: measured beside the suite, never counted in it. */
  baselines?(request: BaselineRequest): Promise<readonly BaselineColumn[]>;
  /** What to show of an example of an *explore* split. Untrusted text: whoever prints it escapes it. */
  describe?(example: LabelledExample<Input>): ExampleDescription;
}

/** An example for a reader, for example the subject of a mail. Untrusted. */
export interface ExampleDescription {
  readonly title: string;
  /** More to read, bounded by whoever makes it; optional. */
  readonly text?: string;
}

/** Stored columns of one split, one per member. */
export interface StoredColumns {
  /** In the order in which the suite was grown, or by name. Each carries its own ids; they are joined by id. */
  readonly columns: readonly StoredColumn[];
}

/** What a leaf gets to compute its baselines: a stack, for example, reads the members' columns. */
export interface BaselineRequest {
  readonly split: string;
  /** Shape [n]: the examples measured, in the order of every column below. */
  readonly ids: readonly string[];
  /** Shape [n]; for choosing nothing: a baseline is measured here, not fitted. */
  readonly labels: readonly (0 | 1 | null)[];
  /** The members measured, by their short name (`words`). */
  readonly members: readonly {
    readonly name: string;
    readonly version: string;
    readonly threshold: number;
    readonly column: ScoreColumn;
  }[];
  readonly signal?: AbortSignal;
}

/** A baseline on the examples of a {@link BaselineRequest}. */
export interface BaselineColumn {
  /** For people: `joint model`, `stack of the scores`, `best single member (words)`. */
  readonly name: string;
  /** One sentence: what it is and on what it was fitted and its threshold chosen. */
  readonly description: string;
  readonly threshold: number;
  /** Shape [n], in the order of the request's ids. */
  readonly column: ScoreColumn;
  /** What it was fitted on, checked like a member's; absent when nothing was fitted. */
  readonly fit?: StoredColumn['manifest']['fit'];
  /** Scores by folds over the fitted ids. Default false. */
  readonly outOfFold?: boolean;
}
