import { fileURLToPath } from 'node:url';

import { type StoredColumn, readColumns } from '@clamor/store';

import { DATA, readGrowthOrder } from './artifacts.ts';
import { spamDatasetHash } from './splits.ts';

/** Which folder of `data/columns/` holds the columns of a split; a split without one is scored by the installed members. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['train', 'out-of-fold'],
  ['valid', 'out-of-fold'],
  ['later', 'later'],
]);

/**
 * The stored columns of a split, members and baselines, members in the order in which the suite was grown.
 *
 * `train` and `valid` have out-of-fold columns of the release fit; `later` has those of a fit on earlier mail, because most
 * of its mails are in the training set of the release fit.
 *
 * @throws {StoreError} `STORE_DATASET_MISMATCH` when a column was made over another version of the dataset.
 * @returns `undefined` for a split that the installed members are to score.
 */
export async function readStoredColumns(split: string): Promise<readonly StoredColumn[] | undefined> {
  const folder = FOLDERS.get(split);
  if (folder === undefined) return undefined;
  const columns = await readColumns(fileURLToPath(new URL(`columns/${folder}/`, DATA)), {
    datasetHash: spamDatasetHash,
  });
  const order = await readGrowthOrder();
  const place = ({ manifest }: StoredColumn): number => {
    const index = order.indexOf(manifest.name);
    return manifest.kind === 'member' && index >= 0 ? index : order.length;
  };
  return columns.toSorted((a, b) => place(a) - place(b));
}
