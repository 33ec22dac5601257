// Question: whose threshold could go down, and what would the suite find by it?
// Source: advice/reach.ts.
import type { AdvisedMove, Move } from './advice.ts';
import { advisedMove, changeClause, trueOf } from './advised-move.ts';
import { type AdviceState, resultOf } from './advice-state.ts';
import type { MemberSweep } from '../thresholds/member-sweep.ts';
import { reachedStep } from './reach.ts';
import { shownScore } from '../thresholds/shown-score.ts';
import { thresholdOf } from '../thresholds/sweep-point.ts';

/** The thresholds that could be lowered within the policy, each by itself; none while they are frozen. */
export function recallMoves(state: AdviceState): AdvisedMove[] {
  if (state.options.thresholds === 'frozen') return [];
  return state.sweeps.flatMap((sweep) => {
    const step = reachedStep(sweep, state.options.policy);
    return step === null ? [] : [lowering(state, sweep, thresholdOf(sweep, step))];
  });
}

function lowering(state: AdviceState, { member }: MemberSweep, to: number): AdvisedMove {
  const move: Move = { kind: 'threshold', member: member.name, from: Math.fround(member.threshold), to };
  const result = resultOf(state, move);
  const message = `Of what "${member.name}" alone would call positive just below its threshold, ${trueOf(result.gained.counts)} are true. With the threshold lowered to ${shownScore(to)}: ${changeClause(state, result)}.`;
  return advisedMove(state, { move, reason: 'within reach', aim: 'recall', message, result });
}
