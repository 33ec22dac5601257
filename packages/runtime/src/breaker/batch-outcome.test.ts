import { ABSTAINED, FAILED, type FailureReason, SCORED, type ScoreColumn, failedColumn } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { RUNTIME_ERRORS } from '../errors.ts';
import { type BatchOutcome, batchOutcome, isMemberFailure } from './batch-outcome.ts';

/** One entry per example: `scored`, `abstained`, or the code it failed with. */
function columnOf(...said: string[]): ScoreColumn {
  const codes = said.map((one) => (one === 'scored' || one === 'abstained' ? null : { code: one, message: '' }));
  return {
    scores: Float32Array.from(said, (one) => (one === 'scored' ? 1 : Number.NaN)),
    status: Uint8Array.from(said, (one) => (one === 'scored' ? SCORED : one === 'abstained' ? ABSTAINED : FAILED)),
    reasons: new Map([...codes.entries()].filter((entry): entry is [number, FailureReason] => entry[1] !== null)),
  };
}

const INVALID: FailureReason = { code: 'EXAMPLE_INVALID', message: '' };

const TABLE: [what: string, said: string[], unreadable: number[], outcome: BatchOutcome][] = [
  ['an empty batch', [], [], 'nothing'],
  ['scores', ['scored', 'scored'], [], 'answered'],
  ['an abstention', ['abstained'], [], 'answered'],
  ['one poisonous example among others', ['scored', 'MEMBER_THREW'], [], 'answered'],
  ['an abstention among failures', ['MEMBER_THREW', 'abstained'], [], 'answered'],
  ['throws only', ['MEMBER_THREW', 'MEMBER_THREW'], [], 'failed'],
  ['failures of several kinds', ['MEMBER_SCORE_NOT_FINITE', 'ECONNREFUSED'], [], 'failed'],
  ['failures beside an unreadable example', ['EXAMPLE_INVALID', 'MEMBER_DEADLINE'], [0], 'failed'],
  ['unreadable examples only', ['EXAMPLE_INVALID'], [0], 'nothing'],
  ['an example that was read by nobody, scored all the same', ['scored', 'MEMBER_THREW'], [0], 'failed'],
  ['no turn', ['SUITE_DEADLINE', 'SUITE_DEADLINE'], [], 'nothing'],
  ['failures, then no turn', ['MEMBER_THREW', 'SUITE_DEADLINE'], [], 'failed'],
  ['an open breaker', ['MEMBER_BREAKER_OPEN'], [], 'nothing'],
];

describe('batchOutcome', () => {
  it.each(TABLE)('takes %s %j for %j → %s', (_, said, unreadable, outcome) => {
    expect(batchOutcome(columnOf(...said), new Map(unreadable.map((i) => [i, INVALID])))).toBe(outcome);
  });

  it('takes failures without a reason for the member’s', () => {
    expect(batchOutcome({ ...failedColumn(1, INVALID), reasons: new Map() }, new Map())).toBe('failed');
  });
});

describe('isMemberFailure', () => {
  it.each(Object.keys(RUNTIME_ERRORS).filter((code) => code.startsWith('MEMBER_')))('counts %s', (code) => {
    expect(isMemberFailure(code)).toBe(code !== 'MEMBER_BREAKER_OPEN');
  });

  it.each(['ECONNREFUSED', 'MY_CODE', '', 'A_SUITE_DEADLINE'])('counts %j, a code of the member’s own', (code) => {
    expect(isMemberFailure(code)).toBe(true);
  });

  it.each(['SUITE_DEADLINE', 'SUITE_CLOSED', 'EXAMPLE_INVALID', 'EXAMPLE_TIMEOUT'])('never counts %s', (code) => {
    expect(isMemberFailure(code)).toBe(false);
  });
});
