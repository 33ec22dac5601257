import { column } from '@clamor/contract';
import type { Label, ScoredTable } from '../src/index.ts';

/** So many examples with one label and one score of every member; `null`: abstained. Thresholds are .5. */
export interface Rows {
  readonly count: number;
  readonly label: Label;
  readonly scores: Readonly<Record<string, number | null>>;
}

/** A table by groups of like examples; a member that a group leaves out scores 0 on it. */
export function rowTable(groups: readonly Rows[]): ScoredTable {
  const rows = groups.flatMap((group) => Array.from({ length: group.count }, () => group));
  const names = [...new Set(groups.flatMap(({ scores }) => Object.keys(scores)))];
  return {
    labels: rows.map(({ label }) => label),
    members: names.map((name) => ({
      name,
      threshold: 0.5,
      column: column(rows, ({ scores }) => (name in scores ? scores[name]! : 0)),
    })),
  };
}
