import type { CandidateEvidence } from './gate-evidence.ts';
import type { DecidedGate } from './gate-decision.ts';
import type { GateRules, GateTest } from './outcome.ts';
import type { PositiveCounts } from './gate-probabilities.ts';

/** Why a gate says what it says: one sentence for people, with the figures. */
export function gateReason(
  candidate: string,
  evidence: CandidateEvidence,
  decided: DecidedGate,
  rules: GateRules,
): string {
  const { unique, others, uniqueUnlabelled, uniqueUnknown } = evidence.counts;
  if (decided.decidedBy === 'no unique positives') {
    return evidence.hasUnique
      ? `Nothing is known of what "${candidate}" alone calls positive: ${amount(uniqueUnlabelled)} of it has no label, and on ${amount(uniqueUnknown)} another member failed.`
      : `"${candidate}" has no unique positives: the suite decides the same with it and without it.`;
  }
  const merit = testClause(`P(unique precision ≥ ${rules.meritFloor})`, decided.merit);
  const own = `${amount(unique.truePositives)} of ${amount(total(unique))} unique positives of "${candidate}" are true`;
  if (decided.decidedBy === 'floor') return `${own} and nobody else has positives; ${merit}.`;
  if (decided.harm.result === 'none') {
    return `${own}, but no positive of the others has a label, so that harm cannot be tested; ${merit}.`;
  }
  const harm = testClause(`P(loss of precision ≤ ${fixed(rules.lossBudget)})`, decided.harm);
  const beside = `${amount(others.truePositives)} of ${amount(total(others))} positives of the others`;
  return `${own}, beside ${beside}; ${harm}, ${merit}.`;
}

/** A test as a clause: how sure its claim is, and what was asked. */
export function testClause(claim: string, { probability, confidence, result }: GateTest): string {
  if (probability === null) return `${claim} cannot be told`;
  const asked = result === 'failed' ? `${fixed(1 - confidence)} or less fails` : `${confidence} is asked`;
  return `${claim} is ${fixed(probability)} (${asked})`;
}

/** A sum of weights: whole where it is whole. */
export function amount(weight: number): string {
  return Number.isInteger(weight) ? String(weight) : weight.toFixed(1);
}

function total({ truePositives, falsePositives }: PositiveCounts): number {
  return truePositives + falsePositives;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
