// Question: how sure is it that a changed member keeps the suite's precision, and its recall?
// Source: a Dirichlet with Jeffreys's ½ per cell over what is kept, gained, lost and missed, drawn from a fixed seed. By its
// neutrality (Connor & Mosimann, JASA 64 (1969), 194–206) the sizes of regions and the precision within each are
// independent, so that each has counts of its own: those that weights, clusters and missing labels leave it.
import type { ChangeRegion } from './outcome.ts';
import type { PositiveCounts } from './gate-probabilities.ts';
import { createRandomGamma, type RandomGamma } from '../statistics/gamma.ts';

/** What is known of one region. Effective counts: any real number ≥ 0. */
export interface RegionEvidence {
  /** Labelled positives, at the effective size of the region. */
  readonly counts: PositiveCounts;
  /** Positives with label or without, at the effective size of all regions together. */
  readonly size: number;
  /** Labelled true positives, at the effective size of all positive labels. */
  readonly found: number;
}

/** What is known of a change. */
export interface ChangeEvidence {
  readonly regions: Readonly<Record<ChangeRegion, RegionEvidence>>;
  /** Positive labels that neither version finds, at the scale of `found`. */
  readonly missed: number;
}

/** How it is drawn. */
export interface DrawOptions {
  /** A whole number from 1 to 2³² − 1. */
  readonly seed: number;
  readonly draws: number;
}

/**
 * P(precision after ≥ precision before − δ).
 *
 * Regions without a positive are left out: a prior is not evidence.
 *
 * @returns In [0, 1], with a standard error of at most ½ ÷ √draws; `null` when nothing is gained or lost, when either
 * precision is undefined, or when no positive of a region that has some is labelled.
 */
export function precisionHolds(
  { regions }: Pick<ChangeEvidence, 'regions'>,
  lossBudget: number,
  { seed, draws }: DrawOptions,
): number | null {
  const present = { kept: regions.kept.size > 0, gained: regions.gained.size > 0, lost: regions.lost.size > 0 };
  if (!present.gained && !present.lost) return null;
  if (!present.kept && !(present.gained && present.lost)) return null;
  if (Object.values(regions).some(({ size, counts }) => size > 0 && isUnlabelled(counts))) return null;
  const gamma = createRandomGamma(seed);
  return shareOf(draws, () => {
    const [kept, gained, lost] = [regions.kept, regions.gained, regions.lost].map((region) =>
      drawRegion(region, gamma),
    );
    const after = (kept!.true + gained!.true) / (kept!.size + gained!.size);
    const before = (kept!.true + lost!.true) / (kept!.size + lost!.size);
    return after >= before - lossBudget;
  });
}

/**
 * P(recall after ≥ recall before − δ): a lost unique true positive counts against it, one gained counts for it.
 *
 * Recall changes by (gained − lost) ÷ all positive labels, the missed ones included.
 *
 * @returns In [0, 1], likewise; `null` when nothing is gained or lost, without positive labels, or when no positive that comes or goes
 * is labelled.
 */
export function recallHolds(
  { regions, missed }: ChangeEvidence,
  lossBudget: number,
  { seed, draws }: DrawOptions,
): number | null {
  const { kept, gained, lost } = regions;
  if (gained.size + lost.size === 0 || kept.found + gained.found + lost.found + missed === 0) return null;
  if ([gained, lost].some(({ size, counts }) => size > 0 && isUnlabelled(counts))) return null;
  const gamma = createRandomGamma(seed);
  const cell = (count: number, isPresent: boolean): (() => number) => (isPresent ? () => gamma(count + 0.5) : () => 0);
  const drawKept = cell(kept.found, !isUnlabelled(kept.counts));
  const drawGained = cell(gained.found, gained.size > 0);
  const drawLost = cell(lost.found, lost.size > 0);
  const drawMissed = cell(missed, missed > 0);
  return shareOf(draws, () => {
    const [won, gone] = [drawGained(), drawLost()];
    return won - gone >= -lossBudget * (drawKept() + won + gone + drawMissed());
  });
}

/** The size of a region and what of it is true; nothing where there is none. */
function drawRegion({ size, counts }: RegionEvidence, gamma: RandomGamma): { size: number; true: number } {
  if (size === 0) return { size: 0, true: 0 };
  const [drawn, right, wrong] = [
    gamma(size + 1),
    gamma(counts.truePositives + 0.5),
    gamma(counts.falsePositives + 0.5),
  ];
  return { size: drawn, true: (drawn * right) / (right + wrong) };
}

function isUnlabelled({ truePositives, falsePositives }: PositiveCounts): boolean {
  return truePositives + falsePositives === 0;
}

function shareOf(draws: number, holds: () => boolean): number {
  let count = 0;
  for (let i = 0; i < draws; i++) if (holds()) count += 1;
  return count / draws;
}
