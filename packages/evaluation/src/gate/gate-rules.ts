import { type EvaluationFault, throwFaults } from '../errors.ts';
import { gatePolicyFaults } from './gate-probabilities.ts';
import type { GateRules, GateTest } from './outcome.ts';

/** Throws `EVAL_GATE_INVALID` when a gate cannot be asked with these rules. */
export function checkGateRules(rules: GateRules): void {
  const faults: EvaluationFault[] = gatePolicyFaults(rules);
  for (const what of ['harmConfidence', 'meritConfidence'] as const) {
    if (rules[what] > 0.5 && rules[what] < 1) continue;
    faults.push({
      code: 'EVAL_GATE_INVALID',
      message: `${what} of the gate is ${rules[what]}; it must be above 0.5 and below 1, because at 0.5 a test is passed and failed at once.`,
    });
  }
  throwFaults(faults);
}

/**
 * A probability set against a confidence c: passed from c on, failed at 1 − c and below, open between the two.
 *
 * @param probability - `null` without evidence.
 */
export function gateTest(probability: number | null, confidence: number): GateTest {
  return { probability, confidence, result: resultOf(probability, confidence) };
}

function resultOf(probability: number | null, confidence: number): GateTest['result'] {
  if (probability === null) return 'none';
  if (probability >= confidence) return 'passed';
  return probability <= 1 - confidence ? 'failed' : 'open';
}
