// Question: which thresholds together give the most recall at a precision?
// Source: coordinate ascent on TP − λ FP (Lagrange; Everett, Operations Research 11 (1963), 399–417) along a path of λ from
// several starts, each solution then improved under the constraint itself. A heuristic: with thresholds that share examples
// the exact problem is a maximum coverage under a budget, which is NP-hard (Feige, J. ACM 45 (1998), 634–652).
import type { BitTable } from '../table/bit-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { createRandom, type Random } from '../statistics/random.ts';
import { hasBit } from '../table/bit-column.ts';
import { scoreOrder } from './score-order.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { stepsAbove } from './member-sweep.ts';

/** A member's labelled examples in the order in which they become positive. */
export interface SearchMember {
  /** Indices of examples, highest score first. */
  readonly order: Uint32Array;
  /** Distinct scores, highest first, shape [k]. */
  readonly scores: Float32Array;
  /** How many of the order are positive at step i, shape [k + 1]. */
  readonly ends: Uint32Array;
  readonly current: number;
}

/** What a search works on. */
export interface UnionProblem {
  readonly members: readonly SearchMember[];
  /** Shape [n]: the weight of an example whose label is 1, minus that of one whose label is 0; 0 without a label. */
  readonly values: Float64Array;
  readonly targetPrecision: number;
}

/** One step for each member. */
export type Steps = readonly number[];

/** What steps come to. */
interface Totals {
  readonly truePositives: number;
  readonly falsePositives: number;
}

const PATH = 12;
const RANDOM_STARTS = 6;
/** Rounds of coordinate ascent; each ends by itself after two to five. */
const MAX_ROUNDS = 20;

/** The problem of a table, its labelled examples only. */
export function unionProblem(table: ScoredTable, targetPrecision: number): UnionProblem {
  const bits = columnsToTable(table);
  const values = labelValues(bits);
  return {
    members: table.members.map(({ column, threshold }) => {
      const order = scoreOrder(column).filter((i) => values[i] !== 0);
      const ends = tieEnds(order, column.scores);
      const scores = Float32Array.from(ends.subarray(1), (end) => column.scores[order[end - 1]!]!);
      return { order, scores, ends, current: stepsAbove(scores, Math.fround(threshold)) };
    }),
    values,
    targetPrecision,
  };
}

function labelValues({ examples, labelledPositive, labelledNegative, weights }: BitTable): Float64Array {
  return Float64Array.from({ length: examples }, (_, i) => {
    const weight = weights === null ? 1 : weights[i]!;
    return hasBit(labelledPositive, i) ? weight : hasBit(labelledNegative, i) ? -weight : 0;
  });
}

function tieEnds(order: Uint32Array, scores: Float32Array): Uint32Array {
  const ends = [0];
  for (let at = 0; at < order.length; at++) {
    if (at + 1 === order.length || scores[order[at + 1]!] !== scores[order[at]!]) ends.push(at + 1);
  }
  return Uint32Array.from(ends);
}

/**
 * The best steps that the search finds, and never worse than the present ones where these reach the target.
 *
 * Starts: the present thresholds, nobody, and random orders of the members from nobody. From each, λ falls from where a false
 * positive outweighs the target to where it hardly counts, each solution being the start of the next.
 *
 * @returns `null` when no steps with positives were found that reach the target.
 */
export function searchUnion(problem: UnionProblem, seed: number): Steps | null {
  const random = createRandom(seed);
  const names = problem.members.map((_, j) => j);
  const present = problem.members.map(({ current }) => current);
  const nobody = problem.members.map(() => 0);
  let best = asSolution(problem, present);
  const offer = (steps: Steps): void => {
    const solution = asSolution(problem, steps);
    if (solution !== null && (best === null || isBetter(solution.totals, best.totals))) best = solution;
  };
  for (let start = 0; start < RANDOM_STARTS + 2; start++) {
    const order = start < 2 ? names : shuffledCopy(names, random);
    let state = new SearchState(problem, start === 0 ? present : nobody);
    if (start === 0) {
      state.ascend(order, withinTarget(problem));
      offer(state.steps);
      state = new SearchState(problem, present);
    }
    for (const lambda of penalties(problem)) {
      state.ascend(order, penalised(lambda));
      const polished = new SearchState(problem, state.steps);
      if (!reaches(polished.totals, problem.targetPrecision)) continue;
      polished.ascend(order, withinTarget(problem));
      offer(polished.steps);
    }
  }
  return best === null ? null : withoutIdleMoves(problem, best.steps);
}

interface Solution {
  readonly steps: Steps;
  readonly totals: Totals;
}

function asSolution(problem: UnionProblem, steps: Steps): Solution | null {
  const { totals } = new SearchState(problem, steps);
  return reaches(totals, problem.targetPrecision) ? { steps: [...steps], totals } : null;
}

