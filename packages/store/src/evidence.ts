import type { IdSetRecord } from '@clamor/contract';

import type { ColumnManifest } from './column-manifest.ts';
import { StoreError } from './errors.ts';
import { idSetRecord, type Split } from './splits.ts';

/** What figures must say about the evidence behind them. */
export type EvidenceMark = 'threshold in sample';

/** What {@link assertMayEvaluate} reads: of a column's manifest, or of a member's record with `outOfFold: false`. */
export type FittedOn = Pick<ColumnManifest, 'name' | 'fit' | 'outOfFold'>;

/**
 * Refuses to evaluate scores on examples that the weights behind them were fitted on.
 *
 * Out-of-fold scores may be evaluated on fitted ids. A threshold chosen on the evaluated ids is allowed and marked.
 *
 * @param ids - The examples to be evaluated.
 * @param splits - All splits of the dataset: they resolve the hashes of the manifest.
 * @returns The marks that the figures carry; empty when there is nothing to say.
 * @throws {StoreError} `EVAL_TRAINED_ON`; `STORE_ID_SET_UNKNOWN` when the fitted ids cannot be resolved.
 */
export function assertMayEvaluate(column: FittedOn, ids: readonly string[], splits: readonly Split[]): EvidenceMark[] {
  if (!column.outOfFold) {
    const fitted = resolveIdSet(column.fit.weights, { splits, of: `weights of "${column.name}"` });
    const seen = ids.filter((id) => fitted.has(id));
    if (seen.length > 0) throw trainedOn(column, seen, ids.length);
  }
  const chosen = resolveIdSet(column.fit.threshold, { splits, of: `threshold of "${column.name}"` });
  return ids.some((id) => chosen.has(id)) ? ['threshold in sample'] : [];
}

function resolveIdSet(record: IdSetRecord, place: { splits: readonly Split[]; of: string }): ReadonlySet<string> {
  if (record.count === 0) return new Set();
  const named = place.splits.filter((split) => record.splits.includes(split.name));
  const missing = record.splits.filter((name) => !named.some((split) => split.name === name));
  const found = idSetRecord(named);
  if (missing.length > 0 || found.sha256 !== record.sha256) {
    const why =
      missing.length > 0
        ? `the dataset has no split "${missing.join('", "')}"`
        : `the splits hold ${found.count} ids with hash ${found.sha256.slice(0, 12)}…`;
    throw new StoreError(
      'STORE_ID_SET_UNKNOWN',
      `The ${place.of} was fitted on ${record.count} ids of the splits ${JSON.stringify(record.splits)} with hash ${record.sha256.slice(0, 12)}…, but ${why}.\nEvaluate with the dataset version that the record names, or fit again.`,
    );
  }
  return new Set(named.flatMap((split) => split.ids));
}

function trainedOn(column: FittedOn, seen: readonly string[], total: number): StoreError {
  const examples = seen.slice(0, 3).map((id) => JSON.stringify(id));
  return new StoreError(
    'EVAL_TRAINED_ON',
    `"${column.name}" was fitted on ${seen.length} of the ${total} examples to be evaluated (${examples.join(', ')}${seen.length > 3 ? ', …' : ''}).\nEvaluate on a split that it was not fitted on (fitted: ${column.fit.weights.splits.join(', ')}), or on out-of-fold scores.`,
  );
}
