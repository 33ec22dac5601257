import { createHash } from 'node:crypto';

import type { IdSetRecord } from '@clamor/contract';

/**
 * What a split may be used for. `fit`: weights and thresholds. `explore`: its examples may be read. `gate`: outcomes and
 * rounded intervals only, every query logged. `test`: figures at a release.
 */
export type SplitRole = 'fit' | 'explore' | 'gate' | 'test';

/** A named part of a dataset. A split may have several roles. */
export interface Split {
  readonly name: string;
  readonly roles: readonly SplitRole[];
  /** Unique, in the order in which the examples are read. */
  readonly ids: readonly string[];
  /** One sentence: which examples these are. */
  readonly description: string;
}

/**
 * The record of the union of splits, as it stands in a member's `record.json`.
 *
 * @returns The names sorted; the hash as {@link hashIds} makes it, over the union.
 * @example idSetRecord([{ name: 'train', roles: ['fit'], ids: ['b', 'a'], description: '' }]).count // 2
 */
export function idSetRecord(splits: readonly Split[]): IdSetRecord {
  const ids = new Set(splits.flatMap((split) => split.ids));
  return { splits: splits.map((split) => split.name).sort(), count: ids.size, sha256: hashIds(ids) };
}

/**
 * SHA-256 over the ids, sorted by code unit, each followed by a line feed; lower-case hex.
 *
 * @example hashIds(['b', 'a']) === hashIds(['a', 'b']) // true
 */
export function hashIds(ids: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const id of [...ids].sort()) hash.update(`${id}\n`);
  return hash.digest('hex');
}
