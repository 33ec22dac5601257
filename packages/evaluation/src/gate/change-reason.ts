import type { ChangeFacts } from './change-evidence.ts';
import type { DecidedChange } from './gate-change.ts';
import { amount, testClause } from './gate-reason.ts';
import type { ChangeRegion, GateRules } from './outcome.ts';

/** Why the gate of a changed member says what it says: one sentence for people, with the figures. */
export function changeReason(
  candidate: string,
  facts: ChangeFacts,
  { rules, ...decided }: DecidedChange & { readonly rules: GateRules },
): string {
  if (decided.decision === 'no effect') {
    return `The new "${candidate}" changes no verdict: nothing is gained or lost beside the other members.`;
  }
  if (facts.sizes.gained + facts.sizes.lost === 0) {
    return `The new "${candidate}" changes verdicts only where another member failed (${amount(facts.unknown)}), where nobody knows what it would have said.`;
  }
  const tests = [
    testClause(`P(loss of precision ≤ ${rules.lossBudget.toFixed(3)})`, decided.precision),
    testClause(`P(loss of recall ≤ ${rules.lossBudget.toFixed(3)})`, decided.recall),
    ...meritClauses(facts, decided, rules),
  ];
  return `With the new "${candidate}" the suite gains ${told(facts, 'gained')} and loses ${told(facts, 'lost')}; ${tests.join(', ')}.`;
}

function meritClauses({ sizes }: ChangeFacts, { raises, merit }: DecidedChange, { meritFloor }: GateRules): string[] {
  if (sizes.gained === 0) return [];
  return raises.result === 'passed'
    ? [testClause('P(precision rises)', raises)]
    : [testClause(`P(precision of the gain ≥ ${meritFloor})`, merit)];
}

function told({ counts, unlabelled }: ChangeFacts, region: ChangeRegion): string {
  const { truePositives, falsePositives } = counts[region];
  const rest = unlabelled[region] === 0 ? '' : ` and ${amount(unlabelled[region])} unlabelled`;
  return `${amount(truePositives)} true, ${amount(falsePositives)} false${rest}`;
}
