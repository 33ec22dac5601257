import type { GateTest } from '../gate/outcome.ts';
import type { SuiteFigures } from '../figures/figures.ts';
import type { PositiveSet } from '../figures/positive-sets.ts';
import type { ThresholdPoint } from '../thresholds/threshold-figures.ts';

/** Something that one owner can do, as data. */
export type MemberMove =
  | { readonly kind: 'remove'; readonly member: string }
  | { readonly kind: 'threshold'; readonly member: string; readonly from: number; readonly to: number };

/**
 * Something that can be done, as data: `applyMove` does it to a table. `together`: several owners, because a false positive
 * that members share stays one while any of them still is positive on it.
 */
export type Move = MemberMove | { readonly kind: 'together'; readonly moves: readonly MemberMove[] };

/** Why a move is advised. */
export type MoveReason =
  /** Its unique precision is below the precision of the others. */
  | 'low unique precision'
  /** Its average is in order, its lowest-scoring unique positives are not. */
  | 'low band'
  /** It has no unique positives: the suite decides the same without it, for less. */
  | 'dead weight'
  /** It and another member are only ever positive together: one of the two would do. */
  | 'near-duplicate'
  /** False positives that several members share: none of the unique precisions shows them. */
  | 'shared false positives'
  /** Missed positives lie just below its threshold, and what comes with them is precise enough. */
  | 'within reach';

/** One move with the suite that it gives, everything else left as it is. */
export interface AdvisedMove {
  readonly move: Move;
  readonly reason: MoveReason;
  /** What it is for. */
  readonly aim: 'precision' | 'recall' | 'cost';
  /** One or two sentences for the owner, with the figures. */
  readonly message: string;
  /** The suite after the move, recomputed. */
  readonly suite: SuiteFigures;
  /** After − before; `null` where undefined. */
  readonly change: { readonly precision: number | null; readonly recall: number | null };
  /** How sure it is that the move does what it is for; result `none` when nothing is to be tested. */
  readonly evidence: GateTest;
  /** Milliseconds of one core per example that it saves; `null` when not measured, or when nobody is removed. */
  readonly savesMs: number | null;
}

/** A blind spot of the blueprint that was found, with the examples it stands on. Section 6 of the design has the letters. */
export type Finding =
  /** (a) */
  | {
      readonly kind: 'near-duplicates';
      readonly members: readonly string[];
      readonly together: number;
      readonly apart: number;
      readonly message: string;
    }
  /** (b) */
  | {
      readonly kind: 'shared false positives';
      readonly sets: readonly PositiveSet[];
      readonly shareOfFalsePositives: number;
      readonly message: string;
    }
  /** (d) */
  | {
      readonly kind: 'few unique positives';
      readonly member: string;
      readonly labelled: number;
      readonly message: string;
    }
  /** (e) */
  | {
      readonly kind: 'low band';
      readonly member: string;
      readonly band: { readonly from: number; readonly to: number };
      readonly truePositives: number;
      readonly falsePositives: number;
      readonly message: string;
    }
  /** (f) */
  | {
      readonly kind: 'threshold curve dips';
      readonly member: string;
      readonly dips: readonly ThresholdPoint[];
      readonly message: string;
    };

/** Positives that the suite misses in one slice. */
export interface MissedPositives {
  /** `null` for all examples. */
  readonly column: string | null;
  readonly value: string | null;
  readonly positiveLabels: number;
  readonly missed: number;
  /** How many of the missed come with whose threshold, down to the lowest that keeps to the policy; most first. */
  readonly withinReach: readonly { readonly member: string; readonly missed: number; readonly threshold: number }[];
  /** Missed by everybody at every threshold that keeps to the policy. */
  readonly outOfReach: number;
  /** Ids of missed examples, when the table has ids; at most as many as asked for. */
  readonly ids: readonly string[];
}

/** What {@link advise} says. */
export interface Advice {
  readonly suite: SuiteFigures;
  /** Which promise of the policy is broken, and so which moves stand first; `null` when none is. */
  readonly below: 'precision' | null;
  /** Each by itself, the best first. */
  readonly moves: readonly AdvisedMove[];
  /** One after another, each recomputed beside those before it, until nothing is left to gain. */
  readonly sequence: readonly AdvisedMove[];
  readonly findings: readonly Finding[];
  /** All examples first, then the slices with the most missed. */
  readonly missed: readonly MissedPositives[];
}
