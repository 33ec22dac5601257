// Question: what should the owners of a suite do next, and what would come of it?
// Source: the blueprint (more recall: add what is no less precise; more precision: remove or improve the lowest unique precision),
// with every move recomputed by applying it.
import { type AdviceState, adviceState } from './advice-state.ts';
import type { Advice, AdvisedMove } from './advice.ts';
import { type AdviseOptions, checkAdviseOptions } from './advice-policy.ts';
import { applyMove } from './apply-move.ts';
import { checkDescriptions } from './check-descriptions.ts';
import { costMoves } from './cost-moves.ts';
import { findings } from './findings.ts';
import { missedPositives } from './missed-positives.ts';
import { type LowBand, lowBands, precisionMoves } from './precision-moves.ts';
import { recallMoves } from './recall-moves.ts';
import type { ScoredTable } from '../table/scored-table.ts';

const MAX_STEPS = 6;

/**
 * Advice to the owners of a suite: ranked moves, each with the suite that it would give, what the figures hide, and where
 * positives are missed.
 *
 * While the suite's precision is below the policy's floor, moves for precision stand first, by what they gain and then by the
 * recall that they cost. Otherwise moves for recall stand first, by what they gain, then those for precision, then those for
 * cost. Every move is worked out by itself, everything else frozen; `sequence` applies the first, recomputes everything, and
 * goes on: for precision until the floor is reached, then for recall, then what saves measured cost without costing either.
 *
 * Bands and thresholds are chosen on the very examples that they are judged on, so they look better than they are: a move is a
 * proposal, and the gate decides about it on examples that advice has not seen. Nothing is written anywhere. No member counts
 * as required.
 *
 * @param table - Active members only. Thresholds and scores out of fold where they can be; ids only where examples may be read.
 * @param options - `policy`: the suite's.
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw; `EVAL_GATE_INVALID`, `EVAL_MEMBER_UNKNOWN`,
 * `EVAL_COUNT_INVALID`, `EVAL_LENGTH_MISMATCH`, `EVAL_SLICE_DUPLICATE`, `EVAL_SLICE_TOO_MANY`.
 * @example
 * const labels = Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 0));
 * const members = [
 *   { name: 'good', threshold: 0.5, column: column(labels, (label) => label) },
 *   { name: 'drifted', threshold: 0.5, column: column(labels, (_, i) => (i >= 20 && i < 30 ? 1 : 0)) },
 * ];
 * const policy = {
 *   precisionFloor: 0.9,
 *   uniquePrecisionFloor: 0.9,
 *   lossBudget: 0.01,
 *   harmConfidence: 0.9,
 *   meritConfidence: 0.8,
 * };
 * advise({ labels, members }, { policy }).moves[0]?.move // { kind: 'remove', member: 'drifted' }
 */
export function advise(table: ScoredTable, options: AdviseOptions): Advice {
  checkAdviseOptions(table, options);
  checkDescriptions(table);
  const state = adviceState(table, options);
  const bands = lowBands(state);
  const moves = rankedMoves(state, bands);
  return {
    suite: state.evaluation.suite,
    below: isBelow(state) ? 'precision' : null,
    moves,
    sequence: sequenceFrom(state, moves),
    findings: findings(state, bands),
    missed: missedPositives(state),
  };
}

function isBelow({ evaluation, options }: AdviceState): boolean {
  const { precision } = evaluation.suite;
  return precision !== null && precision < options.policy.precisionFloor;
}

function rankedMoves(state: AdviceState, bands: readonly LowBand[]): AdvisedMove[] {
  const precision = precisionMoves(state, bands).toSorted(
    (a, b) => b.change.precision! - a.change.precision! || recallOf(b) - recallOf(a),
  );
  const recall = recallMoves(state).toSorted((a, b) => recallOf(b) - recallOf(a));
  const cost = costMoves(state).toSorted((a, b) => (b.savesMs ?? 0) - (a.savesMs ?? 0));
  return isBelow(state) ? [...precision, ...recall, ...cost] : [...recall, ...precision, ...cost];
}

function recallOf({ change }: AdvisedMove): number {
  return change.recall ?? 0;
}

/** Applies the move that improves the suite most, and again to what that leaves. */
function sequenceFrom(start: AdviceState, moves: readonly AdvisedMove[]): AdvisedMove[] {
  const sequence: AdvisedMove[] = [];
  let [state, next] = [start, moves];
  while (sequence.length < MAX_STEPS) {
    const best = next.find((move) => isImprovement(state, move));
    if (best === undefined) break;
    sequence.push(best);
    if (sequence.length === MAX_STEPS) break;
    state = adviceState(applyMove(state.table, best.move), state.options);
    next = rankedMoves(state, lowBands(state));
  }
  return sequence;
}

/** A promise that is kept is not paid for with recall: then only what gains recall, or saves cost for nothing, goes on. */
function isImprovement(state: AdviceState, { aim, change, savesMs }: AdvisedMove): boolean {
  if (isBelow(state)) return aim === 'precision';
  if (aim === 'recall') return true;
  return aim === 'cost' && (savesMs ?? 0) > 0 && (change.precision ?? 0) >= 0 && (change.recall ?? 0) >= 0;
}
