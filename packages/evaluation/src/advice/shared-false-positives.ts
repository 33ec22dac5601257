// Question: where are the false positives that no unique precision shows, and what would part from them?
// Source: blind spot of the blueprint: an example on which two or more are positive is in nobody's unique set. For a move, the
// members of a set are swept as one, at their highest normalised score (thresholds/normalised-scores.ts).
import { SCORED, type ScoreColumn } from '@clamor/contract';
import type { AdvisedMove, MemberMove, Move } from './advice.ts';
import { advisedMove, changeClause, trueOf } from './advised-move.ts';
import { type AdviceState, resultOf } from './advice-state.ts';
import { confidenceBelow } from './band-evidence.ts';
import { memberNormalisedScores } from '../thresholds/normalised-scores.ts';
import { type MemberSweep, stepsAbove, sweepContext, sweepMember } from '../thresholds/member-sweep.ts';
import { type PositiveSet, positiveSets } from '../figures/positive-sets.ts';
import { raisedStep } from './margin.ts';
import { ratio } from '../figures/ratios.ts';
import { shownScore } from '../thresholds/shown-score.ts';
import { sizeOfBoth } from '../table/bit-column.ts';
import { firstStep, thresholdOf } from '../thresholds/sweep-point.ts';

/** Sets that are told, and sets that moves are looked for in. */
const SETS_TOLD = 5;
const SETS_MOVED = 3;

/** The false positives on which two or more members are positive. */
export interface SharedFalsePositives {
  /** Their share of all false positives; `null` when there are none. */
  readonly share: number | null;
  /** Sets of two or more members with false positives, those with the most first. */
  readonly sets: readonly PositiveSet[];
}

/** Where the shared false positives are. */
export function sharedFalsePositives({ context, evaluation }: AdviceState): SharedFalsePositives {
  const { table, twoOrMore } = context.positives;
  const shared = sizeOfBoth(twoOrMore, table.labelledNegative, table.weights).weight;
  const sets = positiveSets(table)
    .filter(({ members, falsePositives }) => members.length > 1 && falsePositives > 0)
    .toSorted((a, b) => b.falsePositives - a.falsePositives)
    .slice(0, SETS_TOLD);
  return { share: ratio(shared, evaluation.suite.falsePositives), sets };
}

/** Where most false positives are shared: the thresholds of the sets that hold the most, raised together. */
export function sharedRaises(state: AdviceState): AdvisedMove[] {
  const { share, sets } = sharedFalsePositives(state);
  if (share === null || share < 0.5) return [];
  return sets.slice(0, SETS_MOVED).flatMap((set) => raiseTogether(state, set));
}

function raiseTogether(state: AdviceState, set: PositiveSet): AdvisedMove[] {
  const moves = commonRaise(state, set.members);
  if (moves.length === 0) return [];
  const move: Move = moves.length === 1 ? moves[0]! : { kind: 'together', moves };
  const result = resultOf(state, move);
  const { precisionFloor, harmConfidence } = state.options.policy;
  const confidence = confidenceBelow(result.lost.effective, precisionFloor);
  if (confidence === null || confidence < harmConfidence) return [];
  const raised = moves.map(({ member, to }) => `"${member}" to ${shownScore(to)}`).join(' and ');
  const message = `${trueOf(set)} positives that ${namesOf(set.members)} share, and nobody else, are true. With the threshold of ${raised}, ${trueOf(result.lost.counts)} of the verdicts that go are true: ${changeClause(state, result)}.`;
  return [
    advisedMove(state, { move, reason: 'shared false positives', aim: 'precision', message, result, confidence }),
  ];
}

/** The members of a set raised by the same factor of what they let in, as far as it is good for the suite's floor. */
function commonRaise(state: AdviceState, names: readonly string[]): Extract<MemberMove, { kind: 'threshold' }>[] {
  const { table, context } = state;
  const { weights, examples } = context.positives.table;
  const raised = table.members.filter(({ name }) => names.includes(name));
  const others = table.members.filter(({ name }) => !names.includes(name));
  const normalised = new Map(
    raised.map((member) => [member.name, Float32Array.from(memberNormalisedScores(member, weights))]),
  );
  const joint = {
    name: JSON.stringify(names),
    threshold: 0,
    column: jointColumn(
      raised.map((member) => ({ scores: normalised.get(member.name)!, column: member.column })),
      examples,
    ),
  };
  const sweep = sweepMember(sweepContext({ ...table, members: [...others, joint] }), joint.name);
  const step = raisedStep(sweep, state.options.policy.precisionFloor);
  if (step === null) return [];
  const cut = thresholdOf(sweep, step);
  return raised.flatMap(({ name, column, threshold }) => {
    const own = state.sweeps.find(({ member }) => member.name === name)!;
    const ownStep = stepAtCut(own, { scores: column.scores, normalised: normalised.get(name)!, cut });
    if (ownStep === null || ownStep === own.current) return [];
    return [{ kind: 'threshold', member: name, from: Math.fround(threshold), to: thresholdOf(own, ownStep) } as const];
  });
}

/** The highest normalised score of several members, as the column of one. */
function jointColumn(
  members: readonly { readonly scores: Float32Array; readonly column: ScoreColumn }[],
  examples: number,
): ScoreColumn {
  const scores = new Float32Array(examples).fill(Number.NaN);
  const status = new Uint8Array(examples);
  for (let i = 0; i < examples; i++) {
    const scored = members.filter(({ column }) => column.status[i] === SCORED);
    if (scored.length > 0) scores[i] = Math.max(...scored.map((member) => member.scores[i]!));
    else status[i] = Math.max(...members.map(({ column }) => column.status[i]!));
  }
  return { scores, status, reasons: new Map() };
}

/** The step of a member whose positives are those at the cut of the common scale; `null` when no threshold can be set there. */
function stepAtCut(
  sweep: MemberSweep,
  {
    scores,
    normalised,
    cut,
  }: { readonly scores: Float32Array; readonly normalised: Float32Array; readonly cut: number },
): number | null {
  let lowest = Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (normalised[i]! >= cut && scores[i]! < lowest) lowest = scores[i]!;
  }
  const step = lowest === Infinity ? 0 : stepsAbove(sweep.scores, lowest);
  return sweep.scores.length === 0 || step < firstStep(sweep) ? null : step;
}

/** `"a", "b" and "c"`. */
export function namesOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)!}`;
}
