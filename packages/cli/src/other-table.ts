import type { JudgementTable } from '@clamor/evaluation';

import { type AnswerTable, openTable, type OpenTableOptions } from './answer-table.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';

/**
 * The table with another version of a member, in the order of the table with this one: rows are matched by key, or by place
 * where neither has keys.
 *
 * @param against - CSV or Parquet, as `evaluate --table` reads it.
 * @throws {CliError} `CLI_TABLES_DIFFER` when they are not over the same examples with the same labels, and what
 * {@link openTable} throws.
 */
export async function openOtherTable(
  { stored: now, table }: AnswerTable,
  { against, ...options }: OpenTableOptions & { readonly against: string },
  io: Io,
): Promise<JudgementTable> {
  const { stored: then } = await openTable({ ...options, table: against }, io);
  const files = { now: options.table, then: against };
  const places = placesOf(now.keys, then.keys, { ...files, rows: [now.labels.length, then.labels.length] });
  const at = <Value>(values: readonly Value[]): Value[] => places.map((place) => values[place]!);
  const other = {
    labels: at(then.labels),
    weights: then.weights === null ? null : at(then.weights),
    members: then.members.map(({ name, judgements }) => ({ name, judgements: at(judgements) })),
  };
  checkLabels(table.labels, other.labels, { ...files, keys: now.keys });
  return other;
}

interface Files {
  readonly now: string;
  readonly then: string;
}

/** Where each row of the one table stands in the other. */
function placesOf(
  now: readonly string[] | null,
  then: readonly string[] | null,
  { rows: [here, there], ...files }: Files & { readonly rows: readonly [number, number] },
): number[] {
  if ((now === null) !== (then === null)) {
    throw differ(files, `only "${now === null ? files.then : files.now}" has a column of keys`);
  }
  if (here !== there) throw differ(files, `they have ${here} and ${there} rows`);
  if (now === null || then === null) return Array.from({ length: here }, (_, i) => i);
  const places = new Map(then.map((key, i) => [key, i]));
  const missing = now.filter((key) => !places.has(key));
  if (missing.length > 0) {
    throw differ(files, `${missing.length} keys are in the first one only (${shown(missing)})`);
  }
  return now.map((key) => places.get(key)!);
}

function checkLabels(
  now: JudgementTable['labels'],
  then: JudgementTable['labels'],
  { keys, ...files }: Files & { readonly keys: readonly string[] | null },
): void {
  const other = now.flatMap((label, i) => (label === then[i] ? [] : [keys?.[i] ?? `row ${i + 1}`]));
  if (other.length > 0) throw differ(files, `${other.length} examples have another label (${shown(other)})`);
}

function shown(keys: readonly string[]): string {
  return keys.length > 3 ? `${keys.slice(0, 3).join(', ')}, …` : keys.join(', ');
}

function differ({ now, then }: Files, how: string): CliError {
  return new CliError(
    'CLI_TABLES_DIFFER',
    `"${now}" and "${then}" are not over the same examples: ${how}.\nTwo versions of a member are compared on one set of examples with one set of labels: judge it with both.`,
  );
}
