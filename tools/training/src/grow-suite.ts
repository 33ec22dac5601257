// Question: where does each member's threshold go, so that the suite keeps its precision and no member moves another's?
// Source: the policy of the suite; the rule is described in this package's README.
import { SCORED, type Policy, type ScoreColumn } from '@clamor/contract';

/** What {@link growSuite} takes. */
export interface GrowOptions {
  /** Shape [n]. */
  readonly labels: readonly (0 | 1)[];
  /** In the order in which they join. */
  readonly members: readonly GrowingMember[];
  readonly policy: Pick<Policy, 'precisionFloor' | 'uniquePrecisionFloor'>;
  /** Share of the false positives still to be spent that one member may spend, in (0, 1]; rounded up. */
  readonly spendShare: number;
}

/** A member that joins. */
export interface GrowingMember {
  readonly name: string;
  /** Out-of-fold scores, shape [n]. */
  readonly column: ScoreColumn;
  /** Whether it ships in shadow: its step says what it would add, and those after it join as if it were not there. */
  readonly isShadow?: boolean;
}

/** One member's joining. Counts are over the out-of-fold scores that the threshold was chosen on. */
export interface GrowthStep {
  readonly name: string;
  /** Only there for a member in shadow: nobody after it is beside it. */
  readonly mode?: 'shadow';
  /** Float32, between observed scores. */
  readonly threshold: number;
  /** False positives that were left when it joined, and how many of them it was allowed. */
  readonly budgetLeft: number;
  readonly allowed: number;
  /** What it adds to those who joined before. */
  readonly newTruePositives: number;
  readonly newFalsePositives: number;
  /** Of the suite with it. */
  readonly suitePrecision: number | null;
  readonly suiteRecall: number | null;
}

/** A suite's growth, member by member. */
export interface Growth {
  /** False positives that a suite with full recall may have at the policy's floor: ⌊P (1 − f) ÷ f⌋. */
  readonly budget: number;
  readonly steps: readonly GrowthStep[];
}

/**
 * Grows a suite: each member's threshold is chosen with those of all earlier ones frozen.
 *
 * A member may spend ⌈left · spendShare⌉ false positives. Among its thresholds that keep to this, to the suite's precision floor and
 * to the policy's unique-precision floor on what the member adds, the one with the most new true positives is taken, the
 * highest of those. A member that can add nothing takes the lowest threshold that costs nothing: it stands by where the
 * others are positive already.
 *
 * @example
 * // growSuite({ labels, members: [{ name: 'words', column }], policy, spendShare: 1 / 2 }).steps[0]?.threshold
 */
export function growSuite({ labels, members, policy, spendShare }: GrowOptions): Growth {
  const budget = suiteBudget(labels, policy);
  const taken = new Uint8Array(labels.length);
  const steps: GrowthStep[] = [];
  let left = budget;
  for (const { name, column, isShadow = false } of members) {
    const step = joinSuite({ labels, taken, name, column, policy, spendShare, left });
    steps.push(isShadow ? inShadow(step) : step);
    if (isShadow) continue;
    take(taken, column, step.threshold);
    left -= step.newFalsePositives;
  }
  return { budget, steps };
}

/** False positives that a suite with full recall may have at the policy's floor: ⌊P (1 − f) ÷ f⌋. */
export function suiteBudget(labels: readonly (0 | 1)[], policy: Pick<Policy, 'precisionFloor'>): number {
  const positiveLabels = labels.filter((label) => label === 1).length;
  return Math.floor((positiveLabels * (1 - policy.precisionFloor)) / policy.precisionFloor + 1e-9);
}

/** What {@link joinSuite} takes. */
export interface JoinOptions extends Omit<GrowOptions, 'members'> {
  readonly name: string;
  /** Of the member that joins; shape [n]. */
  readonly column: ScoreColumn;
  /** 1 where the suite without it is positive, shape [n]. */
  readonly taken: Uint8Array;
  /** False positives that the suite has not spent, ≥ 0. */
  readonly left: number;
}

/**
 * Where the threshold of one member goes that joins a suite; the suite stays as it is. One step of {@link growSuite}.
 *
 * @example
 * // joinSuite({ labels, taken, name: 'mine', column, policy, spendShare: 1 / 2, left: 4 }).threshold
 */
export function joinSuite({ labels, taken, name, column, policy, spendShare, left }: JoinOptions): GrowthStep {
  const allowed = Math.max(0, Math.ceil(left * spendShare - 1e-9));
  const before = countTaken(labels, taken);
  const { threshold, newTrue, newFalse } = chooseThreshold({ labels, column, taken, before, allowed, policy });
  const truePositives = before.truePositives + newTrue;
  return {
    name,
    threshold,
    budgetLeft: left,
    allowed,
    newTruePositives: newTrue,
    newFalsePositives: newFalse,
    suitePrecision: share(truePositives, truePositives + before.falsePositives + newFalse),
    suiteRecall: share(truePositives, labels.filter((label) => label === 1).length),
  };
}

