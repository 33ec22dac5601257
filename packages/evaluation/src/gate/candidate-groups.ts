// Question: what would several candidates say as one, and would they pass or fail together?
// Source: a group joins by OR like its members do, so that it is a member itself: positive where any of them is.
import { difference, intersection, union } from '../table/bit-column.ts';
import type { BitMember } from '../table/bit-table.ts';
import { decideGate } from './gate-decision.ts';
import { type CandidateEvidence, candidateEvidence, type GateBase } from './gate-evidence.ts';
import { meritOf } from './gate-probabilities.ts';
import type { GateDecision, GateRules } from './outcome.ts';

/** Candidates that are gated as one. */
export interface CandidateGroup {
  readonly members: readonly BitMember[];
  /** Positive where any of them is; failed where none is and any failed; abstained where all abstained. */
  readonly union: BitMember;
}

/** Every group of that size, in the order of the candidates. */
export function groupsOf(candidates: readonly BitMember[], size: number): CandidateGroup[] {
  return combinations(candidates, size).map((members) => ({ members, union: unionOf(members) }));
}

/** Whether a group holds all members of another. */
export function isWithin(smaller: CandidateGroup, larger: CandidateGroup): boolean {
  return smaller.members.every((member) => larger.members.includes(member));
}

/** A group as one member, named for all of them. */
function unionOf(members: readonly BitMember[]): BitMember {
  const [first, ...rest] = members;
  if (rest.length === 0) return first!;
  const words = first!.positive.length;
  const columns = (of: 'positive' | 'failed') =>
    union(
      members.map((member) => member[of]),
      words,
    );
  return {
    name: members.map(({ name }) => name).join(' + '),
    positive: columns('positive'),
    abstained: rest.reduce((all, { abstained }) => intersection(all, abstained), first!.abstained),
    failed: difference(columns('failed'), columns('positive')),
  };
}

/** The evidence on a group when it passes; `null` when it does not. Harm is the costly test and is left for last. */
export function passingEvidence(base: GateBase, group: CandidateGroup, rules: GateRules): CandidateEvidence | null {
  const evidence = candidateEvidence(base, group.union);
  const merit = meritOf(evidence.counts.effective.unique, rules.meritFloor);
  if (merit === null || merit < rules.meritConfidence) return null;
  return decisionOn(evidence, rules) === 'pass' ? evidence : null;
}

/** Whether a group fails; harm is looked at only where merit has not failed by itself. */
export function hasFailed(base: GateBase, group: CandidateGroup, rules: GateRules): boolean {
  const evidence = candidateEvidence(base, group.union);
  const merit = meritOf(evidence.counts.effective.unique, rules.meritFloor);
  if (merit === null) return false;
  return merit <= 1 - rules.meritConfidence || decisionOn(evidence, rules) === 'fail';
}

function decisionOn(evidence: CandidateEvidence, rules: GateRules): GateDecision {
  return decideGate({ ...evidence, effective: evidence.counts.effective }, rules).decision;
}

function combinations<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => combinations(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}
