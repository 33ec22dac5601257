// Question: how far down may a member's threshold go, and which missed positives come with it?
// Source: the gate's merit at every step on the way (as in thresholds/tune-member.ts), and the running margin of what is gained.
import type { AdvicePolicy } from './advice-policy.ts';
import { couldShow } from '../thresholds/tune-member.ts';
import { marginAt, TOLERANCE } from './margin.ts';
import { meritAt, suiteCounts } from '../thresholds/sweep-point.ts';
import type { MemberSweep } from '../thresholds/member-sweep.ts';
import { ratio } from '../figures/ratios.ts';

/**
 * The lowest threshold below the present one that keeps to the policy.
 *
 * At it, merit P(u ≥ floor) is at least the policy's confidence, the suite's precision at its floor and the loss within the
 * budget; on the way down merit is never missed where there are unique positives enough to show it; and no lower part of what
 * is gained is, on balance, below the floor, so that the next look would not raise the threshold again.
 *
 * @returns A step with more true positives than the present one; `null` when there is none.
 */
export function reachedStep(sweep: MemberSweep, policy: AdvicePolicy): number | null {
  const { uniquePrecisionFloor: floor, meritConfidence: confidence } = policy;
  const present = precisionAt(sweep, sweep.current);
  let reached: number | null = null;
  let highest = marginAt(sweep, sweep.current, floor);
  let [soleTrue, soleFalse] = solesAt(sweep, sweep.current);
  for (let step = sweep.current + 1; step <= sweep.scores.length; step++) {
    const [nextTrue, nextFalse] = solesAt(sweep, step);
    if (nextTrue === soleTrue && nextFalse === soleFalse) continue;
    [soleTrue, soleFalse] = [nextTrue, nextFalse];
    const isShown = (meritAt(sweep, step, floor) ?? 0) >= confidence;
    if (!isShown && couldShow(sweep, step, { floor, confidence })) break;
    const margin = marginAt(sweep, step, floor);
    const isHighest = margin >= highest - TOLERANCE;
    highest = Math.max(highest, margin);
    const precision = precisionAt(sweep, step) ?? 0;
    const isWithin = precision >= policy.precisionFloor && (present ?? precision) - precision <= policy.lossBudget;
    const isGain = soleTrue > (reached === null ? sweep.sums.soleTrue[sweep.current]! : sweep.sums.soleTrue[reached]!);
    if (isShown && isHighest && isWithin && isGain) reached = step;
  }
  return reached;
}

function solesAt({ sums }: MemberSweep, step: number): [soleTrue: number, soleFalse: number] {
  return [sums.soleTrue[step]!, sums.soleFalse[step]!];
}

function precisionAt(sweep: MemberSweep, step: number): number | null {
  const { truePositives, falsePositives } = suiteCounts(sweep, step);
  return ratio(truePositives, truePositives + falsePositives);
}