/** The step of a member that ships in shadow. */
export function inShadow({ name, ...step }: GrowthStep): GrowthStep {
  return { name, mode: 'shadow', ...step };
}

/**
 * Marks the examples on which a column is positive.
 *
 * @param taken - Shape [n]; changed.
 * @returns The same array.
 */
export function take(taken: Uint8Array, column: ScoreColumn, threshold: number): Uint8Array {
  for (let i = 0; i < taken.length; i++) {
    if (column.status[i] === SCORED && column.scores[i]! >= threshold) taken[i] = 1;
  }
  return taken;
}

/** How many of the examples where a suite is positive have which label. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/**
 * Counts where a suite is positive.
 *
 * @param taken - Shape [n]; 1 where it is.
 */
export function countTaken(labels: readonly (0 | 1)[], taken: Uint8Array): Counts {
  let truePositives = 0;
  let falsePositives = 0;
  for (const [i, label] of labels.entries()) {
    if (taken[i] === 0) continue;
    if (label === 1) truePositives++;
    else falsePositives++;
  }
  return { truePositives, falsePositives };
}

interface ChoiceOptions {
  readonly labels: readonly (0 | 1)[];
  readonly column: ScoreColumn;
  readonly taken: Uint8Array;
  readonly before: Counts;
  readonly allowed: number;
  readonly policy: GrowOptions['policy'];
}

function chooseThreshold(options: ChoiceOptions): Candidate {
  const candidates = candidateThresholds(options);
  const { before, allowed, policy } = options;
  const possible = candidates.filter(({ newTrue, newFalse }) => {
    const positives = before.truePositives + before.falsePositives + newTrue + newFalse;
    const isPrecise = before.truePositives + newTrue >= policy.precisionFloor * positives;
    const hasMerit = newTrue + newFalse === 0 || newTrue >= policy.uniquePrecisionFloor * (newTrue + newFalse);
    return newFalse <= allowed && isPrecise && hasMerit;
  });
  const most = Math.max(0, ...possible.map(({ newTrue }) => newTrue));
  if (most > 0) return possible.find(({ newTrue }) => newTrue === most)!;
  const free = possible.findLast(({ newFalse, endsOnTrue }) => newFalse === 0 && endsOnTrue);
  return free ?? { threshold: aboveAll(options.column), newTrue: 0, newFalse: 0, endsOnTrue: false };
}

interface Candidate {
  readonly threshold: number;
  readonly newTrue: number;
  readonly newFalse: number;
  /** Whether the lowest score above the threshold is that of a positive label. */
  readonly endsOnTrue: boolean;
}

/** One candidate between every two neighbouring scores, from high to low; tied scores move together. */
function candidateThresholds({ labels, column, taken }: ChoiceOptions): Candidate[] {
  const order = [...labels.keys()].filter((i) => column.status[i] === SCORED);
  order.sort((a, b) => column.scores[b]! - column.scores[a]!);
  const candidates: Candidate[] = [];
  let newTrue = 0;
  let newFalse = 0;
  let endsOnTrue = false;
  for (const [place, i] of order.entries()) {
    if (taken[i] === 0 && labels[i] === 1) newTrue++;
    else if (taken[i] === 0) newFalse++;
    endsOnTrue ||= labels[i] === 1;
    const score = column.scores[i]!;
    const next = order[place + 1] === undefined ? score - 2 : column.scores[order[place + 1]!]!;
    if (next === score) continue;
    candidates.push({ threshold: between(next, score), newTrue, newFalse, endsOnTrue });
    endsOnTrue = false;
  }
  return candidates;
}

/** The float32 in the middle, in (lower, upper]. */
function between(lower: number, upper: number): number {
  const middle = Math.fround((lower + upper) / 2);
  return middle > lower ? middle : upper;
}

function aboveAll(column: ScoreColumn): number {
  let highest = 0;
  for (const [i, status] of column.status.entries()) {
    if (status === SCORED) highest = Math.max(highest, column.scores[i]!);
  }
  return Math.fround(highest + 1);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * The threshold of one classifier by itself for the same floor: the most true positives at a precision of at least the
 * floor, the highest threshold of those. For baselines.
 */
export function chooseAlone(
  labels: readonly (0 | 1)[],
  column: ScoreColumn,
  policy: GrowOptions['policy'],
): { threshold: number; truePositives: number; falsePositives: number } {
  const before = { truePositives: 0, falsePositives: 0 };
  const taken = new Uint8Array(labels.length);
  const { threshold, newTrue, newFalse } = chooseThreshold({
    labels,
    column,
    taken,
    before,
    allowed: labels.length,
    policy: { ...policy, uniquePrecisionFloor: 0 },
  });
  return { threshold, truePositives: newTrue, falsePositives: newFalse };
}
