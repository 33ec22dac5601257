import type { StoredJudgements, StoredLabels } from '@clamor/store';

import { keysOf, labelsMismatch } from './label-file.ts';

/** A table reduced to the examples that have a label, each weighted by what it stands for. */
export interface FilledTable {
  readonly stored: StoredJudgements;
  /** What a reader of its figures must know. */
  readonly notes: readonly string[];
}

/**
 * Gives a table the labels that a plan asked for, and leaves out what has none.
 *
 * A label from before stands for itself. A chosen example that still has no label is left out as if by chance: the weights of
 * the others of its stratum grow accordingly.
 *
 * @param file - That of the table, for messages.
 * @throws {CliError} `CLI_KEYS_MISSING`; `CLI_LABELS_MISMATCH` when a key is not in the table, or has a label there.
 */
export function fillTable(table: StoredJudgements, filled: StoredLabels, file: string): FilledTable {
  const places = new Map(keysOf(table, file).map((key, i) => [key, i]));
  const unknown = filled.keys.filter((key) => !places.has(key)).length;
  const known = filled.keys.filter((key) => table.labels[places.get(key) ?? -1] != null).length;
  if (unknown + known > 0) {
    throw labelsMismatch(
      filled.file,
      `${unknown} of its keys are not in "${file}", and ${known} have a label there already.\nGive the table that the plan was made for`,
    );
  }
  const shares = labelledShares(filled);
  const before = table.labels.flatMap((label, place) =>
    label === null ? [] : [{ place, label, weight: table.weights?.[place] ?? 1 }],
  );
  const came = filled.labels.flatMap((label, i) =>
    label === null
      ? []
      : [
          {
            place: places.get(filled.keys[i]!)!,
            label,
            weight: filled.weights[i]! / shares.get(filled.strata[i]!)!,
          },
        ],
  );
  const rows = [...before, ...came].toSorted((a, b) => a.place - b.place);
  return { stored: selectRows(table, rows), notes: notesOf(filled, { shares, before: before.length }) };
}

/** Per stratum, the share of its chosen examples that have a label. */
function labelledShares({ labels, strata }: StoredLabels): Map<string | null, number> {
  const byStratum = Map.groupBy(labels, (_, i) => strata[i]!);
  return new Map(
    [...byStratum].map(([stratum, own]) => [stratum, own.filter((label) => label !== null).length / own.length]),
  );
}

interface FilledRow {
  readonly place: number;
  readonly label: 0 | 1;
  readonly weight: number;
}

function selectRows(table: StoredJudgements, rows: readonly FilledRow[]): StoredJudgements {
  const at = <Value>(values: readonly Value[]): Value[] => rows.map(({ place }) => values[place]!);
  return {
    labels: rows.map(({ label }) => label),
    weights: rows.map(({ weight }) => weight),
    keys: table.keys === null ? null : at(table.keys),
    clusters: table.clusters === null ? null : at(table.clusters),
    slices: table.slices.map(({ name, values }) => ({ name, values: at(values) })),
    members: table.members.map(({ name, judgements }) => ({ name, judgements: at(judgements) })),
    unreadable: table.unreadable,
  };
}

function notesOf(
  { file, labels }: StoredLabels,
  { shares, before }: { readonly shares: ReadonlyMap<string | null, number>; readonly before: number },
): string[] {
  const came = labels.filter((label) => label !== null).length;
  const open = labels.length - came;
  const empty = [...shares].filter(([, share]) => share === 0).map(([stratum]) => stratum ?? 'no stratum');
  return [
    `${came} labels from "${file}", each weighted by how many examples it stands for, beside ${before} from before: counts are estimates.`,
    'Intervals here know nothing of the strata; clamor label --filled gives those of precisions and recall that do.',
    ...(open === 0 ? [] : [`${open} chosen examples have no label yet and are left out.`]),
    ...(empty.length === 0 ? [] : [`No label yet, so in no figure: ${empty.join('; ')}.`]),
  ];
}