/** λ from high to low. At λ = p ÷ (1 − p) a gain has to reach the target by itself. */
function penalties({ targetPrecision, values }: UnionProblem): number[] {
  const everything = values.reduce((sum, value) => sum + Math.abs(value), 1);
  const odds = targetPrecision / (1 - targetPrecision);
  const highest = Math.min(everything, 2 * odds);
  return Array.from({ length: PATH }, (_, i) => highest * 0.01 ** (i / (PATH - 1)));
}

/** How a coordinate step is judged: the higher the better; −Infinity where it is not allowed. */
type Objective = (totals: Totals) => number;

function penalised(lambda: number): Objective {
  return ({ truePositives, falsePositives }) => truePositives - lambda * falsePositives;
}

function withinTarget({ targetPrecision }: UnionProblem): Objective {
  return (totals) => (reaches(totals, targetPrecision) ? totals.truePositives : -Infinity);
}

/** Products, not quotients: whole counts compare exactly, up to the digits of the target. */
function reaches({ truePositives, falsePositives }: Totals, targetPrecision: number): boolean {
  const positives = truePositives + falsePositives;
  return positives > 0 && truePositives >= targetPrecision * positives * (1 - 1e-12);
}

function isBetter(a: Totals, b: Totals): boolean {
  return (
    a.truePositives > b.truePositives || (a.truePositives === b.truePositives && a.falsePositives < b.falsePositives)
  );
}

/** Takes back, one member after another, every move without which the solution is as good: owners are asked for no more. */
function withoutIdleMoves(problem: UnionProblem, steps: Steps): Steps {
  let kept = steps;
  for (const [j, { current }] of problem.members.entries()) {
    const undone = asSolution(problem, kept.with(j, current));
    if (undone !== null && !isBetter(asSolution(problem, kept)!.totals, undone.totals)) kept = undone.steps;
  }
  return kept;
}

function shuffledCopy(values: readonly number[], random: Random): number[] {
  return values
    .map((value) => ({ value, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** Steps with the number of members that are positive on every example: what a coordinate step needs to be one pass. */
class SearchState {
  readonly steps: number[];
  readonly #problem: UnionProblem;
  readonly #positives: Uint16Array;
  #truePositives = 0;
  #falsePositives = 0;

  constructor(problem: UnionProblem, steps: Steps) {
    this.#problem = problem;
    this.#positives = new Uint16Array(problem.values.length);
    this.steps = problem.members.map(() => 0);
    for (const [j, step] of steps.entries()) this.#move(j, step);
  }

  get totals(): Totals {
    return { truePositives: this.#truePositives, falsePositives: this.#falsePositives };
  }

  /** Moves one member after another to its best step, until nobody moves. */
  ascend(order: readonly number[], objective: Objective): void {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let hasMoved = false;
      for (const j of order) {
        const before = this.steps[j]!;
        const best = this.#bestStep(j, objective);
        this.#move(j, best);
        hasMoved ||= best !== before;
      }
      if (!hasMoved) return;
    }
  }

  /** The best step of a member, all others frozen; its present one unless another is better, then the highest of equals. */
  #bestStep(j: number, objective: Objective): number {
    const { order, ends } = this.#problem.members[j]!;
    const present = this.steps[j]!;
    const stays = { value: objective(this.totals), falsePositives: this.#falsePositives };
    this.#move(j, 0);
    let [truePositives, falsePositives] = [this.#truePositives, this.#falsePositives];
    let best = { step: present, ...stays };
    for (let step = 0; step < ends.length; step++) {
      for (let at = step === 0 ? 0 : ends[step - 1]!; at < ends[step]!; at++) {
        const example = order[at]!;
        if (this.#positives[example] !== 0) continue;
        const value = this.#problem.values[example]!;
        if (value > 0) truePositives += value;
        else falsePositives -= value;
      }
      const value = objective({ truePositives, falsePositives });
      if (value > best.value || (value === best.value && falsePositives < best.falsePositives)) {
        best = { step, value, falsePositives };
      }
    }
    return best.step;
  }

  #move(j: number, step: number): void {
    const { order, ends } = this.#problem.members[j]!;
    const from = ends[this.steps[j]!]!;
    const to = ends[step]!;
    for (let at = from; at < to; at++) if (this.#positives[order[at]!]!++ === 0) this.#count(order[at]!, 1);
    for (let at = from - 1; at >= to; at--) if (--this.#positives[order[at]!]! === 0) this.#count(order[at]!, -1);
    this.steps[j] = step;
  }

  #count(example: number, sign: 1 | -1): void {
    const value = this.#problem.values[example]!;
    if (value > 0) this.#truePositives += sign * value;
    else this.#falsePositives -= sign * value;
  }
}
