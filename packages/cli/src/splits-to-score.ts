import { errorCode } from '@clamor/contract';
import type { SuiteMember } from '@clamor/runtime';
import { assertMayEvaluate, type EvaluationSource, type Split } from '@clamor/store';

/** Members that may be measured on a split, and the others. */
export interface SplitToScore {
  readonly split: Split;
  /** Never empty. */
  readonly members: readonly SuiteMember[];
}

/**
 * The splits that members may be measured on, without asking for figures: those with examples that are there for more than fitting, each
 * with the members that were not fitted on its examples.
 *
 * @returns In the order of the dataset; without splits that none of the members may be measured on.
 * @throws {StoreError} `STORE_ID_SET_UNKNOWN` when nobody can tell what a member was fitted on.
 */
export function splitsToScore(members: readonly SuiteMember[], { splits }: EvaluationSource): SplitToScore[] {
  return splits
    .filter(({ roles, ids }) => ids.length > 0 && roles.some((role) => role !== 'fit'))
    .map((split) => ({ split, members: members.filter((member) => mayMeasure(member, split, splits)) }))
    .filter((each) => each.members.length > 0);
}

function mayMeasure({ name, record }: SuiteMember, { ids }: Split, splits: readonly Split[]): boolean {
  if (record === null) return true;
  try {
    assertMayEvaluate({ name, fit: record.fit, outOfFold: false }, ids, splits);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EVAL_TRAINED_ON') return false;
    throw error;
  }
}
