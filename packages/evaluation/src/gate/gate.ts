// Question: may a candidate join the suite?
// Source: the blueprint's line first (mediant.ts), then harm and merit (gate-decision.ts).
import { type BitTable, toBitTable } from '../table/bit-table.ts';
import { EvaluationError } from '../errors.ts';
import { type GateContext, gateBeside, suiteToJoin } from './gate-beside.ts';
import { checkGateRules } from './gate-rules.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { memberNamed, withoutMembers } from '../table/member-named.ts';
import type { GateOutcome } from './outcome.ts';

/** What {@link gate} takes besides the table. */
export interface GateOptions extends GateContext {
  /** Name of the member that would join. */
  readonly candidate: string;
  /** What the candidate costs, in milliseconds of one core per example, ≥ 0. Default: not measured. */
  readonly msPerExample?: number | null;
}

/**
 * The gate: may this candidate join the suite?
 *
 * The blueprint asks whether u ≥ o, its unique precision no less than the precision without it. That is reported first and
 * cannot decide alone: beside others at 534/8 a perfect candidate needs 96 unique true positives before it is shown with
 * .9. So two tests decide, on the Betas of `gateProbabilities`:
 *
 *     harm   P(s ≥ o − δ) ≥ c          δ = what is left of the loss budget
 *     merit  P(u ≥ floor) ≥ c₂
 *
 * Pass: both. Fail: either is bounded from the other side (≤ 1 − c, ≤ 1 − c₂). Otherwise inconclusive. Without unique
 * positives there is no effect; with some of which none has a label, or on each of which another member failed, it is
 * inconclusive. Where nobody else has positives the floor alone decides. Counts are at Kish's effective size divided by the
 * design effect of the clusters; λ is counted over positives with label or without, and by weight.
 *
 * What a candidate draws from the budget is for the caller to keep: hand `loss.leftAfter` to the next gate once a
 * candidate is accepted. Ask once per version of a candidate and evidence: see `falsePassRate`.
 *
 * @param table - Active members and the candidate, nobody else.
 * @throws {EvaluationError} what `toBitTable` throws; `EVAL_MEMBER_UNKNOWN`, `EVAL_GATE_INVALID`, `EVAL_CLUSTER_INVALID`,
 * `EVAL_LENGTH_MISMATCH`.
 * @example
 * const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
 * gate(
 *   {
 *     labels: [1, 1, 0, 1],
 *     members: [
 *       { name: 'words', judgements: [1, 0, 0, 0] },
 *       { name: 'urls', judgements: [0, 1, 0, 1] },
 *     ],
 *   },
 *   { candidate: 'urls', rules },
 * ).decision // 'inconclusive': two labels are too few
 * @see Jeffreys, Theory of Probability, 3rd ed. 1961, §3.10, for the prior; the margin is that of a non-inferiority test.
 */
export function gate(table: JudgementTable | BitTable, options: GateOptions): GateOutcome {
  checkGateOptions(options);
  const bits = toBitTable(table);
  const candidate = memberNamed(bits, options.candidate, 'A gate was asked for');
  for (const name of options.required ?? []) memberNamed(bits, name, 'A gate was asked beside the required');
  const suite = suiteToJoin(withoutMembers(bits, [candidate.name]), options);
  return gateBeside(suite, candidate, options);
}

function checkGateOptions({ rules, msPerExample = null }: GateOptions): void {
  checkGateRules(rules);
  if (msPerExample === null || (msPerExample >= 0 && Number.isFinite(msPerExample))) return;
  throw new EvaluationError([
    {
      code: 'EVAL_GATE_INVALID',
      message: `The candidate of a gate costs ${msPerExample} ms per example; it must be finite and at least 0, or null when it was not measured.`,
    },
  ]);
}
