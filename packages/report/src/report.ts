import type { PackageKind, Policy } from '@clamor/contract';
import type {
  Advice,
  BaselineFigures,
  Evaluation,
  NotEstimable,
  PositiveSet,
  PrecisionAtRates,
  PrecisionRecallCurve,
  SliceReport,
  ThresholdCurve,
} from '@clamor/evaluation';

import type { QueueReport } from './queue-answer.ts';
import type { ReportPrecision, ResultReport } from './result-report.ts';

/** Whatever a renderer takes: the figures of a suite, the answer to one question about it, or what stands open. */
export type Report = SuiteReport | ResultReport | QueueReport;

/** The figures of a suite on one or more splits, stamped with what they belong to. */
export interface SuiteReport {
  readonly kind: 'suite';
  /** Name of the suite, for example `spam`. */
  readonly suite: string;
  /** Hash over code, artifacts, thresholds, encoders and policy; figures that depend on neighbours belong to it. */
  readonly suiteVersion: string;
  /** Hash over modes, rollouts and overrides; absent when the judgements came from elsewhere. */
  readonly stateVersion?: string;
  /** What the suite promises; its floors are drawn beside the figures. */
  readonly policy?: Policy;
  /** Every package that discovery looked at, loaded or not. Empty when the judgements came from a table. */
  readonly packages: readonly ReportPackage[];
  /** One per split, in the order in which they are shown; at least one. */
  readonly sections: readonly ReportSection[];
}

/** A package as discovery found it. */
export interface ReportPackage {
  readonly name: string;
  readonly version: string;
  readonly kind: PackageKind;
  readonly owner: string;
  readonly status: 'loaded' | 'excluded' | 'failed';
  /** Why it is excluded or failed. */
  readonly reason?: string;
}

/** What a split may be used for. Only `explore` allows examples to be read. */
export type ReportRole = 'fit' | 'explore' | 'gate' | 'test';

/** The figures of the suite on one split. */
export interface ReportSection {
  /** Name of the split, or of the table that was measured. */
  readonly split: string;
  /** Empty when the split has no declared role, as for a table from elsewhere. */
  readonly roles: readonly ReportRole[];
  /** Name and version of the dataset, for example `spam@1`. */
  readonly dataset: string;
  /** One sentence: what the examples of the split are. */
  readonly description?: string;
  /** Which fit made the scores, for example `release fit` or `fit on earlier mail`. */
  readonly fit?: string;
  /** Short warnings that go with every figure of the section, for example `threshold in sample`. */
  readonly marks: readonly string[];
  /** Sentences that a reader needs beside the figures. */
  readonly notes: readonly string[];
  /** Examples that could not be read: judged undetermined, left out of every figure, never silent. */
  readonly unreadable: number;
  readonly evaluation: Evaluation;
  /** Kind `baseline`: measured beside the suite, never counted in it. */
  readonly baselines: readonly BaselineFigures[];
  /** Groups of examples by the set of members that are positive on them, in falling order of count. */
  readonly positiveSets: readonly PositiveSet[];
  /** Only on a split with the role `explore`; anything else is refused. */
  readonly uniqueExamples?: readonly UniqueExamples[];
  /**
   * `rounded` withholds counts and rounds the rest, as in a {@link ReportContext}; the default, and the only thing
   * possible, on a split whose one use is to gate. A split that is opened at a release has the role test beside it.
   */
  readonly precision?: ReportPrecision;
  /** Figures that the labels cannot estimate: the reason is printed instead of each. */
  readonly notEstimable?: readonly NotEstimable[];
  readonly curves?: SectionCurves;
  /** The worst first. */
  readonly slices?: SliceReport;
  readonly advice?: Advice;
  /** Precisions where positives are rarer than here. */
  readonly precisionAtRates?: PrecisionAtRates;
}

/** What happens to the suite while thresholds move. */
export interface SectionCurves {
  /** Of the suite (member `null`) and of its members. */
  readonly precisionRecall: readonly PrecisionRecallCurve[];
  /** Per member, the suite over its threshold with the others frozen. */
  readonly thresholds: readonly MemberCurve[];
}

/** A curve with the place on it where the member is now. */
export interface MemberCurve {
  readonly curve: ThresholdCurve;
  readonly threshold: number;
}

/** Examples on which one member alone is positive, for a person to read. */
export interface UniqueExamples {
  /** Short name of the member (`words`). */
  readonly member: string;
  readonly items: readonly UniqueExample[];
}

/** One example to read. Its text is hostile input: every renderer bounds and escapes it. */
export interface UniqueExample {
  /** The subject of a mail, for example. Any string at all. */
  readonly title: string;
  readonly score: number;
  readonly threshold: number;
  readonly label: 0 | 1 | null;
  /** Id of the example in the dataset. */
  readonly key: string;
}
