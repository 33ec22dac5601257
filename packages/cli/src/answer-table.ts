import { basename, resolve } from 'node:path';

import type { JudgementTable } from '@clamor/evaluation';
import type { ReportContext } from '@clamor/report';
import { readJudgementTable, type StoredJudgements } from '@clamor/store';

import { CliError } from './errors.ts';
import { hashFile } from './hash-file.ts';
import type { Io } from './io.ts';

/** A table of judgements made elsewhere that a question is asked of. */
export interface AnswerTable {
  readonly stored: StoredJudgements;
  readonly table: JudgementTable;
  readonly context: ReportContext;
}

/** What {@link openTable} takes. */
export interface OpenTableOptions {
  readonly table: string;
  readonly slice: readonly string[];
  readonly cluster?: string;
}

/**
 * Reads a table to decide on: every row of it, or none.
 *
 * @throws {CliError} `CLI_TABLE_INCOMPLETE`; {StoreError} the codes of `readJudgementTable`
 */
export async function openTable({ table: file, slice, cluster }: OpenTableOptions, io: Io): Promise<AnswerTable> {
  const path = resolve(io.cwd, file);
  const stored = await readJudgementTable(path, { slices: slice, ...(cluster === undefined ? {} : { cluster }) });
  const [first] = stored.unreadable;
  if (first !== undefined) {
    throw new CliError(
      'CLI_TABLE_INCOMPLETE',
      `${stored.unreadable.length} rows of "${file}" cannot be read, and an answer without them would be another one. The first: ${first.fault.message}\nCorrect them; clamor evaluate --table measures the rest.`,
    );
  }
  return {
    stored,
    table: { labels: stored.labels, weights: stored.weights, members: stored.members },
    context: {
      suite: basename(file),
      suiteVersion: `file ${(await hashFile(path)).slice(0, 16)}`,
      dataset: `judgements in ${basename(file)}`,
      split: basename(file),
      roles: [],
      notes: ['The judgements were made elsewhere: what the members were fitted on is not known here.'],
    },
  };
}
