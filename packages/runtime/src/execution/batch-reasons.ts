import type { FailureReason } from '@clamor/contract';
import type { MemberLosses } from './loss-ledger.ts';

// Why members, encoders and examples of a batch failed, as far as the batch itself says so.

export const NO_TURN: FailureReason = {
  code: 'SUITE_DEADLINE',
  message: 'The time for the batch was over before the member had its turn.',
};

/** @param misses - Workers that were lost before they began. */
export function noWorker(misses: number): FailureReason {
  const message = `Its worker was lost ${misses} times before the member had its turn, and nobody knows by whom.`;
  return { code: 'SUITE_DEADLINE', message };
}

export const STILL_RUNNING: FailureReason = {
  code: 'MEMBER_DEADLINE',
  message: 'The member was still running when the time for the batch was over.',
};

export const STILL_ENCODING: FailureReason = {
  code: 'ENCODER_DEADLINE',
  message: 'The encoder was still running when the time for the batch was over.',
};

export const STILL_PARSING: FailureReason = {
  code: 'EXAMPLE_TIMEOUT',
  message: 'The suite was still parsing it when the time for the batch was over.',
};

/**
 * Why a member on an encoder had no turn: its encoder cost the worker that it would have had, while that worked on another batch.
 *
 * @param before - What the encoder had cost when the batch began.
 * @param after - What it has cost now.
 * @returns `null` when it has cost nothing meanwhile.
 */
export function encoderElsewhere(before: MemberLosses, after: MemberLosses): FailureReason | null {
  const isLate = after.deadlines > before.deadlines;
  if (!isLate && after.crashes === before.crashes) return null;
  const message = `The encoder ${isLate ? 'blocked' : 'ended'} its worker on another batch, and the time for this one was over.`;
  return { code: isLate ? 'ENCODER_DEADLINE' : 'ENCODER_CRASHED', message };
}
