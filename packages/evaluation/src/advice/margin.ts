// Question: how far is it worth moving a threshold?
// Source: a positive is worth its label minus the precision that is asked for; the best threshold is where the running sum of
// that stands highest (TP − floor · positives, the Lagrangian of recall at a precision).
import type { MemberSweep } from '../thresholds/member-sweep.ts';

/** Σ d (y − floor) over what a member alone adds at a step: how much of it is true beyond the floor. */
export function marginAt({ sums }: MemberSweep, step: number, floor: number): number {
  return sums.soleTrue[step]! * (1 - floor) - sums.soleFalse[step]! * floor;
}

/**
 * The higher threshold with the highest margin: what lies below it is, on balance, less precise than the floor.
 *
 * @returns A step above the present one; `null` when none has a higher margin, or only steps at which the member adds
 * nothing (that would be its removal).
 */
export function raisedStep(sweep: MemberSweep, floor: number): number | null {
  let best: number | null = null;
  let highest = marginAt(sweep, sweep.current, floor);
  for (let step = sweep.current - 1; step > 0; step--) {
    const sole = sweep.sums.soleTrue[step]! + sweep.sums.soleFalse[step]!;
    const margin = marginAt(sweep, step, floor);
    if (sole === 0 || margin <= highest + TOLERANCE) continue;
    best = step;
    highest = margin;
  }
  return best;
}

/** Sums of (1 − floor) and floor leave digits where they cancel. */
export const TOLERANCE = 1e-9;
