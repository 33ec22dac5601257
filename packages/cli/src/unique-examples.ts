import { type BitTable, uniquePositives } from '@clamor/evaluation';
import type { UniqueExamples } from '@clamor/report';
import type { EvaluationSource, Split } from '@clamor/store';

import type { MeasuredColumns } from './measured-columns.ts';

/** Unique examples shown per member: what a person reads in one sitting. */
const MAX_SHOWN = 50;

/** What a member got wrong is read first. */
const LABEL_RANK = { 0: 0, null: 1, 1: 2 };

interface Place {
  readonly source: EvaluationSource;
  readonly split: Split;
}

/** Per member, its unique positives: label 0 first, then nearest to the threshold first, at most {@link MAX_SHOWN}. */
export async function uniqueExamples(
  measured: MeasuredColumns,
  table: BitTable,
  { source, split }: Place,
): Promise<UniqueExamples[]> {
  const chosen = measured.members.map((member) => {
    const score = (i: number): number => member.column.scores[i]!;
    const unique = uniquePositives(table, member.name).toSorted(
      (a, b) => rankOf(measured, a) - rankOf(measured, b) || score(a) - score(b),
    );
    return { member, shown: unique.slice(0, MAX_SHOWN) };
  });
  const titles = await readTitles(new Set(chosen.flatMap(({ shown }) => shown.map((i) => measured.examples[i]!.id))), {
    source,
    split,
  });
  return chosen.map(({ member, shown }) => ({
    member: member.name,
    items: shown.map((i) => {
      const { id, label } = measured.examples[i]!;
      return {
        title: titles.get(id) ?? id,
        score: member.column.scores[i]!,
        threshold: member.threshold,
        label,
        key: id,
      };
    }),
  }));
}

function rankOf({ examples }: MeasuredColumns, i: number): number {
  return LABEL_RANK[`${examples[i]!.label}`];
}

/** Titles by id. Inputs are not kept while a split is scored, so the few that are shown are read again. */
export async function readTitles(ids: ReadonlySet<string>, { source, split }: Place): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  if (ids.size === 0 || source.describe === undefined) return titles;
  for await (const example of source.examples(split.name)) {
    if (!ids.has(example.id)) continue;
    titles.set(example.id, source.describe(example).title);
    if (titles.size === ids.size) break;
  }
  return titles;
}
