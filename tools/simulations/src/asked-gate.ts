// Question: what would the gate say of these counts, asked some hundred thousand times?
// Source: harm and merit as in `gate`, on the public probabilities, without the figures and the outlook of an outcome.
import { type GateDecision, type GateEvidence, gateProbabilities, type GateRules } from '@clamor/evaluation';

/** The policy of the spam suite, under which all of these simulations ask. */
export const RULES: GateRules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };

/** Decides on counts, each combination of counts once. */
export type AskedGate = (evidence: GateEvidence) => GateDecision;

/** The gate under some rules. Both sets must have positives, or the candidate none. */
export function createAskedGate(rules: GateRules): AskedGate {
  const known = new Map<string, GateDecision>();
  return (evidence) => {
    const key = JSON.stringify(evidence);
    const decision = known.get(key) ?? decide(evidence, rules);
    known.set(key, decision);
    return decision;
  };
}

function decide(evidence: GateEvidence, rules: GateRules): GateDecision {
  const { harm, merit } = gateProbabilities(evidence, rules);
  if (harm === null || merit === null) return 'no effect';
  if (harm <= 1 - rules.harmConfidence || merit <= 1 - rules.meritConfidence) return 'fail';
  return harm >= rules.harmConfidence && merit >= rules.meritConfidence ? 'pass' : 'inconclusive';
}
