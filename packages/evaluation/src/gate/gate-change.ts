// Question: may this version of a member replace that one?
// Source: regions kept, gained and lost, on precision and on recall (change-probabilities.ts), merit on what is gained.
import { type BitTable, toBitTable } from '../table/bit-table.ts';
import type { GateContext } from './gate-beside.ts';
import { changeEvidence, type ChangeFacts } from './change-evidence.ts';
import { precisionHolds, recallHolds } from './change-probabilities.ts';
import { checkChangedTables } from './change-regions.ts';
import { changeReason } from './change-reason.ts';
import { decisionOf } from './gate-decision.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { evaluate } from '../figures/evaluate.ts';
import { meritOf } from './gate-probabilities.ts';
import { checkGateRules, gateTest } from './gate-rules.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { numberClusters } from '../statistics/clusters.ts';
import type { ChangeOutcome, GateRules, LossDrawn } from './outcome.ts';
import { ratio } from '../figures/ratios.ts';

/** What {@link gateChange} takes. */
export interface GateChangeOptions extends GateContext {
  /** The active members with the version that is replaced. */
  readonly before: JudgementTable | BitTable;
  /** The same examples, labels and other members with the version that replaces it. */
  readonly after: JudgementTable | BitTable;
  /** Name of the member that differs. */
  readonly candidate: string;
  /** A whole number from 1 to 2³² − 1; default 1. The same seed gives the same probabilities. */
  readonly seed?: number;
  /** Default 100,000: the probabilities are then right to .0016 (one standard error). */
  readonly draws?: number;
}

/**
 * The gate of a changed member: may this version replace that one?
 *
 * The suite's positives fall into those kept, gained and lost. Pass needs all of
 *
 *     precision   P(precision after ≥ precision before − δ) ≥ c
 *     recall      P(recall after ≥ recall before − δ) ≥ c
 *     merit       P(precision of what is gained ≥ floor) ≥ c₂, when anything is gained
 *
 * and any that is bounded from the other side (≤ 1 − c, ≤ 1 − c₂) fails it. δ is what is left of the loss budget, for both.
 * Merit is not asked of a version that is shown to raise the precision, P(precision after ≥ before) ≥ c: it may gain a false
 * positive for the thirty that it drops.
 * A threshold raised until nothing wrong is left fails on recall, whatever it does for precision. Nothing gained or lost is
 * no effect. Where the suite had no positives before, there is no precision to keep. With nothing lost the precision test
 * is the harm test of `gate`. Cells of a Dirichlet with ½ each; those of empty regions are left out.
 *
 * What comes and goes where another member failed is in no test: its word might have made no difference of it.
 *
 * @throws {EvaluationError} what `toBitTable` throws; `EVAL_TABLES_DIFFER` when more than the candidate differs;
 * `EVAL_MEMBER_UNKNOWN`, `EVAL_GATE_INVALID`, `EVAL_CLUSTER_INVALID`, `EVAL_LENGTH_MISMATCH`.
 * @example
 * const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
 * const labels = [1, 1, 0, 0] as const;
 * gateChange({
 *   before: { labels, members: [{ name: 'words', judgements: [1, 1, 1, 0] }] },
 *   after: { labels, members: [{ name: 'words', judgements: [1, 0, 0, 0] }] },
 *   candidate: 'words',
 *   rules,
 * }).regions.lost // { truePositives: 1, falsePositives: 1 }
 */
export function gateChange(options: GateChangeOptions): ChangeOutcome {
  const { candidate, rules, required = [], seed = 1, draws = 100_000 } = options;
  checkGateRules(rules);
  checkDraws(seed, draws);
  const tables = { before: toBitTable(options.before), after: toBitTable(options.after) };
  checkChangedTables(tables, candidate);
  const clusters = options.clusters == null ? null : numberClusters(options.clusters, tables.before.examples);
  const before = evaluate(tables.before, { required, clusters }).suite;
  const after = evaluate(tables.after, { required, clusters }).suite;
  const facts = changeEvidence(tables, { candidate, clusters, required: new Set(required) });
  const decided = decideChange(facts, rules, { seed, draws });
  return {
    candidate,
    ...decided,
    reason: changeReason(candidate, facts, { ...decided, rules }),
    regions: facts.counts,
    unlabelled: facts.unlabelled,
    unknown: facts.unknown,
    before,
    after,
    loss: lossDrawn(facts, rules.lossBudget),
    designEffect: facts.designEffect,
    seed,
    draws,
  };
}

