import type { FailureReason } from '@clamor/contract';
import type { MemberProblem, WorkerEncoder } from '../execution/worker-protocol.ts';

/** What an encoding process is asked, one at a time: first to load, then for rows. */
export type EncodeRequest =
  | { readonly kind: 'load'; readonly encoder: WorkerEncoder }
  | {
      readonly kind: 'encode';
      readonly texts: readonly string[];
      /** Epoch milliseconds. */ readonly deadline: number;
    };

/** What it answers. */
export type EncodeAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'problem'; readonly problem: MemberProblem }
  | {
      readonly kind: 'rows';
      /** Shape [n, width]; of a text with a reason zeros. */
      readonly rows: Float32Array;
      readonly reasons: readonly (readonly [index: number, reason: FailureReason])[];
    };

/**
 * What came from an encoding process, when it is one of its answers: the encoder runs in that process and may send what it likes.
 *
 * @param length - Numbers that were asked for.
 * @returns `null` for anything else.
 */
export function readAnswer(sent: unknown, length: number): EncodeAnswer | null {
  const answer = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<EncodeAnswer & { kind: 'rows' }>;
  if (answer.kind !== 'rows') {
    const isOther = ['ready', 'problem'].includes(String(answer.kind));
    return isOther ? (sent as EncodeAnswer) : null;
  }
  const isWhole = answer.rows instanceof Float32Array && answer.rows.length === length && Array.isArray(answer.reasons);
  return isWhole ? (sent as EncodeAnswer) : null;
}
