// Question: in which order do open candidates join, each step beside those that joined before it?
// Source: greedy by recall gained; what a step draws is taken from the loss budget before the next one.
import type { BitMember, BitTable } from '../table/bit-table.ts';
import { type CandidateGroup, groupsOf, passingEvidence } from './candidate-groups.ts';
import { type GateContext, gateBeside, type SuiteToJoin, suiteToJoin } from './gate-beside.ts';
import { meritOf } from './gate-probabilities.ts';
import type { GateRules, MergeStep } from './outcome.ts';

/** Largest group that is looked at. */
export const LARGEST_GROUP = 3;

/** Who joined, in order, and what is left. */
export interface Merged {
  readonly steps: readonly MergeStep[];
  /** The suite with everybody who joined. */
  readonly suite: SuiteToJoin;
  /** With what is left of the loss budget. */
  readonly rules: GateRules;
  readonly left: readonly BitMember[];
}

/**
 * Accepts one candidate after another, as long as any passes.
 *
 * A single one goes first, and of those the one that finds most; when none passes alone, the smallest group that passes
 * together. Of equals the one with the higher merit, then the first by name. Greedy: another order may end with more, and
 * none is looked for.
 */
export function mergeInOrder(table: BitTable, candidates: readonly BitMember[], context: GateContext): Merged {
  let merged: Merged = { steps: [], suite: suiteToJoin(table, context), rules: context.rules, left: candidates };
  for (;;) {
    const group = nextGroup(merged);
    if (group === null) return merged;
    merged = join(merged, group, context);
  }
}

function nextGroup({ suite, rules, left }: Merged): CandidateGroup | null {
  for (let size = 1; size <= Math.min(LARGEST_GROUP, left.length); size++) {
    const passing = groupsOf(left, size).flatMap((group) => {
      const evidence = passingEvidence(suite.base, group, rules);
      if (evidence === null) return [];
      const { unique, effective } = evidence.counts;
      return [{ group, found: unique.truePositives, merit: meritOf(effective.unique, rules.meritFloor)! }];
    });
    const [best] = passing.toSorted(
      (a, b) => b.found - a.found || b.merit - a.merit || (a.group.union.name < b.group.union.name ? -1 : 1),
    );
    if (best !== undefined) return best.group;
  }
  return null;
}

function join({ steps, suite, rules, left }: Merged, group: CandidateGroup, context: GateContext): Merged {
  const outcome = gateBeside(suite, group.union, { ...context, rules, members: group.members });
  const table = { ...suite.table, members: [...suite.table.members, ...group.members] };
  const after = { ...rules, lossBudget: outcome.loss.leftAfter ?? 0 };
  return {
    steps: [...steps, { members: group.members.map(({ name }) => name), outcome }],
    suite: suiteToJoin(table, { ...context, rules: after }),
    rules: after,
    left: left.filter((member) => !group.members.includes(member)),
  };
}
