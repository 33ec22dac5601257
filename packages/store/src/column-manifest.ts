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
  /** Hash of the dataset, as `hashDataset` makes it; `null` when whoever scored did not know it. */
  readonly datasetHash: string | null;
  /** Hash of the ids scored, as `hashIds` makes it. */
  readonly ids: string;
  /** Number of examples scored. */
  readonly count: number;
  /** Ids used for weights and for the threshold, by hash. */
  readonly fit: Pick<FitRecord, 'weights' | 'threshold'>;
  /** True when each score comes from a fold that did not see the example. */
  readonly outOfFold: boolean;
  /** What the scores are kept by, as `columnKey` makes it; only of a column that stands for a run of the installed member. */
  readonly key?: string;
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

/** What {@link writeColumns} takes: the rest of the manifest is computed. */
export type ColumnToStore = Omit<ColumnManifest, 'datasetHash' | 'ids' | 'count' | 'file' | 'sha256'> & {
  /** Default `null`. */
  readonly datasetHash?: string | null;
  /** Shape [n], unique. */
  readonly ids: readonly string[];
  /** Shape [n], in the order of the ids. */
  readonly column: ScoreColumn;
};

const TEXT = ['name', 'version', 'dataset', 'ids', 'file', 'sha256'] as const;

/**
 * What is wrong with the fields of a manifest.
 *
 * @returns One sentence per fault; empty when it can be used.
 */
export function manifestFaults(manifest: unknown): string[] {
  if (typeof manifest !== 'object' || manifest === null) return ['it is not an object'];
  const fields = manifest as { readonly [name: string]: unknown };
  const faults = TEXT.filter((name) => typeof fields[name] !== 'string').map((name) => `"${name}" is not text`);
  if (fields['kind'] !== 'member' && fields['kind'] !== 'baseline') faults.push('"kind" is not member or baseline');
  if (typeof fields['threshold'] !== 'number') faults.push('"threshold" is not a number');
  if (!Number.isInteger(fields['count'])) faults.push('"count" is not a whole number');
  if (typeof fields['outOfFold'] !== 'boolean') faults.push('"outOfFold" is not true or false');
  // A path in "file" would let a manifest read a file from elsewhere.
  if (typeof fields['file'] === 'string' && !/^[\w.-]+\.parquet$/.test(fields['file'])) {
    faults.push('"file" is not the name of a .parquet file beside it');
  }
  const key = fields['key'];
  if (key !== undefined && !(typeof key === 'string' && /^[0-9a-f]{64}$/.test(key))) faults.push('"key" is no SHA-256');
  const fit = (fields['fit'] ?? {}) as { readonly [name: string]: unknown };
  for (const name of ['weights', 'threshold']) {
    if (!isIdSetRecord(fit[name])) faults.push(`"fit.${name}" is not { splits, count, sha256 }`);
  }
  return faults;
}

function isIdSetRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { splits, count, sha256 } = value as { readonly [name: string]: unknown };
  return Array.isArray(splits) && Number.isInteger(count) && typeof sha256 === 'string';
}
