// Question: can several open candidates all join, and in which order?
// Source: candidates that pass alone can fail together, and candidates that fail alone can pass together, since their unique
// positives overlap: groups are gated as one, and every step of the order beside those before it.
import { type BitMember, type BitTable, toBitTable } from '../table/bit-table.ts';
import { type CandidateGroup, groupsOf, hasFailed, isWithin, passingEvidence } from './candidate-groups.ts';
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import { type GateContext, gateBeside, type SuiteToJoin, suiteToJoin } from './gate-beside.ts';
import { checkGateRules } from './gate-rules.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { LARGEST_GROUP, mergeInOrder, type Merged } from './merge-order.ts';
import { memberNamed, withoutMembers } from '../table/member-named.ts';
import type { GateOutcome, GateRules, GroupOutcome, JointOutcome, RejectedOutcome } from './outcome.ts';

/** What {@link gateJointly} takes besides the table. */
export interface GateJointlyOptions extends GateContext {
  /** Names of the members that would join, at most 20. */
  readonly candidates: readonly string[];
}

const MOST_CANDIDATES = 20;

/**
 * The gate of several open candidates: can they all join, and in which order?
 *
 * Each is gated alone beside the suite without any of them; then every pair and triple as one member, positive where any of
 * them is. *Conflicts* are groups whose members all pass alone and whose union fails: true positives that they share are
 * counted once, false ones that they do not share add up, and so does what they draw from the loss budget. *Alliances* are
 * groups none of whose members passes alone and whose union passes. Both are minimal: no group holds another one. A union
 * that is inconclusive is neither; the order says what becomes of it.
 *
 * The order is greedy, by recall gained, recomputed after each step with what is left of the loss budget. Near-duplicates
 * are no conflict, since their union is what each of them is: one is accepted, and the other one, beside it, has no effect
 * or fails. `rejected` says so.
 *
 * Up to 20 candidates make 1,350 groups, of which those are tried that could count; a group costs about 3 ms of one core.
 *
 * @param table - Active members and the candidates, nobody else.
 * @throws {EvaluationError} what `gate` throws; `EVAL_MEMBER_DUPLICATE` for a candidate named twice,
 * `EVAL_CANDIDATES_TOO_MANY` for more than 20.
 * @example
 * const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
 * const table = {
 *   labels: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] as const,
 *   members: [
 *     { name: 'mine', judgements: [1, 1, 1, 1, 1, 1, 1, 1, 1, 0] as const },
 *     { name: 'yours', judgements: [1, 1, 1, 1, 1, 1, 1, 1, 0, 0] as const },
 *   ],
 * };
 * gateJointly(table, { candidates: ['mine', 'yours'], rules }).order.map(({ members }) => members)
 * // [['mine']]: beside it, yours has no effect
 */
export function gateJointly(table: JudgementTable | BitTable, options: GateJointlyOptions): JointOutcome {
  const { rules, required = [] } = options;
  checkGateRules(rules);
  const bits = toBitTable(table);
  const candidates = candidatesOf(bits, options.candidates);
  for (const name of required) memberNamed(bits, name, 'A gate was asked beside the required');
  const suite = suiteToJoin(withoutMembers(bits, options.candidates), options);
  const alone = groupsOf(candidates, 1).map((group) => outcomeOf(suite, group, options));
  const decided = new Map(alone.map(({ members, outcome }) => [members[0]!, outcome]));
  const merged = mergeInOrder(suite.table, candidates, options);
  return {
    alone,
    conflicts: conflictsOf(suite, candidatesBy(candidates, decided, ['pass']), rules).map((group) =>
      outcomeOf(suite, group, options),
    ),
    // One without effect adds nothing to any group.
    alliances: alliancesOf(suite, candidatesBy(candidates, decided, ['fail', 'inconclusive']), rules).map((group) =>
      outcomeOf(suite, group, options),
    ),
    order: merged.steps,
    rejected: merged.left.map((member) => rejectedOf(merged, member, { options, alone: decided.get(member.name)! })),
    after: merged.suite.figures,
  };
}

function candidatesOf(bits: BitTable, names: readonly string[]): BitMember[] {
  if (names.length > MOST_CANDIDATES) {
    throw new EvaluationError([
      {
        code: 'EVAL_CANDIDATES_TOO_MANY',
        message: `${names.length} candidates were to be gated jointly; at most ${MOST_CANDIDATES} can be, because every pair and triple of them is tried. Gate those first that depend on each other.`,
      },
    ]);
  }
  throwFaults(
    [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name): EvaluationFault => ({
      code: 'EVAL_MEMBER_DUPLICATE',
      message: `Candidate "${name}" was named twice; name each once.`,
    })),
  );
  for (const name of names) memberNamed(bits, name, 'A gate was asked for');
  return bits.members.filter(({ name }) => names.includes(name));
}

function candidatesBy(
  candidates: readonly BitMember[],
  decided: ReadonlyMap<string, GateOutcome>,
  decisions: readonly GateOutcome['decision'][],
): BitMember[] {
  return candidates.filter(({ name }) => decisions.includes(decided.get(name)!.decision));
}

function outcomeOf(suite: SuiteToJoin, { members, union }: CandidateGroup, context: GateContext): GroupOutcome {
  return { members: members.map(({ name }) => name), outcome: gateBeside(suite, union, { ...context, members }) };
}

function conflictsOf({ base }: SuiteToJoin, passing: readonly BitMember[], rules: GateRules): CandidateGroup[] {
  return minimalGroups(passing, (group) => hasFailed(base, group, rules));
}

function alliancesOf({ base }: SuiteToJoin, others: readonly BitMember[], rules: GateRules): CandidateGroup[] {
  return minimalGroups(others, (group) => passingEvidence(base, group, rules) !== null);
}

/** Pairs, then triples, for which it holds, none containing another. */
function minimalGroups(candidates: readonly BitMember[], holds: (group: CandidateGroup) => boolean): CandidateGroup[] {
  const found: CandidateGroup[] = [];
  for (let size = 2; size <= LARGEST_GROUP; size++) {
    const smaller = [...found];
    for (const group of groupsOf(candidates, size)) {
      if (!smaller.some((one) => isWithin(one, group)) && holds(group)) found.push(group);
    }
  }
  return found;
}

function rejectedOf(
  { suite, rules, steps }: Merged,
  member: BitMember,
  { options, alone }: { readonly options: GateContext; readonly alone: GateOutcome },
): RejectedOutcome {
  const outcome = gateBeside(suite, member, { ...options, rules });
  const accepted = steps.flatMap(({ members }) => members);
  return {
    members: [member.name],
    outcome,
    alone: alone.decision,
    reason: accepted.length > 0 && alone.decision === 'pass' ? changedMind(outcome, accepted) : outcome.reason,
  };
}

/** It passes alone, and does not any more. */
function changedMind({ candidate, decision, reason }: GateOutcome, accepted: readonly string[]): string {
  return decision === 'no effect'
    ? `"${candidate}" passes alone, but nothing that it alone finds is left beside ${accepted.join(', ')}.`
    : `"${candidate}" passes alone, but not beside ${accepted.join(', ')}: ${reason}`;
}
