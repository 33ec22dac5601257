import type { Interval, SuiteFigures } from '../figures/figures.ts';
import type { GatePolicy, PositiveCounts, ShareCounts } from './gate-probabilities.ts';

/**
 * What a gate says. `pass`: harm and merit are both shown to be in order. `fail`: one of them is bounded from the other
 * side. `inconclusive`: the evidence shows neither. `no effect`: there is nothing that the candidate alone decides.
 */
export type GateDecision = 'pass' | 'fail' | 'inconclusive' | 'no effect';

/** What a gate is asked with: what is left of the loss budget, the floor, and how sure it has to be. */
export interface GateRules extends GatePolicy {
  /** c of the harm test, in (0.5, 1); the spam suite's policy: .9. */
  readonly harmConfidence: number;
  /** c₂ of the merit test, in (0.5, 1); the spam suite's policy: .8. */
  readonly meritConfidence: number;
}

/** A probability set against the confidence that is asked of it. */
export interface GateTest {
  /** Higher is better; `null` where there is no evidence (a prior is none). */
  readonly probability: number | null;
  /** Passed from here on; failed at 1 − this and below. */
  readonly confidence: number;
  /** `passed`, `failed`, `open` between the two, or `none` without evidence. */
  readonly result: 'passed' | 'failed' | 'open' | 'none';
}

/** The blueprint's question, always told first: is u ≥ o, and how sure is that? */
export interface BlueprintLine {
  /** u, with its interval; `null` without labelled unique positives. */
  readonly uniquePrecision: number | null;
  readonly uniquePrecisionInterval: Interval | null;
  /** o, the precision without the candidate; `null` when the others have no labelled positives. */
  readonly precisionWithout: number | null;
  readonly precisionWithoutInterval: Interval | null;
  /** Whether u ≥ o in the counts; `null` when either is undefined. */
  readonly holds: boolean | null;
  /** P(u ≥ o); `null` likewise. */
  readonly probability: number | null;
}

/** What a gate has seen. */
export interface GateCounts {
  /** Labelled unique positives of the candidate. */
  readonly unique: PositiveCounts;
  /** Labelled positives of the others. */
  readonly others: PositiveCounts;
  /** Weight of its positives that may or may not be unique, because another member failed there: in no test. */
  readonly uniqueUnknown: number;
  /** Weight of its unique positives without a label: in no test. */
  readonly uniqueUnlabelled: number;
  /**
   * What clusters do to the variance of u, o and λ: counts are divided by these before the tests; 1 without clusters. What
   * weights do is in the counts that follow, too.
   */
  readonly designEffect: { readonly unique: number; readonly others: number; readonly share: number };
  /** The counts that the tests are made with; those of λ are of positives with label or without. */
  readonly effective: {
    readonly unique: PositiveCounts;
    readonly others: PositiveCounts;
    readonly share: ShareCounts;
  };
}

/** What accepting a candidate takes from the suite's loss budget, in precision. */
export interface LossDrawn {
  /** max(0, o − s); `null` where unlabelled positives leave one of the two unknown, 0 when there is no o to lose. */
  readonly draws: number | null;
  /** What was left when the gate was asked. */
  readonly left: number;
  /** max(0, left − draws); `null` where `draws` is. */
  readonly leftAfter: number | null;
}

/** How many labelled unique positives might settle an inconclusive gate, if u were what is assumed. */
export interface LabelsNeeded {
  /** In [0, 1]. */
  readonly assumedUniquePrecision: number;
  /** Further labelled unique positives at the expected mix; `null`: up to 10,000 of them do not ("never"). */
  readonly labels: number | null;
  /** What it would then come to. */
  readonly decision: 'pass' | 'fail' | null;
}

/** What a candidate costs for what it finds. */
export interface GateCost {
  /** Milliseconds of one core per example; `null` when not measured. */
  readonly msPerExample: number | null;
  /** Recall with the candidate − recall without; `null` without positive labels. */
  readonly recallGain: number | null;
  /** recallGain ÷ msPerExample; `null` when either is, or nothing is spent. */
  readonly recallGainPerMs: number | null;
}

