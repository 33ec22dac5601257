import type { Culprit } from './culprit.ts';
import type { ProgressReading } from './progress-cell.ts';
import type { MemberLoad, MemberProblem, ScoreResult, ScoreTask } from './worker-protocol.ts';

/** A worker that was lost with its task: what it was doing last, and why it was lost. */
export interface Loss {
  readonly during: ProgressReading;
  /** `deadline`: it did not move on in time and was stopped. `crash`: it ended by itself. */
  readonly cause: 'deadline' | 'crash';
  readonly message: string;
  /** The member or encoder that did it; `null` when it was none, or nobody knows. */
  readonly guilty: Culprit | null;
  /** The example that was being parsed, by its index in the task; `null` when it was none, or nobody knows. */
  readonly example: number | null;
}

/** What came of a task: its result; the loss of its worker; or a task that could not be handed over, for what its examples are. */
export type Outcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'lost'; readonly loss: Loss }
  | { readonly kind: 'refused'; readonly error: unknown };

/** A task that runs: what it does, and a way to say that nobody waits for it any more. */
export interface RunningTask {
  read(): ProgressReading;
  giveUp(): void;
}

/** A batch for a {@link Workplace}. */
export interface ScoreOrder extends ScoreTask {
  /** Milliseconds that the suite may take to parse one example. */
  readonly parseDeadlineMs: number;
  /** Milliseconds from handing over the task to its first sign of life. */
  readonly beginMs: number;
  /** Whether it makes good what a lost worker left: then it goes first, and may take the spare worker. */
  readonly urgent: boolean;
  /** Aborted when nobody waits any more. */
  readonly over: AbortSignal;
  /** Called with columns as they get done; those are not in the result again. */
  onPart(part: ScoreResult): void;
  /** Called when the task leaves the queue and begins. */
  onBegin(task: RunningTask): void;
}

/** Where members run: threads that they share, processes of their own, or the main thread. */
export interface Workplace {
  /**
   * Imports, loads and tries members.
   *
   * @throws {RuntimeError} `SUITE_LOAD_FAILED`
   */
  load(members: readonly number[]): Promise<readonly MemberLoad[]>;
  /** Why a member cannot be called any more, though it came up once; `null` when it can. */
  problemOf(member: number): MemberProblem | null;
  /** Scores a batch; `null` when it was over before it began. Never rejects for what a member does. */
  score(order: ScoreOrder): Promise<Outcome<ScoreResult> | null>;
  /** Closes members, then ends whatever runs; when it settles nothing is left. */
  close(timeoutMs: number): Promise<void>;
}
