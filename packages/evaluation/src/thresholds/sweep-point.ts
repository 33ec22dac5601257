// Question: what are the figures of one step of a sweep, and how sure is its unique precision?
// Source: the counts of `evaluate`; merit as in the gate, P(u ≥ floor) with Jeffreys's prior on counts scaled to Kish's
// effective size and divided by the design effect of clusters (Kish, Survey Sampling, 1965, §8.2).
import { designEffectOf } from '../statistics/design-effect.ts';
import type { MemberSweep } from './member-sweep.ts';
import { meritOf, type PositiveCounts } from '../gate/gate-probabilities.ts';
import { ratio } from '../figures/ratios.ts';
import { thresholdAbove, thresholdBetween } from './threshold-between.ts';
import type { ThresholdPoint } from './threshold-figures.ts';
import { effectiveSize, wilsonInterval } from '../statistics/wilson-interval.ts';

/** The first step that a threshold can be set at: 1 when no finite threshold lies above the highest score. */
export function firstStep({ scores }: MemberSweep): 0 | 1 {
  return scores.length > 0 && thresholdAbove(scores[0]!) === null ? 1 : 0;
}

/**
 * The threshold of a step: between its lowest positive score and its highest negative one; the present threshold where it
 * is the present step.
 */
export function thresholdOf(sweep: MemberSweep, step: number): number {
  const { scores } = sweep;
  if (step === sweep.current) return Math.fround(sweep.member.threshold);
  if (step === 0) return thresholdAbove(scores[0]!)!;
  return step === scores.length ? scores[step - 1]! : thresholdBetween(scores[step]!, scores[step - 1]!);
}

/** The figures of a step. */
export function pointAt(sweep: MemberSweep, step: number, floor: number | null): ThresholdPoint {
  const { sums } = sweep;
  const [uniqueTrue, uniqueFalse] = [sums.uniqueTrue[step]!, sums.uniqueFalse[step]!];
  const unique = uniqueTrue + uniqueFalse;
  const { truePositives, falsePositives } = suiteCounts(sweep, step);
  return {
    threshold: thresholdOf(sweep, step),
    uniqueTruePositives: uniqueTrue,
    uniqueFalsePositives: uniqueFalse,
    uniquePrecision: ratio(uniqueTrue, unique),
    uniquePrecisionInterval: wilsonInterval(uniqueTrue, unique, { effectiveSize: evidenceSize(sweep, step) }),
    merit: floor === null ? null : meritAt(sweep, step, floor),
    truePositives,
    falsePositives,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, sweep.positiveLabels),
  };
}

/** The suite's labelled positives at a step. */
export function suiteCounts({ sums, others }: MemberSweep, step: number): PositiveCounts {
  return {
    truePositives: others.truePositives + sums.soleTrue[step]!,
    falsePositives: others.falsePositives + sums.soleFalse[step]!,
  };
}

/** P(u ≥ floor) at a step; `null` without labelled unique positives, because a prior is not evidence. */
export function meritAt(sweep: MemberSweep, step: number, floor: number): number | null {
  const share = ratio(sweep.sums.uniqueTrue[step]!, sweep.sums.uniqueTrue[step]! + sweep.sums.uniqueFalse[step]!);
  if (share === null) return null;
  const size = evidenceSize(sweep, step);
  return meritOf({ truePositives: share * size, falsePositives: (1 - share) * size }, floor);
}

/** How many independent, equally weighted unique positives those of a step are worth. */
export function evidenceSize({ sums }: MemberSweep, step: number): number {
  const successes = { weight: sums.uniqueTrue[step]!, squares: sums.uniqueTrueSquares[step]! };
  const failures = { weight: sums.uniqueFalse[step]!, squares: sums.uniqueFalseSquares[step]! };
  const size = effectiveSize({
    weight: successes.weight + failures.weight,
    squares: successes.squares + failures.squares,
  });
  if (size === 0 || sums.clusters === null) return size;
  const effect = designEffectOf({
    successes,
    failures,
    partSquares: sums.clusters.partSquares[step]!,
    cross: sums.clusters.cross[step]!,
    wholeSquares: sums.clusters.wholeSquares[step]!,
    clusters: sums.clusters.clusters[step]!,
  });
  return size / effect;
}
