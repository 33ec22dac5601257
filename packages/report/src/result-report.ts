import type { Policy } from '@clamor/contract';
import type {
  Advice,
  ChangeOutcome,
  GateOutcome,
  JointOutcome,
  LabelPlan,
  StratifiedFigure,
  TunedThreshold,
  UnionProposal,
} from '@clamor/evaluation';

import type { CompareAnswer } from './compare-answer.ts';
import type { ReportRole } from './report.ts';

/** How precisely figures may be told; see {@link ReportContext.precision}. */
export type ReportPrecision = 'exact' | 'rounded';

/** What an answer belongs to: without it a figure means nothing. */
export interface ReportContext {
  /** Name of the suite. */
  readonly suite: string;
  readonly suiteVersion: string;
  /** Name and version of the dataset, for example `spam@1`. */
  readonly dataset: string;
  readonly split: string;
  /** Empty when the split has no declared role, as for a table from elsewhere. */
  readonly roles: readonly ReportRole[];
  /**
   * `rounded` tells the outcome, whole percents, intervals widened to whole percents and probabilities to one digit, and
   * no counts: in every renderer, JSON included. Default: `rounded` on a split with the role gate and not explore, where
   * `exact` is refused; `exact` elsewhere.
   */
  readonly precision?: ReportPrecision;
  /** How often this evidence has been asked, this time included; absent where nobody counts. */
  readonly evidence?: EvidenceCount;
  /** What the suite promises, as far as it is known: floors are drawn beside the figures. */
  readonly policy?: Partial<Pick<Policy, 'precisionFloor' | 'uniquePrecisionFloor' | 'lossBudget'>>;
  /** Short warnings that go with every figure, for example `threshold in sample`. */
  readonly marks?: readonly string[];
  /** Sentences that a reader needs beside the figures: how a cost was measured, for example. */
  readonly notes?: readonly string[];
}

/** How often a split has answered. */
export interface EvidenceCount {
  readonly queries: number;
  /** What so many looks do to the answers; grows with them, `null` where there is nothing to warn of. */
  readonly warning: string | null;
}

/** May this candidate join? */
export interface GateReport {
  readonly kind: 'gate';
  readonly context: ReportContext;
  readonly result: GateOutcome;
}

/** May this version of a member replace that one? */
export interface ChangeReport {
  readonly kind: 'change';
  readonly context: ReportContext;
  /** What it is compared with: a git reference, a folder, a file. */
  readonly against: string;
  readonly result: ChangeOutcome;
}

/** Can these open candidates all be merged, and in which order? */
export interface JointReport {
  readonly kind: 'joint';
  readonly context: ReportContext;
  readonly result: JointOutcome;
}

/** Which member should go or be improved? */
export interface AdviceReport {
  readonly kind: 'advice';
  readonly context: ReportContext;
  readonly result: Advice;
}

/** Where should a member's threshold be? */
export interface TuneReport {
  readonly kind: 'tune';
  readonly context: ReportContext;
  readonly result: TunedThreshold;
}

/** Where could all thresholds be? */
export interface UnionReport {
  readonly kind: 'union';
  readonly context: ReportContext;
  readonly result: UnionProposal;
}

/** What to label next; when the labels are in, what they say. */
export interface LabelReport {
  readonly kind: 'label';
  readonly context: ReportContext;
  readonly result: LabelAnswer;
}

/** What changes with this version of a package, and which bump follows? */
export interface CompareReport {
  readonly kind: 'compare';
  readonly context: ReportContext;
  /** What it is compared with, as it was named: `npm:1.2.0`, `git:main`, a folder. */
  readonly against: string;
  readonly result: CompareAnswer;
}

/** A plan with what only its caller knows. */
export interface LabelAnswer extends LabelPlan {
  /** Keys of the chosen examples, in their order; only where the examples may be read, otherwise empty. */
  readonly keys: readonly string[];
  /** The figures of the plan from the labels that came in, as `stratifiedFigures` gives them; `null` before. */
  readonly estimates: readonly StratifiedFigure[] | null;
}

/** An answer to a question about a suite. */
export type ResultReport =
  GateReport | ChangeReport | JointReport | AdviceReport | TuneReport | UnionReport | LabelReport | CompareReport;
