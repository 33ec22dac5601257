import type { Interval, RatioFigures } from '../figures/figures.ts';

/** One point of a {@link ThresholdCurve}: the suite with this member at this threshold, all others frozen. */
export interface ThresholdPoint {
  /** float32, between observed scores; the present threshold as it is. */
  readonly threshold: number;
  readonly uniqueTruePositives: number;
  readonly uniqueFalsePositives: number;
  readonly uniquePrecision: number | null;
  readonly uniquePrecisionInterval: Interval | null;
  /** P(u ≥ floor); `null` without a floor or without labelled unique positives. */
  readonly merit: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly precision: number | null;
  readonly recall: number | null;
}

/** The suite over one member's threshold. */
export interface ThresholdCurve {
  readonly member: string;
  /** From the highest threshold down; at most as many points as asked for, the ends and every chosen one among them. */
  readonly points: readonly ThresholdPoint[];
}

/** What {@link tuneMember} advises. */
export interface TunedThreshold {
  readonly member: string;
  /** The threshold now. */
  readonly current: ThresholdPoint;
  /** The threshold by rule; `null` when none keeps to it. */
  readonly chosen: ThresholdPoint | null;
  /** Why, in a sentence: what was maximised, or what stood in the way. */
  readonly reason: string;
  /** Loss of precision against the suite without the member: what the threshold spends of the loss budget; at least 0. */
  readonly spends: { readonly current: number; readonly chosen: number | null };
  /**
   * Where the curve of unique precision falls below the floor above a threshold that is shown to keep it: the lowest point of
   * each such stretch.
   */
  readonly dips: readonly ThresholdPoint[];
  readonly curve: ThresholdCurve;
}

/** One owner's part of a {@link UnionProposal}. */
export interface ThresholdProposal {
  readonly member: string;
  readonly from: number;
  readonly to: number;
  /** What moving this one alone would give, everybody else frozen, on the held-out half. */
  readonly alone: RatioFigures;
}

/** What {@link tuneUnion} found: advice to several owners, never applied by anything. */
export interface UnionProposal {
  readonly targetPrecision: number;
  /** Whether thresholds were found that reach the target on the half they were chosen on; without, there are no proposals. */
  readonly reached: boolean;
  readonly proposals: readonly ThresholdProposal[];
  /** The suite on the half that the thresholds were chosen on, as it is and with all proposals. */
  readonly fitted: { readonly before: RatioFigures; readonly after: RatioFigures };
  /** The same on the half that was held out. */
  readonly heldOut: { readonly before: RatioFigures; readonly after: RatioFigures };
  /** fitted − heldOut after, for precision and recall: what the search has only learnt of its own half. */
  readonly overfit: { readonly precision: number | null; readonly recall: number | null };
}

/** Precision and recall while a threshold moves. */
export interface PrecisionRecallCurve {
  /** Name of a member, or `null` for the suite. */
  readonly member: string | null;
  /** From few positives to many. */
  readonly points: readonly {
    readonly precision: number;
    readonly recall: number;
  }[];
  /** Where the thresholds of today put it; `null` when undefined. */
  readonly operatingPoint: { readonly precision: number; readonly recall: number } | null;
}
