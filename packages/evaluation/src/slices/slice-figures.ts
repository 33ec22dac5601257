import type { Interval } from '../figures/figures.ts';

/** The suite on the examples that share one value of one column. */
export interface SliceFigures {
  readonly column: string;
  readonly value: string;
  /** Rows, never weighted. */
  readonly examples: number;
  readonly positiveLabels: number;
  readonly positives: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number | null;
  readonly precisionInterval: Interval | null;
  readonly recall: number | null;
  readonly recallInterval: Interval | null;
}

/** Slices, the worst first. */
export interface SliceReport {
  /** How many slices were looked at: the worst of many looks bad by chance, so intervals hold for all at once. */
  readonly looks: number;
  /** Confidence of each interval, 1 − .05 ÷ looks (Bonferroni). */
  readonly confidence: number;
  /** The suite on all examples, to compare with. */
  readonly suite: { readonly precision: number | null; readonly recall: number | null };
  readonly slices: readonly SliceFigures[];
}
