import type { FailureReason, MemberRecord, ScoreColumn } from '@clamor/contract';
import type { CheckedContent } from './checked-content.ts';
import type { Activity } from './progress-cell.ts';

/** What a worker needs to know of one member. */
export interface WorkerMember extends CheckedContent {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly record: MemberRecord;
}

/** What a host of members starts with. */
export interface HostSetup {
  readonly suite: CheckedContent & { readonly name: string };
  readonly members: readonly WorkerMember[];
  /** Milliseconds that one member's import, load or samples may take. */
  readonly loadDeadlineMs: number;
}

/** An example on its way into the suite. */
export interface ExampleInput {
  readonly key: string;
  /** What the suite's schema accepts. Copied to a worker, so plain data and bytes only. */
  readonly input: unknown;
}

/** A member that is asked to score a batch. */
export interface AskedMember {
  readonly member: number;
  /** Milliseconds that it may take. */
  readonly deadlineMs: number;
  /** Whether it did not answer last time: then what the others said is told before it is asked. */
  readonly isSuspect: boolean;
}

/** A batch to be scored. */
export interface ScoreTask {
  /** In the order in which they are asked. */
  readonly members: readonly AskedMember[];
  readonly examples: readonly ExampleInput[];
  /** Epoch milliseconds, when nobody waits any more. */
  readonly endsAt: number;
  /** Whether a process tells which example it parses, each of them: dear, and needed only after one was lost while parsing. */
  readonly careful: boolean;
}

/** Import, load and try members, or score examples by them, or close them all. */
export type WorkerTask =
  | {
      readonly kind: 'load';
      readonly members: readonly number[];
      /** With the first task of a thread: where it publishes its progress. */
      readonly memory?: SharedArrayBuffer;
      /** With the first task of a process, which starts with nothing. */
      readonly setup?: HostSetup;
    }
  | (ScoreTask & { readonly kind: 'score'; /** From 1 on. */ readonly id: number })
  | { readonly kind: 'close' };

/** What a worker says while it works. */
export type WorkerMessage =
  | { readonly kind: 'part'; readonly task: number; readonly part: ScoreResult }
  /** An error of a member came up where nobody waits for it, and was survived. */
  | { readonly kind: 'uncaught'; readonly member: number; readonly message: string }
  /** From a process, which shares no memory. */
  | { readonly kind: 'progress'; readonly activity: Activity; readonly index: number };

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

/** Answer to a `score` task, or a part of it. */
export interface ScoreResult {
  readonly columns: readonly MemberScores[];
  /** Index of an example that the schema refused → why. Its place in every column is `failed` with that reason. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
  /** Milliseconds to validate and parse the whole batch. */
  readonly parseTimeMs: number;
}

/** The last part of an answer that came in parts. */
export interface LastPart extends ScoreResult {
  /** Parts that were told before; they travel another way than this one, and may be overtaken by it. */
  readonly partsBefore: number;
}