/** The part of an outcome that decides. */
export type DecidedChange = Pick<ChangeOutcome, 'decision' | 'decidedBy' | 'precision' | 'recall' | 'raises' | 'merit'>;

function decideChange(
  { evidence, sizes, unknown }: ChangeFacts,
  rules: GateRules,
  how: { readonly seed: number; readonly draws: number },
): DecidedChange {
  const { lossBudget, harmConfidence, meritConfidence, meritFloor } = rules;
  const precision = gateTest(precisionHolds(evidence, lossBudget, how), harmConfidence);
  const recall = gateTest(recallHolds(evidence, lossBudget, how), harmConfidence);
  const raises = gateTest(precisionHolds(evidence, 0, how), harmConfidence);
  const merit = gateTest(meritOf(evidence.regions.gained.counts, meritFloor), meritConfidence);
  const tested = { precision, recall, raises, merit };
  if (sizes.gained + sizes.lost + unknown === 0) return { ...tested, decision: 'no effect', decidedBy: 'no change' };
  const hadPositives = sizes.kept + sizes.lost > 0;
  const isMeritAsked = sizes.gained > 0 && raises.result !== 'passed';
  const asked = [...(hadPositives ? [precision] : []), recall, ...(isMeritAsked ? [merit] : [])];
  const decision = sizes.gained + sizes.lost === 0 ? 'inconclusive' : decisionOf(asked);
  const isDeciding = ({ result }: { readonly result: string }): boolean =>
    decision === 'fail' ? result === 'failed' : decision === 'pass' || result !== 'passed';
  return { ...tested, decision, decidedBy: decidedBy(hadPositives && isDeciding(precision), isDeciding(recall)) };
}

function decidedBy(byPrecision: boolean, byRecall: boolean): ChangeOutcome['decidedBy'] {
  if (byPrecision && byRecall) return 'precision and recall';
  if (byPrecision) return 'precision';
  return byRecall ? 'recall' : 'merit';
}

/** Precision before − after, of the same regions as the tests. */
function lossDrawn({ counts, sizes }: ChangeFacts, left: number): LossDrawn {
  const precisionOf = (regions: readonly ('kept' | 'gained' | 'lost')[]): number | null => {
    const present = regions.filter((region) => sizes[region] > 0);
    const trues = present.map((region) => {
      const { truePositives, falsePositives } = counts[region];
      const share = ratio(truePositives, truePositives + falsePositives);
      return share === null ? null : share * sizes[region];
    });
    if (trues.includes(null)) return null;
    return ratio(sum(trues as number[]), sum(present.map((region) => sizes[region])));
  };
  if (sizes.kept + sizes.lost === 0) return { draws: 0, left, leftAfter: left };
  const [before, after] = [precisionOf(['kept', 'lost']), precisionOf(['kept', 'gained'])];
  if (before === null || after === null) return { draws: null, left, leftAfter: null };
  const drawn = Math.max(0, before - after);
  return { draws: drawn, left, leftAfter: Math.max(0, left - drawn) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function checkDraws(seed: number, draws: number): void {
  const faults: EvaluationFault[] = [];
  if (!Number.isInteger(seed) || seed < 1 || seed > 0xffffffff) {
    faults.push({
      code: 'EVAL_GATE_INVALID',
      message: `The seed of a gate is ${seed}; it must be a whole number from 1 to 4294967295.`,
    });
  }
  if (!Number.isInteger(draws) || draws < 1) {
    faults.push({
      code: 'EVAL_GATE_INVALID',
      message: `A gate was asked to draw ${draws} times; it must be a whole number of at least 1.`,
    });
  }
  throwFaults(faults);
}