/** The outcome of {@link gate}: may this candidate join? */
export interface GateOutcome {
  readonly candidate: string;
  readonly decision: GateDecision;
  /** Which test decided, or kept it from being decided. `floor`: nobody else has positives, so merit alone is asked. */
  readonly decidedBy: 'harm' | 'merit' | 'harm and merit' | 'floor' | 'no unique positives';
  /** One sentence for people, with the figures. */
  readonly reason: string;
  readonly blueprint: BlueprintLine;
  /** P(s ≥ o − δ): no harm beyond what is left of the loss budget. */
  readonly harm: GateTest;
  /** P(u ≥ floor). */
  readonly merit: GateTest;
  readonly counts: GateCounts;
  /** The suite without the candidate and with it. */
  readonly before: SuiteFigures;
  readonly after: SuiteFigures;
  readonly loss: LossDrawn;
  /** From the floor to 1; `null` unless inconclusive. */
  readonly labelsNeeded: readonly LabelsNeeded[] | null;
  readonly cost: GateCost;
}

/** The suite's positives with and without a change, divided into what stays, what comes and what goes. */
export type ChangeRegion = 'kept' | 'gained' | 'lost';

/** The outcome of {@link gateChange}: may this version replace that one? */
export interface ChangeOutcome {
  readonly candidate: string;
  readonly decision: GateDecision;
  readonly decidedBy: 'precision' | 'recall' | 'precision and recall' | 'merit' | 'no change';
  readonly reason: string;
  /** Labelled positives of the suite by region: positive with both versions, with the new only, with the old only. */
  readonly regions: { readonly [Region in ChangeRegion]: PositiveCounts };
  /** Weight of the suite's positives without a label by region: in no test of precision or recall. */
  readonly unlabelled: { readonly [Region in ChangeRegion]: number };
  /** Weight of what comes and goes where another member failed: whether it matters, nobody knows; in no test. */
  readonly unknown: number;
  /** P(precision with the new version ≥ with the old − δ). */
  readonly precision: GateTest;
  /** P(recall with the new version ≥ with the old − δ): a lost unique true positive counts. */
  readonly recall: GateTest;
  /** P(precision with the new version ≥ with the old): where it is shown, merit is not asked. */
  readonly raises: GateTest;
  /** P(precision of what is gained ≥ floor); result `none` when nothing is gained. */
  readonly merit: GateTest;
  readonly before: SuiteFigures;
  readonly after: SuiteFigures;
  readonly loss: LossDrawn;
  /** The largest of those that the counts were divided by; 1 without clusters. */
  readonly designEffect: number;
  readonly seed: number;
  readonly draws: number;
}

/** Candidates gated as if they were one. */
export interface GroupOutcome {
  /** Names, in the order of the table; one, two or three. */
  readonly members: readonly string[];
  readonly outcome: GateOutcome;
}

/** A candidate that is left over, gated beside everybody accepted. */
export interface RejectedOutcome extends GroupOutcome {
  /** What it comes to beside the suite alone. A pass here and none beside the accepted: they do what it does. */
  readonly alone: GateDecision;
  /** One sentence for people, with what has changed between the two. */
  readonly reason: string;
}

/** One step of a merge order. */
export interface MergeStep {
  /** One name, or a group that only passes together. */
  readonly members: readonly string[];
  /** Gated beside everybody accepted so far, with what is left of the loss budget by then. */
  readonly outcome: GateOutcome;
}

/** The outcome of {@link gateJointly}: can these open candidates all be merged, and in which order? */
export interface JointOutcome {
  /** Each alone beside the suite. */
  readonly alone: readonly GroupOutcome[];
  /** Pairs and triples whose every member passes alone and which fail together, smallest first, none containing another. */
  readonly conflicts: readonly GroupOutcome[];
  /** Pairs and triples none of whose members passes alone and which pass together, likewise. */
  readonly alliances: readonly GroupOutcome[];
  /** Accepted one step after another, each step recomputed. */
  readonly order: readonly MergeStep[];
  /** Those left over, each gated beside everybody accepted. */
  readonly rejected: readonly RejectedOutcome[];
  /** The suite with everybody accepted. */
  readonly after: SuiteFigures;
}
