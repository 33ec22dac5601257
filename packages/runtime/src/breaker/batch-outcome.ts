import { FAILED, type FailureReason, type ScoreColumn } from '@clamor/contract';

/** What a batch says of a member: it answered, it failed by its own doing, or nothing can be concluded. */
export type BatchOutcome = 'answered' | 'failed' | 'nothing';

// Said by the suite about itself, an encoder or the example; a member that was never asked, or was handed rubbish, did nothing wrong.
const NOT_THE_MEMBERS = /^(?:SUITE_|EXAMPLE_|ENCODER_|MEMBER_BREAKER_OPEN$)/;

/**
 * Whether a failed judgement is the member's own doing.
 *
 * | code                                                                    | the member's doing                         |
 * | ----------------------------------------------------------------------- | ------------------------------------------ |
 * | `MEMBER_THREW`, `MEMBER_FEATURES_THREW`                                 | yes: its code threw                        |
 * | `MEMBER_RESULT_INVALID`, `MEMBER_SCORE_NOT_FINITE`, `MEMBER_ABSTAINED_UNDECLARED` | yes: its answer is none          |
 * | `MEMBER_DEADLINE`                                                       | yes: it ran and did not answer in time     |
 * | `MEMBER_CRASHED`, `MEMBER_LOAD_TIMEOUT` and other `MEMBER_` codes       | yes: it ended or blocked its worker        |
 * | any other code, such as `ECONNREFUSED`                                  | yes: thrown by the member's code           |
 * | `MEMBER_BREAKER_OPEN`                                                   | no: it was not called                      |
 * | `SUITE_DEADLINE` and other `SUITE_` codes                               | no: it never got its turn                  |
 * | `ENCODER_DEADLINE`, `ENCODER_FAILED` and other `ENCODER_` codes         | no: its encoder gave it nothing            |
 * | `EXAMPLE_INVALID`, `EXAMPLE_TIMEOUT` and other `EXAMPLE_` codes         | no: nobody could read the example          |
 *
 * @example isMemberFailure('MEMBER_DEADLINE') // true
 * @example isMemberFailure('SUITE_DEADLINE') // false
 */
export function isMemberFailure(code: string): boolean {
  return !NOT_THE_MEMBERS.test(code);
}

/**
 * What a batch says of the member that was asked.
 *
 * Left out are examples that nobody could read and failures that are not the member's doing. Of the others: `answered` when it
 * scored or abstained on at least one, `failed` when it failed on every one, `nothing` when there is none. A few poisonous
 * examples in a batch are therefore no reason to stop calling it.
 *
 * @param column - Shape [n]; n may be 0.
 * @param unreadable - Indices of the examples that nobody could read.
 * @example batchOutcome(failedColumn(2, { code: 'MEMBER_THREW', message: 'no' }), new Map()) // 'failed'
 */
export function batchOutcome(column: ScoreColumn, unreadable: ReadonlyMap<number, FailureReason>): BatchOutcome {
  let outcome: BatchOutcome = 'nothing';
  for (const [i, status] of column.status.entries()) {
    if (unreadable.has(i)) continue;
    if (status !== FAILED) return 'answered';
    // A failure without a reason is the column's defect, and the column is the member's.
    if (isMemberFailure(column.reasons.get(i)?.code ?? 'MEMBER_RESULT_INVALID')) outcome = 'failed';
  }
  return outcome;
}
