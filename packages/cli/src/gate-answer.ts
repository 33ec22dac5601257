import {
  type BitTable,
  type Clusters,
  gate,
  gateChange,
  type GateDecision,
  gateJointly,
  type GateRules,
  type JointOutcome,
} from '@clamor/evaluation';
import type { ChangeReport, DecisionReport, GateReport, JointReport, ReportContext } from '@clamor/report';

import { EXIT_CODES, type ExitCode } from './exit-codes.ts';

/** What a gate is asked. */
export interface GateQuestion {
  /** The active members, candidates among them. */
  readonly table: BitTable;
  /** Names; at least one. */
  readonly candidates: readonly string[];
  /** The same with another version of the one candidate, and where that comes from; `null` unless versions are compared. */
  readonly other: { readonly table: BitTable; readonly against: string } | null;
  readonly rules: GateRules;
  readonly clusters: Clusters | null;
  readonly required: readonly string[];
  /** Of a single candidate. */
  readonly msPerExample: number | null;
}

/** What it answers. */
export interface GateAnswer {
  /** Without the context that it is told in. */
  readonly report: Omit<GateReport, 'context'> | Omit<ChangeReport, 'context'> | Omit<JointReport, 'context'>;
  readonly decision: GateDecision;
  /** Precision that acceptance takes from the loss budget, ≥ 0; `null` where it is not known. */
  readonly draws: number | null;
}

/** Asks the gate that fits: of a changed member, of one candidate, or of several jointly. */
export function askGate({ table, candidates, other, msPerExample, ...context }: GateQuestion): GateAnswer {
  const candidate = candidates[0]!;
  if (other !== null) {
    const result = gateChange({ ...context, before: other.table, after: table, candidate });
    return {
      report: { kind: 'change', against: other.against, result },
      decision: result.decision,
      draws: result.loss.draws,
    };
  }
  if (candidates.length === 1) {
    const result = gate(table, { ...context, candidate, msPerExample });
    return { report: { kind: 'gate', result }, decision: result.decision, draws: result.loss.draws };
  }
  const result = gateJointly(table, { ...context, candidates });
  const draws = result.order.map(({ outcome }) => outcome.loss.draws);
  return {
    report: { kind: 'joint', result },
    decision: jointDecision(result),
    draws: draws.includes(null) ? null : draws.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  };
}

/** A report of an answer. */
export function reportOf({ report }: GateAnswer, context: ReportContext): DecisionReport {
  return { ...report, context };
}

/** Pass when all of them can be merged; otherwise the worst that is said of those left over. */
function jointDecision({ rejected }: JointOutcome): GateDecision {
  const said = new Set(rejected.map(({ outcome }) => outcome.decision));
  // One left over that would pass by itself is stopped by what the others have drawn from the budget.
  const worst: readonly GateDecision[] = ['fail', 'inconclusive', 'no effect'];
  return worst.find((decision) => said.has(decision)) ?? (said.size === 0 ? 'pass' : 'fail');
}

/** The exit code of a decision. */
export function exitCodeOfDecision(decision: GateDecision): ExitCode {
  return {
    pass: EXIT_CODES.ok,
    fail: EXIT_CODES.gateFail,
    inconclusive: EXIT_CODES.gateInconclusive,
    'no effect': EXIT_CODES.gateNoEffect,
  }[decision];
}
