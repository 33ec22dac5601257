// Question: what comes of one candidate, or of several as one, beside a suite?
// Source: the blueprint's line (mediant.ts), the two tests (gate-decision.ts), the suite before and after (evaluate.ts).
import type { BitMember, BitTable } from '../table/bit-table.ts';
import { type CandidateEvidence, candidateEvidence, type GateBase, gateBase } from './gate-evidence.ts';
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import { type DecidedGate, decideGate } from './gate-decision.ts';
import { evaluate, type EvaluateOptions } from '../figures/evaluate.ts';
import type { MemberFigures, SuiteFigures } from '../figures/figures.ts';
import { gateReason } from './gate-reason.ts';
import { labelsNeeded } from './labels-needed.ts';
import { mediant } from './mediant.ts';
import type { BlueprintLine, GateCost, GateOutcome, GateRules, LossDrawn } from './outcome.ts';
import { ratio } from '../figures/ratios.ts';

/** What every gate takes besides its table. */
export interface GateContext {
  /** From the suite's policy; `lossBudget` is what is *left* of it. */
  readonly rules: GateRules;
  /**
   * Shape [n]: near-copies share a name, or a number from `numberClusters`; `null` is a cluster of its own. Default: all
   * examples are independent.
   */
  readonly clusters?: readonly (string | null)[] | Clusters | null;
  /** Names of members without which a verdict that is not positive is undetermined. Default none. */
  readonly required?: readonly string[];
}

/** The suite that candidates are gated beside, counted once. */
export interface SuiteToJoin {
  readonly table: BitTable;
  readonly base: GateBase;
  readonly figures: SuiteFigures;
}

/** What is told of a suite before anybody joins it. */
export function suiteToJoin(table: BitTable, context: GateContext): SuiteToJoin {
  const clusters = context.clusters == null ? null : numberClusters(context.clusters, table.examples);
  return { table, base: gateBase(table, clusters), figures: evaluate(table, presentIn(table, context)).suite };
}

/** What {@link gateBeside} takes besides suite and candidate. */
export interface GateBesideOptions extends GateContext {
  readonly msPerExample?: number | null;
  /** The members behind a candidate that is a group. Default: the candidate itself. */
  readonly members?: readonly BitMember[];
}

/** The whole outcome of one candidate beside a suite that does not hold it. */
export function gateBeside(
  { table, base, figures: before }: SuiteToJoin,
  candidate: BitMember,
  options: GateBesideOptions,
): GateOutcome {
  const { rules, members = [candidate], msPerExample = null } = options;
  const evidence = candidateEvidence(base, candidate);
  const decided = decideGate({ ...evidence, effective: evidence.counts.effective }, rules);
  const joined = withMembers(table, [candidate]);
  const evaluation = evaluate(joined, presentIn(joined, options));
  const own = evaluation.members.at(-1)!;
  // A group is gated as one member, but fails and is required as its members are.
  const all = withMembers(table, members);
  const after = members.length === 1 ? evaluation.suite : evaluate(all, presentIn(all, options)).suite;
  return {
    candidate: candidate.name,
    decision: decided.decision,
    decidedBy: decided.decidedBy,
    reason: gateReason(candidate.name, evidence, decided, rules),
    blueprint: blueprintLine({ evidence, decided, before, own }),
    harm: decided.harm,
    merit: decided.merit,
    counts: evidence.counts,
    before,
    after,
    loss: lossDrawn(evidence, rules.lossBudget),
    labelsNeeded: decided.decision === 'inconclusive' ? labelsNeeded(evidence, rules) : null,
    cost: costOf(before, after, msPerExample),
  };
}

function blueprintLine({
  evidence,
  decided,
  before,
  own,
}: {
  readonly evidence: CandidateEvidence;
  readonly decided: DecidedGate;
  readonly before: SuiteFigures;
  readonly own: MemberFigures;
}): BlueprintLine {
  const { uniquePrecision, precisionWithout, effect } = mediant(evidence.counts);
  return {
    uniquePrecision,
    uniquePrecisionInterval: own.uniquePrecisionInterval,
    precisionWithout,
    precisionWithoutInterval: before.precisionInterval,
    holds: effect === 'none' || effect === 'first' ? null : effect !== 'lowers',
    probability: decided.atLeastOthers,
  };
}

/**
 * o − s = λ(o − u). From the same u, o and λ as the tests: examples on which another member failed draw nothing, because
 * what it would have said is not the candidate's doing.
 */
function lossDrawn({ counts, hasUnique, hasOthers }: CandidateEvidence, left: number): LossDrawn {
  if (!hasUnique || !hasOthers) return { draws: 0, left, leftAfter: left };
  const { uniquePrecision, precisionWithout } = mediant(counts);
  const { unique, others } = counts.effective.share;
  const lambda = ratio(unique, unique + others);
  if (uniquePrecision === null || precisionWithout === null || lambda === null) {
    return { draws: null, left, leftAfter: null };
  }
  const draws = Math.max(0, lambda * (precisionWithout - uniquePrecision));
  return { draws, left, leftAfter: Math.max(0, left - draws) };
}

function costOf(before: SuiteFigures, after: SuiteFigures, msPerExample: number | null): GateCost {
  const recallGain = before.recall === null || after.recall === null ? null : after.recall - before.recall;
  const recallGainPerMs = recallGain === null || msPerExample === null ? null : ratio(recallGain, msPerExample);
  return { msPerExample, recallGain, recallGainPerMs };
}

function withMembers(table: BitTable, members: readonly BitMember[]): BitTable {
  return { ...table, members: [...table.members, ...members] };
}

/** Required members that have not joined yet make no verdict undetermined. */
function presentIn({ members }: BitTable, { required = [], clusters = null }: GateContext): EvaluateOptions {
  const names = new Set(members.map(({ name }) => name));
  return { required: required.filter((name) => names.has(name)), clusters };
}
