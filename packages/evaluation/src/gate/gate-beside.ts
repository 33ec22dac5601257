// Question: what comes of one candidate, or of several as one, beside a suite?
// Source: the outcome as DESIGN-independent data: the blueprint's line, the two tests, the suite before and after.
import type { BitMember, BitTable } from '../table/bit-table.ts';
import { type CandidateEvidence, candidateEvidence, type GateBase, gateBase } from './gate-evidence.ts';
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import { type DecidedGate, decideGate } from './gate-decision.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { MemberFigures, SuiteFigures } from '../figures/figures.ts';
import { gateReason } from './gate-reason.ts';
import { labelsNeeded } from './labels-needed.ts';
import { mediant } from './mediant.ts';
import type { BlueprintLine, GateCost, GateOutcome, GateRules, LossDrawn } from './outcome.ts';
import { ratio } from '../figures/ratios.ts';
import { withoutMembers } from '../table/member-named.ts';

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
export interface SuiteWithout {
  readonly table: BitTable;
  readonly base: GateBase;
  readonly figures: SuiteFigures;
}

/** The suite without its candidates. */
export function suiteWithout(bits: BitTable, candidates: readonly string[], context: GateContext): SuiteWithout {
  const table = withoutMembers(bits, candidates);
  const required = (context.required ?? []).filter((name) => !candidates.includes(name));
  const clusters = context.clusters == null ? null : numberClusters(context.clusters, table.examples);
  const { suite } = evaluate(table, { required });
  return { table, base: gateBase(table, clusters), figures: suite };
}

/** The whole outcome of one candidate beside a suite that does not hold it. */
export function gateBeside(
  { table, base, figures: before }: SuiteWithout,
  candidate: BitMember,
  { rules, required = [], msPerExample = null }: GateContext & { readonly msPerExample?: number | null },
): GateOutcome {
  const evidence = candidateEvidence(base, candidate);
  const decided = decideGate({ ...evidence, effective: evidence.counts.effective }, rules);
  const members = [...table.members, candidate];
  const counted = new Set(members.map(({ name }) => name));
  const { suite: after, members: figures } = evaluate(
    { ...table, members },
    { required: required.filter((name) => counted.has(name)) },
  );
  return {
    candidate: candidate.name,
    decision: decided.decision,
    decidedBy: decided.decidedBy,
    reason: gateReason(candidate.name, evidence, decided, rules),
    blueprint: blueprintLine({ evidence, decided, before, own: figures.at(-1)! }),
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
