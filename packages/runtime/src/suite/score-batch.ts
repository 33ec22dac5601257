import { type FailureReason, type ScoreColumn, failedColumn } from '@clamor/contract';
import type { Fault } from '../discovery/fault.ts';
import type { ScoreRequest } from '../execution/engine.ts';
import type { ScoreResult } from '../execution/worker-protocol.ts';
import { type SuiteState, slotState } from '../state/suite-state.ts';
import type { Plan } from './plan.ts';

/** A batch that was scored by the members of a plan. */
export interface ScoredBatch {
  readonly plan: Plan;
  readonly examples: ScoreRequest['examples'];
  /** The state by which members were asked. */
  readonly askedBy: SuiteState;
  /** One per member of the plan, in its order; `null` for one that was off and not asked. */
  readonly columns: readonly (ScoreColumn | null)[];
  /** Milliseconds per example, in the order of the plan's members; 0 for one that did not run. */
  readonly timesMs: readonly number[];
  /** Index of an example that could not be read → why. */
  readonly unreadable: ScoreResult['unreadable'];
}

/**
 * Asks the members of a plan: those that are off are left out, those that have a fault fail, the others score the batch.
 *
 * Never rejects for what a member does.
 */
export async function scoreBatch(
  plan: Plan,
  state: SuiteState,
  request: Omit<ScoreRequest, 'members'>,
): Promise<ScoredBatch> {
  const length = request.examples.length;
  const asked = plan.members.map((member) => slotState(state, member.name).mode !== 'off');
  const called = plan.members.filter((member, m) => asked[m] === true && member.fault === null);
  const result = await plan.engine.score({ ...request, members: called.map((member) => member.index) });
  const scores = new Map(result.columns.map((part) => [part.member, part]));
  return {
    plan,
    examples: request.examples,
    askedBy: state,
    columns: plan.members.map((member, m) => {
      if (asked[m] !== true) return null;
      if (member.fault !== null) return failedColumn(length, faultReason(member.fault));
      return scores.get(member.index)?.column ?? failedColumn(length, NO_ANSWER);
    }),
    timesMs: plan.members.map((member) => (scores.get(member.index)?.timeMs ?? 0) / Math.max(1, length)),
    unreadable: result.unreadable,
  };
}

const NO_ANSWER: FailureReason = { code: 'MEMBER_LOAD_FAILED', message: 'The member is not loaded.' };

function faultReason({ code, found }: Fault): FailureReason {
  return { code, message: `found ${found}` };
}
