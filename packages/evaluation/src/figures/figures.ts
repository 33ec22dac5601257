/** Lower and upper end, 95 %. */
export type Interval = readonly [lower: number, upper: number];

/**
 * The figures of a suite, of its members and of their pairs.
 *
 * Counts are sums of sampling weights (numbers of examples when there are none). What is undefined is `null`, never 0 and
 * never NaN: a precision without positives, a recall without positive labels.
 */
export interface Evaluation {
  readonly suite: SuiteFigures;
  /** In the order of the table. */
  readonly members: readonly MemberFigures[];
  /** Every pair once, in the order of the table. */
  readonly overlaps: readonly OverlapFigures[];
}

/** What the members say together: positive when any of them is. */
export interface SuiteFigures {
  /** Rows of the table, never weighted. */
  readonly examples: number;
  /** Σ of the sampling weights of all examples. */
  readonly weight: number;
  /** Weight of the examples whose label is known. */
  readonly labelled: number;
  /** Weight of the examples whose label is 1. */
  readonly positiveLabels: number;
  /** Weight of the positive verdicts, with label or without. */
  readonly positives: number;
  /** Weight of the examples on which at least one member failed, whatever the verdict. */
  readonly degraded: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** TP ÷ (TP + FP); `null` without labelled positives. */
  readonly precision: number | null;
  /** TP ÷ (TP + FN); `null` without positive labels. */
  readonly recall: number | null;
  /** 2 TP ÷ (2 TP + FP + FN); 0 when all of it is wrong, `null` when there is neither a positive nor a positive label. */
  readonly f1: number | null;
  readonly precisionInterval: Interval | null;
  readonly recallInterval: Interval | null;
  /** Both ends of the interval of q = TP ÷ (TP + FP + FN), mapped by F1 = 2q ÷ (1 + q); `null` where F1 is. */
  readonly f1Interval: Interval | null;
  /**
   * Weight of the undetermined verdicts: nobody is positive and a required member failed. They are in none of the four
   * counts above. 0 when no member is required.
   */
  readonly undetermined: number;
  /** What the undetermined verdicts could still make of the figures; `null` when no labelled example is undetermined. */
  readonly undeterminedBounds: UndeterminedBounds | null;
}

/** The two ends between which the suite's figures lie, whatever the failed required members would have said. */
export interface UndeterminedBounds {
  /** Every undetermined example judged as its label. */
  readonly best: RatioFigures;
  /** Every undetermined example judged against its label. */
  readonly worst: RatioFigures;
}

/** Precision, recall and F1 of one set of counts. */
export interface RatioFigures {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** What one member says, and what the suite would be without it. */
export interface MemberFigures {
  readonly name: string;
  /** Weight of the examples that it called positive or negative. */
  readonly judged: number;
  /** Weight of the examples on which it failed. */
  readonly failed: number;
  /** judged ÷ weight of all examples; `null` for an empty table. */
  readonly coverage: number | null;
  /** Weight of its positives, with label or without. */
  readonly positives: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly precision: number | null;
  readonly precisionInterval: Interval | null;
  /** TP ÷ all positive labels, those on which it abstained or failed included. */
  readonly recall: number | null;
  readonly recallInterval: Interval | null;
  readonly f1: number | null;
  /** Weight of the examples that it alone calls positive and on which no member failed, with label or without. */
  readonly uniquePositives: number;
  /** Weight of the examples that it alone calls positive while another member failed: unique or not, nobody knows. */
  readonly uniqueUnknown: number;
  readonly uniqueTruePositives: number;
  readonly uniqueFalsePositives: number;
  readonly uniquePrecision: number | null;
  readonly uniquePrecisionInterval: Interval | null;
  /** Unique TP ÷ all positive labels. */
  readonly uniqueRecall: number | null;
  /** The suite's precision if this member were not there; `null` when nobody else is positive. */
  readonly precisionWithout: number | null;
  readonly recallWithout: number | null;
  /** Its part of the suite's TP when every positive is split equally among those who are positive on it. */
  readonly fairShareTruePositives: number;
  /** Likewise of the suite's FP. */
  readonly fairShareFalsePositives: number;
  readonly gate: GateProbabilities;
}

/** The evidence that a gate decides on. All `null` when the member has no unique positives or nobody else is positive. */
export interface GateProbabilities {
  /** P(unique precision ≥ precision of the others): the blueprint's line. */
  readonly atLeastOthers: number | null;
  /** P(precision with the member ≥ precision without − loss budget): higher is better. `null` without a policy. */
  readonly harm: number | null;
  /** P(unique precision ≥ floor). `null` without a policy. */
  readonly merit: number | null;
}

/** Two members on the same examples. */
export interface OverlapFigures {
  readonly a: string;
  readonly b: string;
  /** Weight of the examples on which both are positive. */
  readonly both: number;
  /** both ÷ weight where at least one of the two is positive; `null` when neither ever is. */
  readonly jaccard: number | null;
  /** Weight of the examples on which these two, and no other member, are positive. */
  readonly onlyBoth: number;
}
