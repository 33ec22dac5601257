import type { Interval } from '@clamor/evaluation';

/** What stands open, what came in, and how long it took: the queue of a suite. */
export interface QueueReport {
  readonly kind: 'queue';
  /** Name of the suite. */
  readonly suite: string;
  readonly result: QueueAnswer;
}

/** What {@link QueueReport} tells, from git, the log of evidence and the state. Times are ISO 8601 in UTC, spans milliseconds. */
export interface QueueAnswer {
  /** When it was looked at. */
  readonly at: string;
  /** What was before it is left out; `null`: nothing is. */
  readonly since: string | null;
  readonly base: { readonly name: string; readonly commit: string };
  /** Open ones: the ready first, then the oldest. */
  readonly candidates: readonly QueueCandidate[];
  /** Members on the base, by name. */
  readonly members: readonly QueueMember[];
  /** One per split and dataset that was opened. */
  readonly trends: readonly FigureTrend[];
  /** Candidates that came in, the newest first. */
  readonly landed: readonly LandedCandidate[];
  /** One per step, in the order of a candidate's life. */
  readonly leadTimes: readonly LeadTime[];
  readonly concurrency: Concurrency;
  /** What a reader needs to know beside it: what is missing, and why. */
  readonly notes: readonly string[];
  /** What could not be read, each by its place; the rest is told. */
  readonly faults: readonly string[];
}

/** What a branch does to a member. `other files`: nothing that its judgements depend on. */
export type CandidateChange = 'added' | 'changed' | 'removed' | 'other files';

/** One member on one branch that is not merged. */
export interface QueueCandidate {
  readonly branch: string;
  /** Other names of the same branch, of remotes for example. */
  readonly aliases: readonly string[];
  readonly commit: string;
  /** Short name of the member. */
  readonly member: string;
  readonly package: string;
  readonly change: CandidateChange;
  /** From the marker; `null` where it cannot be read. */
  readonly owner: string | null;
  /** Who wrote the last commit. */
  readonly author: string;
  /** First line of the last commit. */
  readonly subject: string;
  /** Its first commit was written. */
  readonly openedAt: string;
  readonly lastCommitAt: string;
  /** Commits that the base has not. */
  readonly ahead: number;
  /** Commits that only the base has; `null` in a shallow clone. */
  readonly behind: number | null;
  /** Empty: ready to be merged. */
  readonly blocks: readonly QueueBlock[];
  /** What does not stop it, and somebody should know. */
  readonly notes: readonly string[];
}

/** What can stand between a candidate and the base. */
export type BlockKind =
  | 'broken'
  | 'artifact'
  | 'untrained'
  | 'not gated'
  | 'gate stale'
  | 'gate fail'
  | 'gate inconclusive'
  | 'gate no effect'
  | 'private'
  | 'changeset missing'
  | 'changeset less'
  | 'conflict';

/** One thing that stands between a candidate and the base. */
export interface QueueBlock {
  readonly kind: BlockKind;
  /** A sentence for people. */
  readonly reason: string;
  /** The command to run next, safe to copy; `null` where no command helps. */
  readonly next: string | null;
}

/** Where a member of the base stands. */
export interface QueueMember {
  readonly member: string;
  readonly package: string;
  readonly version: string;
  readonly owner: string;
  /** `released` alone where the state does not say whether it counts. */
  readonly stage: 'private' | 'unreleased' | 'shadow' | 'off' | 'active';
  /** Changesets on the base that name it: the next release. */
  readonly waiting: number;
  /** How that is known. */
  readonly reason: string;
}

/** A split that was opened, once per suite version. */
export interface FigureTrend {
  readonly dataset: string;
  readonly split: string;
  /** In the order in which they were opened. */
  readonly openings: readonly TrendPoint[];
}

/** The suite's figures at one opening. */
export interface TrendPoint {
  readonly suiteVersion: string;
  readonly at: string;
  readonly examples: number | null;
  readonly precision: number | null;
  /** Wilson 95 %; `null` where the log has no counts. */
  readonly precisionInterval: Interval | null;
  readonly recall: number | null;
  readonly recallInterval: Interval | null;
  /** Against the opening before; `null` for the first, and where the two are not over the same examples. */
  readonly precisionChange: number | null;
  readonly recallChange: number | null;
  /** Why it is not compared with the one before; `null` where it is, and for the first. */
  readonly notComparable: string | null;
  /** Members that came or changed on the base since the opening before: `+words`, `~urls`, `−old`; `null` where it is not known. */
  readonly changes: readonly string[] | null;
}

/** A candidate that was merged, with the days of its life. A time that is not known is `null`, and `unknown` says why. */
export interface LandedCandidate {
  readonly member: string;
  readonly package: string;
  readonly change: 'added' | 'changed';
  readonly owner: string | null;
  /** Whether its branch came by a merge; otherwise by squash, rebase or a commit on the base, which lose the branch. */
  readonly isBranchKnown: boolean;
  /** First commit of its branch was written; without its branch, the commit that brought it. */
  readonly beganAt: string | null;
  /** It had passed the gate, and nothing was committed after. */
  readonly readyAt: string | null;
  readonly mergedAt: string;
  /** A tag of its package is on it. */
  readonly releasedAt: string | null;
  /** It began to count. */
  readonly activeAt: string | null;
  /** One sentence for each `null` above that needs a reason. */
  readonly unknown: readonly string[];
}

/** How long a step took for those of which it is known. */
export interface LeadTime {
  readonly step: 'branch to merge' | 'ready to merge' | 'merge to release' | 'release to active' | 'branch to active';
  readonly count: number;
  /** `null` below three. */
  readonly medianMs: number | null;
  readonly shortestMs: number | null;
  readonly longestMs: number | null;
}

/** How many candidates were open at the same time. */
export interface Concurrency {
  /** From each time on, so many were open; in the order of time. */
  readonly steps: readonly { readonly at: string; readonly open: number }[];
  readonly most: number;
  /** Weighted by time; `null` when no time has gone by. */
  readonly mean: number | null;
  readonly now: number;
}
