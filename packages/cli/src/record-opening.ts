import type { Evaluation } from '@clamor/evaluation';
import { type EvidenceQuery, hashColumns, hashIds, logQuery, openingsOf, readQueries } from '@clamor/store';

import { printable } from './io.ts';
import type { MeasuredTable, MeasureTableOptions } from './measured-table.ts';
import { queryAuthor } from './query-author.ts';

/**
 * Logs that the figures of a split with the role test were opened: one query per suite version, in the log that the
 * evaluation names. Called before the figures are printed.
 *
 * @returns What the report says about it; empty for a split with other roles, and for an evaluation without a log.
 * @throws {StoreError} `STORE_LOG_UNUSABLE`, `STORE_QUERY_INVALID`: figures whose opening cannot be logged are not printed.
 */
export async function recordOpening(
  measured: MeasuredTable,
  evaluation: Evaluation,
  { source, suite, io }: Pick<MeasureTableOptions, 'source' | 'suite' | 'io'>,
): Promise<string[]> {
  const folder = source.evidenceLog;
  const { split, columns, table } = measured;
  if (folder === undefined || !split.roles.includes('test')) return [];
  const place = { dataset: source.dataset, split: split.name };
  const { suiteVersion } = suite;
  let openings = openingsOf(await readQueries(folder), place);
  if (!openings.some((opening) => opening.suiteVersion === suiteVersion)) {
    const opening: EvidenceQuery = {
      kind: 'opening',
      ...place,
      ids: hashIds(columns.examples.map(({ id }) => id)),
      suiteVersion,
      who: await queryAuthor(io),
      when: io.now().toISOString(),
      members: [],
      columns: hashColumns(table.members),
      outcome: outcomeOf(evaluation),
    };
    io.stderr.write(`opened ${printable(split.name)}: wrote ${printable(await logQuery(folder, opening))}\n`);
    openings = openingsOf([...openings, opening], place);
  }
  const own = openings.find((opening) => opening.suiteVersion === suiteVersion)!;
  const count = openings.length === 1 ? '1 suite version' : `${openings.length} suite versions`;
  return [`Opened on ${own.when.slice(0, 10)} for this suite version; the log has openings of ${count} on this split.`];
}

function outcomeOf({ suite }: Evaluation): EvidenceQuery['outcome'] {
  const { examples, positiveLabels, truePositives, falsePositives, precision, recall } = suite;
  return { examples, positiveLabels, truePositives, falsePositives, precision, recall };
}
