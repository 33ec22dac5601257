import {
  countQueries,
  type EvaluationSource,
  type EvidenceQuery,
  type EvidenceUse,
  hashIds,
  logQuery,
  readQueries,
  type Split,
} from '@clamor/store';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { queryAuthor } from './query-author.ts';

/** What {@link openEvidence} takes. */
export interface OpenEvidenceOptions {
  readonly source: EvaluationSource;
  readonly split: Split;
}

/** What a command asks of a split, and what it answered. */
export type Question = Pick<EvidenceQuery, 'kind' | 'suiteVersion' | 'members' | 'columns' | 'outcome'> & {
  /** Ids of the examples that were asked. */
  readonly ids: readonly string[];
};

/** A split of a dataset with the log of what has been asked of it. */
export class SplitEvidence {
  /** Held back: outcomes are told rounded, and every query is logged. */
  readonly isHeldBack: boolean;
  readonly #options: OpenEvidenceOptions;
  readonly #folder: string | null;
  readonly #queries: readonly EvidenceQuery[];
  readonly #io: Io;

  constructor(options: OpenEvidenceOptions, log: { folder: string | null; queries: readonly EvidenceQuery[] }, io: Io) {
    this.isHeldBack = isHeldBack(options.split);
    this.#options = options;
    this.#folder = log.folder;
    this.#queries = log.queries;
    this.#io = io;
  }

  /**
   * Precision that accepted candidates have drawn from the suite's loss budget.
   *
   * @param columns - Hash of what is asked about now: a candidate that was accepted before is not charged to itself.
   */
  lossDrawn(columns: string): number {
    return this.#queries
      .filter(({ outcome, columns: own }) => outcome['accepted'] === true && own !== columns)
      .reduce((sum, { outcome }) => sum + (typeof outcome['draws'] === 'number' ? outcome['draws'] : 0), 0);
  }

  /**
   * Logs a question with its answer; called before the answer is told. Without effect on a split that is not held back.
   *
   * @returns How often the split has been asked by now; `null` where nobody counts.
   */
  async answer(question: Question): Promise<EvidenceUse | null> {
    if (!this.isHeldBack || this.#folder === null) return null;
    const { source, split } = this.#options;
    const { ids, ...asked } = question;
    const query: EvidenceQuery = {
      ...asked,
      dataset: source.dataset,
      split: split.name,
      ids: hashIds(ids),
      who: await queryAuthor(this.#io),
      when: this.#io.now().toISOString(),
    };
    await logQuery(this.#folder, query);
    return countQueries([...this.#queries, query], { dataset: source.dataset, split: split.name });
  }
}

/** Whether a split is held back for decisions: it has the role gate or test, and its examples may not be read. */
export function isHeldBack({ roles }: Split): boolean {
  return !roles.includes('explore') && (roles.includes('gate') || roles.includes('test'));
}

/**
 * Opens a split with its log of evidence.
 *
 * @throws {CliError} `CLI_EVIDENCE_LOG_MISSING` when a split that is held back has no log: what cannot be logged is not
 * answered. {StoreError} `STORE_QUERY_INVALID`, `STORE_LOG_UNUSABLE`
 */
export async function openEvidence(options: OpenEvidenceOptions, io: Io): Promise<SplitEvidence> {
  const { source, split } = options;
  const folder = source.evidenceLog ?? null;
  if (folder === null && isHeldBack(split)) {
    throw new CliError(
      'CLI_EVIDENCE_LOG_MISSING',
      `Split "${split.name}" (${split.roles.join(', ')}) is held back, and the evaluation of "${source.suite}" names no folder to log queries in.\nGive it an "evidenceLog", or ask on a split with the role explore.`,
    );
  }
  return new SplitEvidence(options, { folder, queries: folder === null ? [] : await readQueries(folder) }, io);
}
