// Question: which members are positive together, and only together?
// Source: the sets of an UpSet plot; Lex et al., UpSet, IEEE TVCG 20 (2014), https://doi.org/10.1109/TVCG.2014.2346248.
import { hasBit } from '../table/bit-column.ts';
import { type BitTable, toBitTable } from '../table/bit-table.ts';
import { groupBySet } from '../table/group-by-set.ts';
import type { JudgementTable } from '../table/judgement-table.ts';

/** The examples on which exactly these members are positive. */
export interface PositiveSet {
  /** Names in the order of the table; at least one. */
  readonly members: readonly string[];
  /** Examples, never weighted. */
  readonly count: number;
  /** Σ of their sampling weights, like the three that follow and add up to it. */
  readonly weight: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly unlabelled: number;
}

/**
 * Every positive example in exactly one set, by who is positive on it.
 *
 * The sets add up to the suite's positives, and sets that near-duplicates share show what empty unique sets hide.
 *
 * @returns The largest count first; of equal counts, the one with fewer members, then the one whose members come first.
 * @throws {EvaluationError} what `toBitTable` throws.
 * @example
 * positiveSets({ labels: [1, 0], members: [{ name: 'a', judgements: [1, 1] }, { name: 'b', judgements: [1, 0] }] })
 *   .map((set) => set.members) // [['a'], ['a', 'b']]: one false positive, one true positive
 */
export function positiveSets(table: JudgementTable | BitTable): PositiveSet[] {
  const bits = toBitTable(table);
  const { setOf, sets } = groupBySet(
    bits.members.map((member) => member.positive),
    bits.examples,
  );
  const totals = sets.map(() => ({ count: 0, weight: 0, truePositives: 0, falsePositives: 0, unlabelled: 0 }));
  for (let i = 0; i < bits.examples; i++) {
    const total = totals[setOf[i]!]!;
    const weight = bits.weights === null ? 1 : bits.weights[i]!;
    total.count += bits.counts?.[i] ?? 1;
    total.weight += weight;
    if (hasBit(bits.labelledPositive, i)) total.truePositives += weight;
    else if (hasBit(bits.labelledNegative, i)) total.falsePositives += weight;
    else total.unlabelled += weight;
  }
  return sets
    .map((set, s) => ({ set, total: totals[s]! }))
    .filter(({ set, total }) => set.length > 0 && total.count > 0)
    .toSorted((a, b) => b.total.count - a.total.count || compareSets(a.set, b.set))
    .map(({ set, total }) => ({ members: set.map((j) => bits.members[j]!.name), ...total }));
}

function compareSets(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const place = a.findIndex((j, at) => j !== b[at]);
  return place === -1 ? 0 : a[place]! - b[place]!;
}
