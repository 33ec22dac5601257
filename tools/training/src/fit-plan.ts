import type { FitRecord } from '@clamor/contract';
import { idSetRecord } from '@clamor/store';

import { findSplit } from './workspace.ts';

/** A fit: which splits give weights and thresholds. */
export interface FitPlan {
  readonly name: 'release' | 'later';
  readonly weights: readonly string[];
  readonly thresholds: readonly string[];
  /** Folder of the leaf's `data/columns/` that holds its out-of-fold columns. */
  readonly columns: string;
}

/** The fit that ships. */
export const RELEASE: FitPlan = {
  name: 'release',
  weights: ['train'],
  thresholds: ['train', 'valid'],
  columns: 'out-of-fold',
};

/** The fit on earlier mail, measured on the split `later`. */
export const LATER: FitPlan = {
  name: 'later',
  weights: ['later-train'],
  thresholds: ['later-train', 'later-valid'],
  columns: 'later-out-of-fold',
};

/** All splits that the two fits read, and that of the mails which the later one scores. */
export const FIT_SPLITS: readonly string[] = [...RELEASE.thresholds, ...LATER.thresholds, 'later'];

/** The id sets of a plan, as records and manifests name them. */
export function fitIds({ weights, thresholds }: FitPlan): Pick<FitRecord, 'weights' | 'threshold'> {
  return { weights: idSetRecord(weights.map(findSplit)), threshold: idSetRecord(thresholds.map(findSplit)) };
}

/** Ids whose out-of-fold scores a plan gives, each once, in the order of its splits. */
export function thresholdIds({ thresholds }: FitPlan): string[] {
  return thresholds.flatMap((split) => findSplit(split).ids);
}
