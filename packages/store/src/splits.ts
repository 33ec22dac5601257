import { createHash } from 'node:crypto';

import type { IdSetRecord } from '@clamor/contract';

import { StoreError } from './errors.ts';

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
  return { splits: splits.map((split) => split.name).toSorted(), count: ids.size, sha256: hashIds(ids) };
}

/**
 * SHA-256 over the ids, sorted by code unit, each followed by a line feed; lower-case hex.
 *
 * @example hashIds(['b', 'a']) === hashIds(['a', 'b']) // true
 */
export function hashIds(ids: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const id of [...ids].toSorted()) hash.update(`${id}\n`);
  return hash.digest('hex');
}

/**
 * The split of a name.
 *
 * @throws {StoreError} `STORE_SPLIT_UNKNOWN`, naming those there are.
 */
export function findSplit(splits: readonly Split[], name: string): Split {
  const split = splits.find((candidate) => candidate.name === name);
  if (split !== undefined) return split;
  const names = splits.map((candidate) => `${candidate.name} (${candidate.roles.join(', ')})`).join('; ');
  throw new StoreError('STORE_SPLIT_UNKNOWN', `There is no split "${name}". Choose one of: ${names || 'none'}.`);
}

/**
 * SHA-256 over a dataset: one line `id`, tab, label (1, 0 or empty) per example, sorted by id by code unit.
 *
 * Two columns may be joined when they were made over datasets of the same hash.
 *
 * @example hashDataset([{ id: 'a', label: 1 }]).length // 64
 */
export function hashDataset(examples: Iterable<{ readonly id: string; readonly label: 0 | 1 | null }>): string {
  const lines = Array.from(examples, ({ id, label }) => [id, `${id}\t${label ?? ''}\n`] as const);
  lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const hash = createHash('sha256');
  for (const [, line] of lines) hash.update(line);
  return hash.digest('hex');
}
