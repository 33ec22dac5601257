import { EvaluationError } from '../errors.ts';
import { type MemberSweep, sweepContext, sweepMember } from './member-sweep.ts';
import { firstStep, pointAt } from './sweep-point.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import type { ThresholdCurve } from './threshold-figures.ts';

/** What {@link thresholdCurve} takes besides the member. */
export interface ThresholdCurveOptions {
  /** At most so many points, a whole number ≥ 4. Default 200. */
  readonly points?: number;
  /** Unique precision that `merit` is asked against, in [0, 1]. Without it `merit` is `null`. */
  readonly floor?: number;
}

/** Points of a curve unless asked otherwise: enough for a plot a screen wide. */
export const DEFAULT_POINTS = 200;

/**
 * The suite and a member's unique precision over the member's threshold, all others frozen.
 *
 * Every point is what `evaluate` says of the table with that threshold, no member being required. Thresholds are float32 and
 * lie between observed scores; the first lets nobody in, the last everybody that the member scored, and the present threshold
 * is among them as it is. Points stand densest at the high thresholds, where a single example counts most. With clusters the
 * interval and the merit are made at the size divided by the design effect.
 *
 * Choosing the best-looking point of a curve is choosing on these examples: see `tuneMember` for a rule.
 *
 * @param table - Active members only.
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw; `EVAL_MEMBER_UNKNOWN`, `EVAL_GATE_INVALID`,
 * `EVAL_COUNT_INVALID`.
 * @example
 * const member = { name: 'a', column: column([0.9, 0.4, 0.1], (score) => score), threshold: 0.5 };
 * thresholdCurve({ labels: [1, 1, 0], members: [member] }, 'a').points.map(({ recall }) => recall) // [0, 0.5, 1, 1]
 */
export function thresholdCurve(
  table: ScoredTable,
  member: string,
  options: ThresholdCurveOptions = {},
): ThresholdCurve {
  const { points = DEFAULT_POINTS, floor = null } = options;
  checkPoints(points);
  if (floor !== null) checkFloor(floor);
  return curveOf(sweepMember(sweepContext(table), member), { points, floor });
}

/** The curve of a sweep, with the ends, the present step and those that are asked for among its points. */
export function curveOf(
  sweep: MemberSweep,
  { points, floor, always = [] }: { points: number; floor: number | null; always?: readonly number[] },
): ThresholdCurve {
  const steps = spreadSteps(firstStep(sweep), sweep.scores.length, { points, always: [sweep.current, ...always] });
  return { member: sweep.member.name, points: steps.map((step) => pointAt(sweep, step, floor)) };
}

/** Steps from first to last, ascending, their distances growing geometrically. */
function spreadSteps(
  first: number,
  last: number,
  { points, always }: { points: number; always: readonly number[] },
): number[] {
  const wanted = new Set([first, last, ...always]);
  const spread = points - wanted.size;
  const range = last - first + 1;
  for (let i = 1; i <= spread; i++) {
    // Where geometric steps are shorter than one, the next free step is taken.
    let step = first + Math.floor(range ** (i / (spread + 1))) - 1;
    while (wanted.has(step) && step < last) step += 1;
    wanted.add(step);
  }
  return [...wanted].toSorted((a, b) => a - b);
}

/** Throws `EVAL_COUNT_INVALID` unless it is a number of points that a curve can have. */
export function checkPoints(points: number): void {
  if (Number.isInteger(points) && points >= 4) return;
  throw new EvaluationError([
    {
      code: 'EVAL_COUNT_INVALID',
      message: `A curve of ${points} points was asked for; the ends, the present threshold and a chosen one make four: ask for a whole number from 4 up.`,
    },
  ]);
}

/** Throws `EVAL_GATE_INVALID` unless it is a precision. */
export function checkFloor(floor: number): void {
  if (floor >= 0 && floor <= 1) return;
  throw new EvaluationError([
    { code: 'EVAL_GATE_INVALID', message: `The floor of the unique precision is ${floor}; it must be in [0, 1].` },
  ]);
}
