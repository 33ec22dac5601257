import type { Summary, SummaryJudged, SummarySet } from './summary.ts';

/**
 * Rows in the one order that says nothing of how they came about: the largest count first, then by key.
 *
 * Without it the same examples in another order, or in other shards, would have another summary.
 */
export function sortSummary(summary: Summary): Summary {
  const place = new Map(summary.members.map((name, j) => [name, j]));
  const keyed = summary.sets.map((row) => ({ row, key: setKey(row) }));
  return {
    ...summary,
    sets: keyed.toSorted((a, b) => b.row.count - a.row.count || compareText(a.key, b.key)).map(({ row }) => row),
    judged: summary.judged.toSorted(
      (a, b) => place.get(a.member)! - place.get(b.member)! || compareText(judgedKey(a), judgedKey(b)),
    ),
  };
}

/** What tells a row of `sets` from the others, in whatever order it names the members; equal keys, same examples. */
export function setKey({ slice, label, positive, failed }: SummarySet): string {
  return JSON.stringify([slice, label, positive.toSorted(), failed.toSorted()]);
}

/** What tells a row of `judged` from the others. */
export function judgedKey({ slice, label, member }: SummaryJudged): string {
  return JSON.stringify([slice, label, member]);
}

/** By code unit: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
