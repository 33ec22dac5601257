import type { FailureReason, MemberRecord, ScoreColumn } from '@clamor/contract';

/** What a worker needs to know of one member. */
export interface WorkerMember {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly dir: string;
  readonly entry: string;
  readonly record: MemberRecord;
  /** Of the files that were checked, see `contentHashes`; a worker loads those or none. */
  readonly contentHash: string;
}

/** What every worker of a suite starts with. */
export interface WorkerSetup {
  readonly suite: { readonly name: string; readonly entry: string };
  readonly members: readonly WorkerMember[];
  /** Milliseconds that one member's import, load or samples may take. */
  readonly loadDeadlineMs: number;
  /** See `progress-cell.ts`. */
  readonly cells: SharedArrayBuffer;
}

/** An example on its way into the suite. */
export interface ExampleInput {
  readonly key: string;
  /** What the suite's schema accepts. Copied to a worker, so plain data and bytes only. */
  readonly input: unknown;
}

/** Import, load and try the given members, or score the given examples by them, or close them all. */
export type WorkerTask =
  | { readonly kind: 'load'; readonly cell: number; readonly members: readonly number[] }
  | {
      readonly kind: 'score';
      readonly cell: number;
      readonly members: readonly number[];
      readonly examples: readonly ExampleInput[];
      readonly deadlineMs: number;
    }
  | { readonly kind: 'close' };

/** What is wrong with a member as its worker saw it. */
export interface MemberProblem {
  readonly code: string;
  readonly found: string;
  readonly wanted: string;
  readonly todo: string;
}

/** How the loading of one member went. */
export interface MemberLoad {
  readonly member: number;
  readonly problem: MemberProblem | null;
  /** Milliseconds per sample; what scheduling starts from. `null` when it has a problem or no samples. */
  readonly costMs: number | null;
}

/** Answer to a `load` task. */
export interface LoadResult {
  /** The suite's own code cannot be used: nothing else matters. */
  readonly suiteProblem: string | null;
  readonly loads: readonly MemberLoad[];
}

/** One member's part of a `score` answer. */
export interface MemberScores {
  readonly member: number;
  readonly column: ScoreColumn;
  /** Milliseconds for the whole batch. */
  readonly timeMs: number;
}

/** Answer to a `score` task. */
export interface ScoreResult {
  readonly columns: readonly MemberScores[];
  /** Index of an example that the schema refused → why. Its place in every column is `failed` with that reason. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
  /** Milliseconds to validate and parse the whole batch. */
  readonly parseTimeMs: number;
}
