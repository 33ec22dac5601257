// Question: where should a member's threshold be, all others frozen?
// Source: the curve of unique precision is not monotone, so that its best-looking point is luck; the rule is to go down only as
// far as the evidence has held all the way (fixed-sequence testing: Maurer, Hothorn & Lehmacher, 1995; Angelopoulos et al.,
// Learn then test, 2021, §3, https://arxiv.org/abs/2110.01052).
import { checkFloor, checkPoints, curveOf, DEFAULT_POINTS } from './threshold-curve.ts';
import { EvaluationError } from '../errors.ts';
import { evidenceSize, firstStep, meritAt, pointAt, suiteCounts } from './sweep-point.ts';
import { meritOf } from '../gate/gate-probabilities.ts';
import { type MemberSweep, sweepContext, sweepMember } from './member-sweep.ts';
import { ratio } from '../figures/ratios.ts';
import { shownScore } from './shown-score.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import type { ThresholdPoint, TunedThreshold } from './threshold-figures.ts';

/** When a unique precision counts as shown. */
export interface EvidenceRule {
  /** Unique precision that must be kept, in [0, 1]: the policy's. */
  readonly floor: number;
  /** c₂: how sure that must be, in (0.5, 1). The spam suite's policy: .8. */
  readonly confidence: number;
}

/** The rule by which {@link tuneMember} chooses. */
export interface TuneMemberOptions extends EvidenceRule {
  /** What is left of the loss budget, in [0, 1]: thresholds that spend more are not chosen. Default: no limit. */
  readonly lossBudget?: number;
  /** At most so many points of the curve, a whole number ≥ 4. Default 200. */
  readonly points?: number;
}

/**
 * The threshold that gives the suite the most recall while the member's unique precision is shown to keep the floor, there
 * and at every higher threshold; all others frozen.
 *
 * Shown means merit, P(u ≥ floor) ≥ confidence: the gate's test. Read to the letter no threshold could keep the rule, since
 * the highest ones have one or two unique positives and these show nothing. So a higher threshold counts against only where
 * its unique positives are as many as could have shown it: as many as would reach the confidence if all were true (8 at a
 * floor of .9 and a confidence of .8). Among thresholds of equal recall, the highest.
 *
 * Tune on examples whose scores are out of fold; the threshold is then in sample on them, and gated on others. Nothing is
 * written anywhere.
 *
 * @param table - Active members only.
 * @param member - Name of the one to tune.
 * @returns `chosen` is `null` when no threshold keeps the rule; what stands in the way is in `reason`.
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw; `EVAL_MEMBER_UNKNOWN`, `EVAL_GATE_INVALID`,
 * `EVAL_COUNT_INVALID`.
 * @example
 * // Twelve true ones, then a false one: the threshold stays above it.
 * const labels = Array.from({ length: 13 }, (_, i) => (i < 12 ? 1 : 0));
 * const member = { name: 'a', column: column(labels, (_, i) => 1 - i / 16), threshold: 0.9 };
 * tuneMember({ labels, members: [member] }, 'a', { floor: 0.9, confidence: 0.8 }).chosen?.threshold // 0.28125
 */
export function tuneMember(table: ScoredTable, member: string, options: TuneMemberOptions): TunedThreshold {
  checkRule(options);
  const sweep = sweepMember(sweepContext(table), member);
  return tuneSweep(sweep, options);
}

/** {@link tuneMember} of a sweep that is made already. */
export function tuneSweep(sweep: MemberSweep, rule: TuneMemberOptions): TunedThreshold {
  const { floor, points = DEFAULT_POINTS } = rule;
  const search = searchDown(sweep, rule);
  const dips = dipsOf(sweep, rule);
  const pointOf = (step: number): ThresholdPoint => pointAt(sweep, step, floor);
  return {
    member: sweep.member.name,
    current: pointOf(sweep.current),
    chosen: search.chosen === null ? null : pointOf(search.chosen),
    reason: reasonOf(sweep, search, rule),
    spends: {
      current: lossAt(sweep, sweep.current),
      chosen: search.chosen === null ? null : lossAt(sweep, search.chosen),
    },
    dips: dips.map(pointOf),
    curve: curveOf(sweep, { points, floor, always: search.chosen === null ? [] : [search.chosen] }),
  };
}

/** Throws `EVAL_GATE_INVALID`, `EVAL_COUNT_INVALID` when a rule cannot be one. */
export function checkRule({ floor, confidence, lossBudget = 0, points = DEFAULT_POINTS }: TuneMemberOptions): void {
  checkFloor(floor);
  checkPoints(points);
  if (!(confidence > 0.5 && confidence < 1)) {
    throw invalid(`The confidence of a threshold is ${confidence}; it must be in (0.5, 1), for example 0.8.`);
  }
  if (!(lossBudget >= 0 && lossBudget <= 1)) {
    throw invalid(`lossBudget is ${lossBudget}; it must be in [0, 1].`);
  }
}

function invalid(message: string): EvaluationError {
  return new EvaluationError([{ code: 'EVAL_GATE_INVALID', message }]);
}

