// Question: what is the summary of all shards together?
// Source: counts, Σd and Σd² of disjoint sets of examples add up.
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { checkSummary } from './check-summary.ts';
import { judgedKey, setKey, sortSummary } from './sort-summary.ts';
import type { Summary } from './summary.ts';

/**
 * The summary of the examples of all summaries together; no example may be in two of them.
 *
 * Counts and whole-number weights are exact, so that neither the sharding nor the order of merging matters; other weights are
 * sums of floating-point numbers, whose last digits depend on the order.
 *
 * @param summaries - At least one, all of the same members (in any order; the first one's is kept) and slice column.
 * @throws {EvaluationError} `EVAL_SUMMARY_MISMATCH`, and what `evaluate` throws for a summary that is wrong by itself.
 * @example
 * const monday = summarise({ labels: [1, 0], members: [{ name: 'a', judgements: [1, 0] }] });
 * const tuesday = summarise({ labels: [1], members: [{ name: 'a', judgements: [1] }] });
 * evaluate(mergeSummaries(monday, tuesday)).suite.truePositives // 2
 */
export function mergeSummaries(...summaries: readonly [Summary, ...Summary[]]): Summary {
  const [first] = summaries;
  throwFaults(summaries.flatMap((summary) => checkSummary(summary)));
  throwFaults(summaries.flatMap((summary, s) => mismatches(first, summary, s)));

  const place = new Map(first.members.map((name, j) => [name, j]));
  const inOrder = (names: readonly string[]): string[] => names.toSorted((a, b) => place.get(a)! - place.get(b)!);
  const rows = summaries.flatMap(({ sets }) =>
    sets.map((row) => ({ ...row, positive: inOrder(row.positive), failed: inOrder(row.failed) })),
  );
  return sortSummary({
    kind: 'summary',
    members: first.members,
    slice: first.slice,
    sets: addUp(rows, setKey, ['count', 'weight', 'squares']),
    judged: addUp(
      summaries.flatMap(({ judged }) => judged),
      judgedKey,
      ['judged', 'failed'],
    ).filter(({ judged, failed }) => judged > 0 || failed > 0),
  });
}

function mismatches(first: Summary, other: Summary, s: number): EvaluationFault[] {
  const found = described(other);
  const wanted = described(first);
  if (found === wanted) return [];
  return [
    {
      code: 'EVAL_SUMMARY_MISMATCH',
      message: `Summary ${s + 1} is of ${found}; the first one is of ${wanted}.\nSummarise all shards with the same members and the same slice column.`,
    },
  ];
}

function described({ members, slice }: Summary): string {
  const names = members.map((name) => JSON.stringify(name)).toSorted();
  return `${names.join(', ') || 'no member'} with ${slice === null ? 'no slice column' : `slice column ${JSON.stringify(slice)}`}`;
}

/** One row per key, with the sums of some of its fields. */
function addUp<Field extends string, Row extends { readonly [field in Field]: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  fields: readonly Field[],
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, row);
    else sums.set(key, { ...row, ...Object.fromEntries(fields.map((field) => [field, sum[field] + row[field]])) });
  }
  return [...sums.values()];
}
