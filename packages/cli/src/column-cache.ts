import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { errorCode, errorMessage, type ScoreColumn } from '@clamor/contract';
import type { SuiteMember } from '@clamor/runtime';
import {
  columnKey,
  type ColumnToStore,
  type EvaluationSource,
  findColumn,
  keepColumn,
  touchColumn,
} from '@clamor/store';

import { EncoderCache } from './encoder-cache.ts';
import { type Io, printable } from './io.ts';
import { pickExamples, placesOf } from './pick-examples.ts';

/** Examples of a split, as far as columns over them are kept by. */
export interface CachedExamples {
  readonly split: string;
  /** Shape [n]. */
  readonly ids: readonly string[];
  /** As `ExamplesHash` of the store makes it. */
  readonly hash: string;
}

/** A column that need not be computed again. */
export interface CachedColumn {
  /** Shape [n], in the order of the ids asked for. */
  readonly column: ScoreColumn;
  /** `kept`: by an earlier run, or by a task runner that has put it back. `shipped`: with the evaluation. */
  readonly from: 'kept' | 'shipped';
}

/** What {@link ColumnCache} takes. */
export interface ColumnCacheOptions {
  /** Folder of the host: columns are kept in `.clamor/cache/columns` there, and looked for in `.clamor/columns`, too. */
  readonly host: string;
  readonly source: EvaluationSource;
}

/** A member whose scores may be kept. */
export type CachedMember = Pick<SuiteMember, 'name' | 'version' | 'record' | 'scoreHash' | 'fault'>;

/**
 * Score columns of installed members that need not be computed again: those that come with the evaluation, and those that an earlier
 * run on this machine kept. A column is used where nothing that decides its scores has changed, and its hashes are right; otherwise the
 * member is scored.
 */
export class ColumnCache {
  readonly #options: ColumnCacheOptions;
  readonly #io: Io;
  /** Rows of encoders for the members that have to be scored. */
  readonly encodings: EncoderCache;
  #isUnwritable = false;

  constructor(options: ColumnCacheOptions, io: Io) {
    this.#options = options;
    this.#io = io;
    this.encodings = new EncoderCache(
      { folder: join(this.#root, 'encoders'), source: options.source, prepare: () => ignoreInGit(this.#root) },
      io,
    );
  }

  /**
   * The column of a member.
   *
   * @returns `null` when there is none that can be used. What is wrong with a file is said on stderr.
   */
  async find(member: CachedMember, examples: CachedExamples): Promise<CachedColumn | null> {
    const { name, scoreHash, fault } = member;
    if (scoreHash === null || fault !== null) return null;
    const request = { name, key: columnKey(scoreHash, examples.hash), ids: examples.ids };
    for (const { from, folder } of this.#folders(examples.split)) {
      const stored = await findColumn(folder, request).catch((error: unknown) => this.#refuse(name, error));
      if (stored === null) continue;
      await this.ignoreColumns(folder).catch(() => {}); // A task runner puts its files back, and no other.
      if (folder === this.#folderOf(examples.split)) await touchColumn(folder, request, this.#io.now()).catch(() => {}); // It may be read-only.
      return { column: pickExamples(stored.column, placesOf(stored.ids, examples.ids)), from };
    }
    return null;
  }

  /**
   * Keeps the column of a member. The caller has made sure that no example failed by itself: a deadline that was missed may be met
   * the next time.
   *
   * @returns Whether it is kept; a folder that cannot be written to is said on stderr, once.
   */
  async keep(member: CachedMember, column: ScoreColumn, examples: CachedExamples): Promise<boolean> {
    const { source } = this.#options;
    const kept = this.#isUnwritable ? null : toCachedColumn(member, column, { source, examples });
    if (kept === null) return false;
    try {
      await ignoreInGit(this.#root);
      await keepColumn(this.#folderOf(examples.split), kept);
      return true;
    } catch (error) {
      this.#isUnwritable = true;
      this.#say(`columns are not kept in ${this.#root}: ${errorMessage(error)}`);
      return false;
    }
  }

  /** Keeps a folder out of git that is to be written to, if columns are looked for in it. */
  async ignoreColumns(folder: string): Promise<void> {
    if (!relative(this.#written, folder).startsWith('..')) await ignoreInGit(this.#written);
  }

  get #root(): string {
    return join(this.#options.host, '.clamor', 'cache');
  }

  /** What this machine has is looked for first: it is of the version that was worked on last. */
  #folders(split: string): { readonly from: 'kept' | 'shipped'; readonly folder: string }[] {
    const { cachedColumns, suite } = this.#options.source;
    const written = join(this.#written, splitFolder(suite), splitFolder(split));
    return [
      { from: 'kept', folder: this.#folderOf(split) },
      { from: 'kept', folder: written },
      ...(cachedColumns === undefined
        ? []
        : [{ from: 'shipped' as const, folder: join(cachedColumns, splitFolder(split)) }]),
    ];
  }

  /** Columns of a task runner, which caches them as files: `clamor score --out` writes them, whoever has them puts them there. */
  get #written(): string {
    return join(this.#options.host, '.clamor', 'columns');
  }

  #folderOf(split: string): string {
    return join(this.#root, 'columns', splitFolder(this.#options.source.suite), splitFolder(split));
  }

  #refuse(name: string, error: unknown): null {
    this.#say(
      `[${errorCode(error) ?? 'INTERNAL_CLI'}] the cached column of ${name} is not used: ${errorMessage(error)}`,
    );
    return null;
  }

  #say(text: string): void {
    this.#io.stderr.write(`clamor: ${printable(text)}\n`);
  }
}

/**
 * A column as it is kept, and as it is shipped.
 *
 * @param options.examples - Shape [n], those of the column.
 * @returns `null` for a member with a fault, of which nobody knows what decides its scores.
 */
export function toCachedColumn(
  { name, version, record, scoreHash, fault }: CachedMember,
  column: ScoreColumn,
  { source, examples }: { readonly source: EvaluationSource; readonly examples: CachedExamples },
): (ColumnToStore & { readonly key: string }) | null {
  if (scoreHash === null || record === null || fault !== null) return null;
  return {
    kind: 'member',
    name,
    version,
    artifact: record.artifact?.sha256 ?? null,
    threshold: record.threshold,
    dataset: source.dataset,
    datasetHash: source.datasetHash ?? null,
    fit: record.fit,
    outOfFold: false,
    ids: examples.ids,
    column,
    key: columnKey(scoreHash, examples.hash),
  };
}

/** The cache belongs to a machine, and nobody should have to remember that. */
/** Makes a folder whose files git does not see. */
export async function ignoreInGit(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

/** Name of a split, or of a suite, as that of a folder. */
export function splitFolder(name: string): string {
  return name.replace(/[^\w-]+/g, '-');
}
