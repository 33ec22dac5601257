import { SCORED, type ScoreColumn } from '@clamor/contract';
import type { JudgementChange, VersionColumns } from '@clamor/evaluation';
import type { ChangedExample } from '@clamor/report';
import type { EvaluationSource } from '@clamor/store';

import type { MeasuredTable } from '../measured-table.ts';
import { readTitles } from '../unique-examples.ts';

/** What {@link shownExamples} takes besides the changes. */
export interface ShownExamplesOptions extends VersionColumns {
  readonly measured: MeasuredTable;
  readonly source: EvaluationSource;
  /** Of each way. */
  readonly examples: number;
}

/** Examples whose judgement changed, for a person to read: of each way those whose score moved furthest. */
export async function shownExamples(
  changes: readonly JudgementChange[],
  { measured, source, before, after, examples }: ShownExamplesOptions,
): Promise<ChangedExample[]> {
  const { split, columns } = measured;
  if (examples === 0 || !split.roles.includes('explore')) return [];
  const shift = (i: number): number => Math.abs((scoreAt(after.column, i) ?? 0) - (scoreAt(before.column, i) ?? 0));
  const chosen = changes.flatMap(({ from, to, places }) =>
    places
      .toSorted((a, b) => shift(b) - shift(a) || a - b)
      .slice(0, examples)
      .map((place) => ({ from, to, place, ...columns.examples[place]! })),
  );
  const titles = await readTitles(new Set(chosen.map(({ id }) => id)), { source, split });
  return chosen.map(({ from, to, place, id, label }) => ({
    key: id,
    title: titles.get(id) ?? '',
    label,
    from,
    to,
    before: scoreAt(before.column, place),
    after: scoreAt(after.column, place),
  }));
}

function scoreAt({ scores, status }: ScoreColumn, i: number): number | null {
  return status[i] === SCORED ? scores[i]! : null;
}
