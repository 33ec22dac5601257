// Question: which members, or which parts of them, hold the suite's precision down?
// Source: the mediant: what is less precise than the rest lowers the precision of both together (gate/mediant.ts).
import type { AdvisedMove, Move } from './advice.ts';
import { advisedMove, changeClause, share, trueOf } from './advised-move.ts';
import { type AdviceState, type MoveResult, resultOf } from './advice-state.ts';
import { confidenceBelow } from './band-evidence.ts';
import type { MemberSweep } from '../thresholds/member-sweep.ts';
import { raisedStep } from './margin.ts';
import { ratio } from '../figures/ratios.ts';
import { sharedRaises } from './shared-false-positives.ts';
import { shownScore } from '../thresholds/shown-score.ts';
import { thresholdOf } from '../thresholds/sweep-point.ts';

/**
 * The moves that raise the suite's precision, each by itself.
 *
 * @param bands - Its {@link lowBands}.
 */
export function precisionMoves(state: AdviceState, bands: readonly LowBand[]): AdvisedMove[] {
  return [
    ...state.sweeps.flatMap((sweep) => removal(state, sweep)),
    ...bands.map((band) => raise(state, band)),
    ...(state.options.thresholds === 'frozen' ? [] : sharedRaises(state)),
  ].filter(({ change }) => change.precision !== null && change.precision > 0);
}

/**
 * The removal of a member whose unique precision is below the precision of the others; while the suite keeps its promise, only
 * of one that does not keep the policy's floor: what it finds is wanted then.
 */
function removal(state: AdviceState, sweep: MemberSweep): AdvisedMove[] {
  const { sums, current, others, member } = sweep;
  const unique = { truePositives: sums.uniqueTrue[current]!, falsePositives: sums.uniqueFalse[current]! };
  const isLower = unique.truePositives * others.falsePositives < others.truePositives * unique.falsePositives;
  if (!isLower) return [];
  const { precisionFloor, uniquePrecisionFloor } = state.options.policy;
  const keepsPromise = (state.evaluation.suite.precision ?? 1) >= precisionFloor;
  if (keepsPromise && precisionOf(unique)! >= uniquePrecisionFloor) return [];
  const move: Move = { kind: 'remove', member: member.name };
  const result = resultOf(state, move);
  const [own, without] = [precisionOf(unique), precisionOf(others)];
  const message = `Of what "${member.name}" alone calls positive, ${trueOf(unique)} are true: unique precision ${share(own)}, beside ${share(without)} of the others. Without it: ${changeClause(state, result)}. Remove it or improve it.`;
  return [advisedMove(state, { move, reason: 'low unique precision', aim: 'precision', message, result })];
}

/** A lowest-scoring band of a member's unique positives, with the move that parts from it. */
export interface LowBand {
  readonly move: Extract<Move, { kind: 'threshold' }>;
  readonly result: MoveResult;
  /** That the band is below the floor. */
  readonly confidence: number;
  /** Whether the member's unique precision as a whole keeps the floor, so that its average hides the band. */
  readonly isHidden: boolean;
}

/** The low bands of all members that have one; none while thresholds are frozen. */
export function lowBands(state: AdviceState): LowBand[] {
  if (state.options.thresholds === 'frozen') return [];
  return state.sweeps.flatMap((sweep) => lowBand(state, sweep) ?? []);
}

/** The band below the threshold that is best for the floor, when it is shown to be below the floor although it was chosen. */
function lowBand(state: AdviceState, sweep: MemberSweep): LowBand | null {
  const { uniquePrecisionFloor, harmConfidence } = state.options.policy;
  const step = raisedStep(sweep, uniquePrecisionFloor);
  if (step === null) return null;
  const { name, threshold } = sweep.member;
  const move = { kind: 'threshold', member: name, from: Math.fround(threshold), to: thresholdOf(sweep, step) } as const;
  const result = resultOf(state, move);
  const confidence = confidenceBelow(result.lost.effective, uniquePrecisionFloor);
  if (confidence === null || confidence < harmConfidence) return null;
  const [uniqueTrue, uniqueFalse] = [sweep.sums.uniqueTrue[sweep.current]!, sweep.sums.uniqueFalse[sweep.current]!];
  return {
    move,
    result,
    confidence,
    isHidden: (ratio(uniqueTrue, uniqueTrue + uniqueFalse) ?? 0) >= uniquePrecisionFloor,
  };
}

function raise(state: AdviceState, { move, result, isHidden, confidence }: LowBand): AdvisedMove {
  const message = `Of what "${move.member}" alone calls positive at scores from ${shownScore(move.from)} to ${shownScore(move.to)}, ${trueOf(result.lost.counts)} are true, below the floor of ${state.options.policy.uniquePrecisionFloor}. With the threshold raised to ${shownScore(move.to)}: ${changeClause(state, result)}.`;
  const reason = isHidden ? 'low band' : 'low unique precision';
  return advisedMove(state, { move, reason, aim: 'precision', message, result, confidence });
}

function precisionOf({ truePositives, falsePositives }: MoveResult['lost']['counts']): number | null {
  return ratio(truePositives, truePositives + falsePositives);
}
