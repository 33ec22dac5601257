// Question: what must be kept of a table so that all its figures can be had without its examples?
// Source: every figure is a sum over examples that depends on one of them only through who is positive on it, who failed,
// its label and its weight; Σd and Σd² by these four are sufficient. Abstentions enter through coverage alone.
import { type BitColumn, createFullColumn, difference, hasBit, indicesOf, sizeOfBoth } from '../table/bit-column.ts';
import { type BitTable, checkLength, toExampleTable } from '../table/bit-table.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { groupBySet } from '../table/group-by-set.ts';
import type { JudgementTable, Label } from '../table/judgement-table.ts';
import type { SliceColumn } from '../table/scored-table.ts';
import { sortSummary } from './sort-summary.ts';
import type { Summary, SummaryJudged, SummarySet } from './summary.ts';

/** What {@link summarise} takes besides the table. */
export interface SummariseOptions {
  /** A column to keep apart, so that its slices can be evaluated; default none. Several: join their values into one. */
  readonly slice?: SliceColumn;
}

/**
 * The summary of a table: n, Σd and Σd² per set of positive members, set of failed members, label and slice; per member,
 * label and slice what it judged and failed.
 *
 * `evaluate` gives the same figures for the summary as for the table, and `mergeSummaries` joins those of shards. Its size
 * grows with the sets that occur, not with the examples; any number of members.
 *
 * @param table - One row per example; the active members only.
 * @throws {EvaluationError} what `toBitTable` throws; `EVAL_LENGTH_MISMATCH` for a slice column of another length;
 * `EVAL_EXAMPLES_WANTED` for a table that was made from a summary.
 * @example
 * summarise({ labels: [1, 1, 0], members: [{ name: 'a', judgements: [1, 1, 0] }] }).sets
 * // [{ positive: ['a'], label: 1, count: 2 }, { positive: [], label: 0, count: 1 }]
 */
export function summarise(table: JudgementTable | BitTable, { slice }: SummariseOptions = {}): Summary {
  const bits = toExampleTable(table, 'A summary cannot be made');
  const slices = numberSlices(slice, bits.examples);
  return sortSummary({
    kind: 'summary',
    members: bits.members.map(({ name }) => name),
    slice: slice?.name ?? null,
    sets: countSets(bits, slices),
    judged: bits.members.flatMap((_, j) => countJudged(bits, j, slices)),
  });
}

/** The slice of every example as a number; `of` is `null` when all are in the one slice without a value. */
interface NumberedSlices {
  readonly values: readonly (string | null)[];
  readonly of: Uint32Array | null;
}

function numberSlices(slice: SliceColumn | undefined, examples: number): NumberedSlices {
  if (slice === undefined) return { values: [null], of: null };
  const faults: EvaluationFault[] = [];
  checkLength(`values of slice column "${slice.name}"`, slice.values.length, examples, faults);
  throwFaults(faults);
  const numbers = new Map<string | null, number>();
  const of = Uint32Array.from(slice.values, (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  });
  return { values: [...numbers.keys()], of };
}

/**
 * One trie over the columns of positives, of failures and of both labels numbers everything that a row is told apart by,
 * but for the slice.
 */
function countSets(table: BitTable, slices: NumberedSlices): SummarySet[] {
  const m = table.members.length;
  const { setOf, sets } = groupBySet(
    [
      ...table.members.map((member) => member.positive),
      ...table.members.map((member) => member.failed),
      table.labelledPositive,
      table.labelledNegative,
    ],
    table.examples,
  );
  const rows = new Map<number, { count: number; weight: number; squares: number }>();
  for (let i = 0; i < table.examples; i++) {
    const key = setOf[i]! * slices.values.length + (slices.of?.[i] ?? 0);
    const weight = table.weights?.[i] ?? 1;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { count: 1, weight, squares: weight * weight });
    else {
      row.count += 1;
      row.weight += weight;
      row.squares += weight * weight;
    }
  }
  const namesOf = (columns: readonly number[], from: number): string[] =>
    columns.filter((j) => j >= from && j < from + m).map((j) => table.members[j - from]!.name);
  return Array.from(rows, ([key, sums]) => {
    const columns = sets[Math.floor(key / slices.values.length)]!;
    const label = columns.includes(2 * m) ? 1 : columns.includes(2 * m + 1) ? 0 : null;
    const slice = slices.values[key % slices.values.length]!;
    return { positive: namesOf(columns, 0), failed: namesOf(columns, m), label, slice, ...sums };
  });
}

function countJudged(table: BitTable, j: number, slices: NumberedSlices): SummaryJudged[] {
  const { name, abstained, failed } = table.members[j]!;
  const all = createFullColumn(table.examples);
  const unlabelled = difference(difference(all, table.labelledPositive), table.labelledNegative);
  const judged = difference(difference(all, abstained), failed);
  const labels: [Label, BitColumn][] = [
    [1, table.labelledPositive],
    [0, table.labelledNegative],
    [null, unlabelled],
  ];
  return labels.flatMap(([label, examples]) => {
    const judgedBySlice = weightBySlice(judged, examples, { table, slices });
    const failedBySlice = weightBySlice(failed, examples, { table, slices });
    return slices.values
      .map((slice, s) => ({ member: name, label, slice, judged: judgedBySlice[s]!, failed: failedBySlice[s]! }))
      .filter((row) => row.judged > 0 || row.failed > 0);
  });
}

/** Σd over the examples in both columns, by slice. */
function weightBySlice(
  a: BitColumn,
  b: BitColumn,
  { table, slices }: { readonly table: BitTable; readonly slices: NumberedSlices },
): number[] {
  if (slices.of === null) return [sizeOfBoth(a, b, table.weights).weight];
  const weights = slices.values.map(() => 0);
  for (const i of indicesOf(a)) if (hasBit(b, i)) weights[slices.of[i]!]! += table.weights?.[i] ?? 1;
  return weights;
}
