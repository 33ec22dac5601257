import type { ColumnManifest } from './column-manifest.ts';
import { StoreError } from './errors.ts';

/** The dataset in use. */
export interface DatasetInUse {
  /** Name and version, for example `spam@1`. */
  readonly dataset: string;
  /** As `hashDataset` makes it; without it, columns must only agree with each other. */
  readonly datasetHash?: string;
}

/**
 * Refuses to join columns that were made over another dataset than the one in use, or over different ones.
 *
 * A column without a hash fits only where nobody knows the hash: neither the dataset in use nor another column.
 *
 * @param columns - Manifests of the columns to be joined.
 * @throws {StoreError} `STORE_DATASET_MISMATCH`, naming every column that does not fit.
 */
export function assertSameDataset(
  columns: readonly Pick<ColumnManifest, 'name' | 'dataset' | 'datasetHash'>[],
  inUse: DatasetInUse,
): void {
  const hash = inUse.datasetHash ?? columns.find(({ datasetHash }) => datasetHash !== null)?.datasetHash ?? null;
  const others = columns.filter(({ dataset, datasetHash }) => dataset !== inUse.dataset || datasetHash !== hash);
  if (others.length === 0) return;
  const found = others.map(({ name, dataset, datasetHash }) => `"${name}" over ${told(dataset, datasetHash)}`);
  const wanted = inUse.datasetHash === undefined ? 'the first column that has a hash' : 'the dataset in use';
  throw new StoreError(
    'STORE_DATASET_MISMATCH',
    `Stored columns that were made over another dataset cannot be joined: ${found.join(', ')}; ${wanted} has ${told(inUse.dataset, hash)}.\nScore these members again on the dataset in use.`,
  );
}

function told(dataset: string, hash: string | null): string {
  return `${dataset} with ${hash === null ? 'no hash' : `hash ${hash.slice(0, 12)}…`}`;
}
