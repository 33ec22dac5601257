import type { GrowthStep } from './grow-suite.ts';

/** One fit in `data/growth.json` of the evaluation leaf. */
export interface GrowthOfFit {
  readonly thresholdsChosenOn: readonly string[];
  readonly examples: number;
  readonly positiveLabels: number;
  readonly budget: number;
  readonly steps: readonly GrowthStep[];
  readonly baselines: { readonly [name: string]: { readonly truePositives: number; readonly falsePositives: number } };
}

/** `data/growth.json`: who joined when, at which threshold, and what it added. */
export interface GrowthFile {
  readonly order: readonly string[];
  readonly release: GrowthOfFit;
  readonly later: GrowthOfFit;
}

/** The file with the steps of one member in its place; a member that is not in it joins last. Nothing else changes. */
export function withSteps(file: GrowthFile, steps: { readonly [Fit in 'release' | 'later']: GrowthStep }): GrowthFile {
  const { name } = steps.release;
  const order = file.order.includes(name) ? file.order : [...file.order, name];
  const fit = (fitted: GrowthOfFit, step: GrowthStep): GrowthOfFit => ({
    ...fitted,
    steps: order.flatMap((one) => (one === name ? [step] : fitted.steps.filter((other) => other.name === one))),
  });
  return { order, release: fit(file.release, steps.release), later: fit(file.later, steps.later) };
}

/**
 * The file without members that are gone, and with the baselines of a new fit; the steps of those who stay are kept.
 *
 * @param fitted - The new fit: its members are those who stay.
 * @throws {Error} when one who is gone added something, so that those after it would join at other thresholds.
 */
export function withoutLeavers(file: GrowthFile, fitted: Pick<GrowthFile, 'order' | 'release' | 'later'>): GrowthFile {
  const stays = ({ name }: GrowthStep) => fitted.order.includes(name);
  const missed = [...file.release.steps, ...file.later.steps].filter(
    (step) => !stays(step) && step.newTruePositives + step.newFalsePositives > 0,
  );
  if (missed.length > 0) {
    throw new Error(
      `${missed[0]!.name} added ${missed[0]!.newTruePositives} true and ${missed[0]!.newFalsePositives} false positives when it joined; those after it would join at other thresholds.\nRun "npm run rebuild -w @clamor/training" and release them, too.`,
    );
  }
  const fit = (old: GrowthOfFit, { baselines }: GrowthOfFit) => ({ ...old, steps: old.steps.filter(stays), baselines });
  return {
    order: file.order.filter((name) => fitted.order.includes(name)),
    release: fit(file.release, fitted.release),
    later: fit(file.later, fitted.later),
  };
}
