// Question: may a candidate join, by harm and merit?
// Source: a non-inferiority margin on the suite's precision and a floor under the unique one, each by its posterior
// probability; the Betas are those of gate-probabilities.ts.
import type { CandidateEvidence } from './gate-evidence.ts';
import { type GateEvidence, gateProbabilities, meritOf, totalOf } from './gate-probabilities.ts';
import { gateTest } from './gate-rules.ts';
import type { GateDecision, GateOutcome, GateRules, GateTest } from './outcome.ts';

/** What is decided, by which test, and P(u ≥ o) beside it. */
export interface DecidedGate extends Pick<GateOutcome, 'decision' | 'decidedBy' | 'harm' | 'merit'> {
  readonly atLeastOthers: number | null;
}

/** What a decision needs of the evidence. */
export interface DecidableEvidence extends Pick<CandidateEvidence, 'hasUnique' | 'hasOthers'> {
  readonly effective: GateEvidence;
}

/**
 * Pass: harm and merit are both shown to be in order. Fail: one of them is bounded from the other side. Otherwise
 * inconclusive.
 *
 * Without any sole positive there is no effect. With some of which none can be used, nothing is known, which is another
 * thing. Where nobody else is positive there is no precision to harm, and merit decides alone; where the others are positive
 * and none of it has a label, harm cannot be shown and merit can only fail.
 */
export function decideGate(evidence: DecidableEvidence, rules: GateRules): DecidedGate {
  const { hasUnique, hasOthers, effective } = evidence;
  const probabilities = gateProbabilities(effective, rules);
  const harm = gateTest(probabilities.harm, rules.harmConfidence);
  const merit = gateTest(meritOf(effective.unique, rules.meritFloor), rules.meritConfidence);
  const tested = { harm, merit, atLeastOthers: probabilities.atLeastOthers };
  if (!hasUnique) return { ...tested, decision: 'no effect', decidedBy: 'no unique positives' };
  if (totalOf(effective.unique) === 0) return { ...tested, decision: 'inconclusive', decidedBy: 'no unique positives' };
  if (!hasOthers) return { ...tested, decision: decisionOf([merit]), decidedBy: 'floor' };
  return { ...tested, decision: decisionOf([harm, merit]), decidedBy: decidingTest(harm, merit) };
}

/** Passed when all are, failed when any is. */
export function decisionOf(tests: readonly GateTest[]): GateDecision {
  if (tests.some(({ result }) => result === 'failed')) return 'fail';
  return tests.every(({ result }) => result === 'passed') ? 'pass' : 'inconclusive';
}

/** Both for a pass; otherwise those that failed, and where none did, those that are not passed. */
function decidingTest(harm: GateTest, merit: GateTest): GateOutcome['decidedBy'] {
  const isDeciding = [harm, merit].some(({ result }) => result === 'failed')
    ? ({ result }: GateTest) => result === 'failed'
    : ({ result }: GateTest) => result !== 'passed';
  if (isDeciding(harm) === isDeciding(merit)) return 'harm and merit';
  return isDeciding(harm) ? 'harm' : 'merit';
}
