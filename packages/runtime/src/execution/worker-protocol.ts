import type { EncoderRecord, FailureReason, MemberRecord, ScoreColumn } from '@clamor/contract';
import type { EncoderRun } from '../encoders/encoder-run.ts';
import type { KnownEncodings } from '../encoders/known-encodings.ts';
import type { CheckedContent } from './checked-content.ts';
import type { Culprit } from './culprit.ts';
import type { Activity } from './progress-cell.ts';

/** What a worker needs to know of one member. */
export interface WorkerMember extends CheckedContent {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly record: MemberRecord;
  /** What it reads; `null` for none. */
  readonly encoder: {
    /** Among the encoders of the setup. */
    readonly index: number;
    /** Absolute path of the file that the member itself imports it from: another copy, maybe, than the one that is loaded. */
    readonly entry: string;
  } | null;
}

/** What a worker needs to know of one encoder. */
export interface WorkerEncoder extends CheckedContent {
  readonly package: string;
  readonly version: string;
  readonly record: EncoderRecord;
  /** Rows that are known before anything is encoded; `null` for none. */
  readonly known: KnownEncodings | null;
}

/** What a host of members starts with. */
export interface HostSetup {
  readonly suite: CheckedContent & { readonly name: string };
  readonly members: readonly WorkerMember[];
  readonly encoders: readonly WorkerEncoder[];
  /** Bytes that the cache of encoded texts may take in each place where members run. */
  readonly encoderCacheBytes: number;
  /** Whether rows that were encoded anew are given back with the scores. */
  readonly givesEncodings: boolean;
  /** Milliseconds that the import, load or samples of one member or encoder may take. */
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
  /** Milliseconds that an encoder may take for all texts of the batch. */
  readonly encoderDeadlineMs: number;
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
  /** An error of a member or encoder came up where nobody waits for it, and was survived. */
  | { readonly kind: 'uncaught'; readonly culprit: Culprit; readonly message: string }
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
  /** What encoders did for it; not there when none was needed. */
  readonly encoders?: readonly EncoderRun[];
}

/** The last part of an answer that came in parts. */
export interface LastPart extends ScoreResult {
  /** Parts that were told before; they travel another way than this one, and may be overtaken by it. */
  readonly partsBefore: number;
}
