// Question: what does each system call positive, before and after an addition?
// Source: the growth policy of the suite (@clamor/training, README "How thresholds stay local"), the same for every system.
import type { Policy } from '@clamor/contract';
import { chooseAlone, greedyOrder, growSuite, type GrowthStep, joinSuite, suiteBudget } from '@clamor/training';

import { pickRows } from './columns.ts';
import type { StudyMail } from './mails.ts';

/** What thresholds are chosen by. */
export interface Rules {
  readonly policy: Pick<Policy, 'precisionFloor' | 'uniquePrecisionFloor'>;
  /** Share of the false positives left that one member may spend. */
  readonly spendShare: number;
}

/** A system at its thresholds. */
export interface System {
  /** 1 where it is positive, shape [n]: on mails that thresholds are chosen on out of fold, on measured ones by the fit on train. */
  readonly positive: Uint8Array;
}

/** Mails that a threshold is chosen on. */
export interface ThresholdRows {
  readonly rows: readonly number[];
  /** Shape of `rows`. */
  readonly labels: readonly (0 | 1)[];
}

/** The rows of a mask, with the added mails. */
export function thresholdRows(
  mails: readonly StudyMail[],
  known: Uint8Array,
  added: readonly number[] = [],
): ThresholdRows {
  const extra = new Set(added);
  const rows = [...mails.keys()].filter((i) => known[i] === 1 || extra.has(i));
  return { rows, labels: rows.map((i) => mails[i]!.label) };
}

/** The columns of one system's members by name, shape [n]. */
export type Members = readonly { readonly name: string; readonly scores: Float32Array }[];

/** A suite grown from nothing: order and thresholds by the policy of growth. */
export function growFrom(
  members: Members,
  { rows, labels }: ThresholdRows,
  { policy, spendShare }: Rules,
): System & { readonly thresholds: readonly number[] } {
  const options = { labels, policy, spendShare };
  const picked = members.map(({ name, scores }) => ({ name, column: pickRows(scores, rows) }));
  const { steps } = growSuite({ ...options, members: greedyOrder({ ...options, members: picked }) });
  const thresholds = members.map(({ name }) => steps.find((step) => step.name === name)!.threshold);
  return { positive: unionOf(members.map(({ scores }, j) => positivesOf(scores, thresholds[j]!))), thresholds };
}

/** One model by itself at the precision floor. */
export function alone(
  scores: Float32Array,
  { rows, labels }: ThresholdRows,
  { policy }: Rules,
): System & { readonly threshold: number } {
  const { threshold } = chooseAlone(labels, pickRows(scores, rows), policy);
  return { positive: positivesOf(scores, threshold), threshold };
}

/** A system with one more member, which spends from what the system has left of the budget; the system stays as it is. */
export function join(
  system: System,
  scores: Float32Array,
  { rows, labels }: ThresholdRows,
  { policy, spendShare }: Rules,
): System & { readonly step: GrowthStep } {
  const taken = Uint8Array.from(rows, (i) => system.positive[i]!);
  const spent = labels.filter((label, i) => label === 0 && taken[i] === 1).length;
  const step = joinSuite({
    labels,
    taken,
    name: 'new',
    column: pickRows(scores, rows),
    policy,
    spendShare,
    left: Math.max(0, suiteBudget(labels, policy) - spent),
  });
  return { positive: unionOf([system.positive, positivesOf(scores, step.threshold)]), step };
}

/** 1 where score ≥ threshold; an abstention (NaN) is not. */
export function positivesOf(scores: Float32Array, threshold: number): Uint8Array {
  const positive = new Uint8Array(scores.length);
  for (let i = 0; i < scores.length; i++) positive[i] = Number(scores[i]! >= threshold);
  return positive;
}

/** 1 where any is 1. */
export function unionOf(each: readonly Uint8Array[]): Uint8Array {
  const union = new Uint8Array(each[0]!.length);
  for (const positive of each) for (let i = 0; i < union.length; i++) union[i]! |= positive[i]!;
  return union;
}
