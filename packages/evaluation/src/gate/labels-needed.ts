// Question: how many further labels might settle a gate that is inconclusive?
// Source: the gate's own probabilities at the counts that are to be expected (a predictive look ahead, not a promise).
import type { CandidateEvidence } from './gate-evidence.ts';
import { type DecidedGate, decideGate } from './gate-decision.ts';
import { meritOf, type PositiveCounts, totalOf } from './gate-probabilities.ts';
import type { GateRules, LabelsNeeded } from './outcome.ts';

/** Labels beyond which a gate is said never to settle. */
export const LABELS_BOUND = 10_000;

const STEPS = 5;

/**
 * How many further labelled unique positives settle a gate, over what u might be: from the floor to 1 in six steps.
 *
 * With u assumed, N labels are taken to bring N·u true and N·(1 − u) false ones (fractions of a label are counted, the
 * answer is a whole number), each worth as many independent examples as those there are. What is known of o and of λ stays
 * as it is: labels on unique positives tell nothing of either. So as N grows merit tends to 1 above the floor, and to ½ at
 * the floor, where it is never shown; harm tends to P(o − δ/λ ≤ u), and where that is open only more of the *others* could
 * settle it. `null` says that {@link LABELS_BOUND} labels do not: both have all but come to rest by then.
 *
 * Expected counts, not certain ones: the labels that come in will differ from them. And each further look at a growing
 * sample is another chance to pass by luck: twenty looks pass .6 at the floor (docs/simulations/false-passes.md). Gate once per version of a candidate and evidence.
 *
 * @param evidence - Of a candidate with unique positives.
 */
export function labelsNeeded(evidence: CandidateEvidence, rules: GateRules): LabelsNeeded[] {
  const { labelledUnique } = evidence;
  const { unique } = evidence.counts.effective;
  const worth = labelledUnique === 0 ? 1 : totalOf(unique) / labelledUnique;
  return assumedPrecisions(rules.meritFloor).map((assumed) => {
    const after = (labels: number): PositiveCounts => ({
      truePositives: unique.truePositives + labels * worth * assumed,
      falsePositives: unique.falsePositives + labels * worth * (1 - assumed),
    });
    const decided = (labels: number): DecidedGate =>
      decideGate({ ...evidence, effective: { ...evidence.counts.effective, unique: after(labels) } }, rules);
    const labels = firstSettled(decided, (n) => (meritOf(after(n), rules.meritFloor) ?? 0) >= rules.meritConfidence);
    return {
      assumedUniquePrecision: assumed,
      labels,
      decision: labels === null ? null : settledAs(decided(labels)),
    };
  });
}

function assumedPrecisions(floor: number): number[] {
  if (floor === 1) return [1];
  return Array.from({ length: STEPS + 1 }, (_, k) => Number((floor + ((1 - floor) * k) / STEPS).toFixed(9)));
}

function settledAs({ decision }: DecidedGate): 'pass' | 'fail' | null {
  return decision === 'pass' || decision === 'fail' ? decision : null;
}

/**
 * Merit costs a hundredth of harm and is what most gates wait for, so the labels that merit needs are tried first; harm is
 * then searched in what is left: below them when it has failed by then, above them when it is still open.
 */
function firstSettled(decided: (labels: number) => DecidedGate, hasMerit: (labels: number) => boolean): number | null {
  const isSettled = (labels: number): boolean => settledAs(decided(labels)) !== null;
  const merited = firstWhere(hasMerit, 0, LABELS_BOUND);
  if (merited === null) return isSettled(LABELS_BOUND) ? firstWhere(isSettled, 0, LABELS_BOUND) : null;
  const then = settledAs(decided(merited));
  if (then === 'pass') return merited;
  if (then === 'fail') return firstWhere(isSettled, 0, merited);
  return isSettled(LABELS_BOUND) ? firstWhere(isSettled, merited, LABELS_BOUND) : null;
}

/** The first whole number above `from` where it holds, by doubling steps and bisection; it must not turn back in between. */
function firstWhere(holds: (n: number) => boolean, from: number, bound: number): number | null {
  let [below, above] = [from, Math.min(bound, from + 1)];
  while (!holds(above)) {
    if (above >= bound) return null;
    [below, above] = [above, Math.min(bound, from + 2 * (above - from))];
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