/** Precision that the member costs at a step: without it − with it, at least 0; 0 when either is undefined. */
export function lossAt(sweep: MemberSweep, step: number): number {
  const { others } = sweep;
  const { truePositives, falsePositives } = suiteCounts(sweep, step);
  const without = ratio(others.truePositives, others.truePositives + others.falsePositives);
  const withIt = ratio(truePositives, truePositives + falsePositives);
  return without === null || withIt === null ? 0 : Math.max(0, without - withIt);
}

interface Search {
  readonly chosen: number | null;
  /** Whether any step was shown to keep the floor before the search ended, affordable or not. */
  readonly isShown: boolean;
  /** The step that ended the search; `null` when it went all the way down. */
  readonly brokenAt: number | null;
}

/** From the highest threshold down, until one breaks the rule. */
function searchDown(sweep: MemberSweep, { floor, confidence, lossBudget }: TuneMemberOptions): Search {
  let chosen: number | null = null;
  let gained = -1;
  let isAnyShown = false;
  for (let step = firstStep(sweep); step <= sweep.scores.length; step++) {
    if (step > 0 && isSameEvidence(sweep, step)) continue;
    const isShown = (meritAt(sweep, step, floor) ?? 0) >= confidence;
    if (!isShown && couldShow(sweep, step, { floor, confidence })) {
      return { chosen, isShown: isAnyShown, brokenAt: step };
    }
    isAnyShown ||= isShown;
    const isAffordable = lossBudget === undefined || lossAt(sweep, step) <= lossBudget;
    const truePositives = sweep.sums.soleTrue[step]!;
    if (!isShown || !isAffordable || truePositives <= gained) continue;
    chosen = step;
    gained = truePositives;
  }
  return { chosen, isShown: isAnyShown, brokenAt: null };
}

/** Whether the suite does not change from the step before. */
function isSameEvidence({ sums }: MemberSweep, step: number): boolean {
  return sums.soleTrue[step] === sums.soleTrue[step - 1] && sums.soleFalse[step] === sums.soleFalse[step - 1];
}

/** Whether as many unique positives would reach the confidence if all were true. */
export function couldShow(sweep: MemberSweep, step: number, { floor, confidence }: EvidenceRule): boolean {
  const ifAllTrue = meritOf({ truePositives: evidenceSize(sweep, step), falsePositives: 0 }, floor);
  return ifAllTrue !== null && ifAllTrue >= confidence;
}

/**
 * Where the curve falls below the floor, on as many unique positives as could have shown it, above a threshold that is shown
 * to keep it: one step for each stretch, the lowest unique precision of it.
 */
export function dipsOf(sweep: MemberSweep, rule: EvidenceRule): number[] {
  const { floor } = rule;
  const end = lastShown(sweep, rule);
  const dips: number[] = [];
  let lowest: number | null = null;
  for (let step = firstStep(sweep); step <= end; step++) {
    const share = uniquePrecisionAt(sweep, step);
    if (share !== null && share < floor && couldShow(sweep, step, rule)) {
      if (lowest === null || share < uniquePrecisionAt(sweep, lowest)!) lowest = step;
    } else if (lowest !== null) {
      dips.push(lowest);
      lowest = null;
    }
  }
  return dips;
}

/** The lowest threshold whose merit reaches the confidence, whatever stands above it; −1 when none does. */
function lastShown(sweep: MemberSweep, { floor, confidence }: EvidenceRule): number {
  for (let step = sweep.scores.length; step >= 0; step--) {
    const share = uniquePrecisionAt(sweep, step);
    // Merit above ½ needs a median above the floor, and the median lies between this share and ½: most steps end here.
    if (share === null || (share < floor && floor >= 0.5)) continue;
    if (meritAt(sweep, step, floor)! >= confidence) return step;
  }
  return -1;
}

function uniquePrecisionAt({ sums }: MemberSweep, step: number): number | null {
  return ratio(sums.uniqueTrue[step]!, sums.uniqueTrue[step]! + sums.uniqueFalse[step]!);
}

function reasonOf(sweep: MemberSweep, search: Search, { floor, confidence, lossBudget }: TuneMemberOptions): string {
  const rule = `unique precision ≥ ${floor} with probability ≥ ${confidence}`;
  const stop = search.brokenAt === null ? '' : ` ${stopAt(sweep, search.brokenAt, floor)}`;
  if (search.chosen !== null) {
    return `The most recall of the suite while ${rule}, here and at every higher threshold.${stop}`;
  }
  if (search.isShown) return `Every threshold with ${rule} costs more precision than the ${lossBudget} that are left.`;
  if (search.brokenAt !== null) return `No threshold keeps ${rule}.${stop}`;
  const [uniqueTrue, uniqueFalse] = [sweep.sums.uniqueTrue.at(-1)!, sweep.sums.uniqueFalse.at(-1)!];
  return `No threshold can show ${rule}: at the lowest, ${uniqueTrue} labelled unique positives are true and ${uniqueFalse} false.`;
}

function stopAt(sweep: MemberSweep, step: number, floor: number): string {
  const { threshold, uniqueTruePositives, uniqueFalsePositives, merit } = pointAt(sweep, step, floor);
  const unique = uniqueTruePositives + uniqueFalsePositives;
  return `At ${shownScore(threshold)} that ends: ${uniqueTruePositives} of ${unique} unique positives are true, probability ${merit!.toFixed(3)}.`;
}
