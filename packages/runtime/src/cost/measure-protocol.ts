import type { CheckedContent } from '../execution/checked-content.ts';
import type { WorkerMember } from '../execution/worker-protocol.ts';

/** What a measuring process is to measure; without a member, what every member shares. */
export interface MeasureTask {
  readonly suite: CheckedContent & { readonly name: string };
  readonly member: WorkerMember | null;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** What a measuring process is about to do. */
export type MeasurePhase = 'start' | 'suite' | 'import' | 'engine' | 'load' | 'score' | 'samples';

/** What it found out. */
export interface MeasureResult {
  readonly suiteMs: number;
  /** Bytes of the process with the runtime and the suite, and no member. */
  readonly emptyBytes: number;
  readonly importMs: number;
  /** `null` when the member needs no engine. */
  readonly engineMs: number | null;
  /** Bytes that came with the engine. */
  readonly engineBytes: number;
  readonly loadMs: number;
  /** Of one example; `null` when the member brings no sample. */
  readonly firstScoreMs: number | null;
  /** Bytes that came with the member, without the engine. */
  readonly memberBytes: number;
}

/** Why it could not. */
export interface MeasureProblem {
  readonly code: string;
  readonly message: string;
}

/** What a measuring process sends. */
export type MeasureMessage =
  | { readonly kind: 'phase'; readonly phase: MeasurePhase }
  | { readonly kind: 'result'; readonly result: MeasureResult }
  | { readonly kind: 'problem'; readonly problem: MeasureProblem };
