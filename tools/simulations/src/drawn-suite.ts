// Question: what are the figures of a suite whose truth is known?
// Source: members that are independent given the label, so that every figure of the population is a product.
import type { Evaluation, Interval, Random } from '@clamor/evaluation';
import { evaluate, type JudgementCode, type Label } from '@clamor/evaluation';

import { drawClusterSizes, drawOutcomes } from './clustered-outcomes.ts';

/** Two members alike, one of which is looked at. */
export interface SuiteTruth {
  readonly clusters: number;
  /** Correlation of judgements within a cluster; `null`: every example by itself. */
  readonly agreement: number | null;
  /** Of each member. */
  readonly recall: number;
  /** Share of negative labels that each calls positive. */
  readonly falseAlarms: number;
}

/** The figures whose intervals are tried. */
export const FIGURES = ['precision', 'recall', 'F1', 'unique precision'] as const;

const POSITIVE_LABELS = 0.4;

/** The figures of the population, in the order of {@link FIGURES}. */
export function trueFigures({ recall, falseAlarms }: SuiteTruth): number[] {
  const found = POSITIVE_LABELS * (1 - (1 - recall) ** 2);
  const wrong = (1 - POSITIVE_LABELS) * (1 - (1 - falseAlarms) ** 2);
  const unique = POSITIVE_LABELS * recall * (1 - recall);
  const uniqueWrong = (1 - POSITIVE_LABELS) * falseAlarms * (1 - falseAlarms);
  return [
    found / (found + wrong),
    found / POSITIVE_LABELS,
    (2 * found) / (found + wrong + POSITIVE_LABELS),
    unique / (unique + uniqueWrong),
  ];
}

/** The intervals of one sample, in the order of {@link FIGURES}. */
export function drawnIntervals(truth: SuiteTruth, random: Random): (Interval | null)[] {
  const sizes =
    truth.agreement === null
      ? Array.from({ length: truth.clusters }, () => 1)
      : drawClusterSizes(truth.clusters, random);
  const labels: Label[] = [];
  const clusters: string[] = [];
  const judgements: [JudgementCode[], JudgementCode[]] = [[], []];
  for (const [c, size] of sizes.entries()) {
    const label = random() < POSITIVE_LABELS ? 1 : 0;
    const share = label === 1 ? truth.recall : truth.falseAlarms;
    for (const column of judgements) {
      const outcomes = drawOutcomes(size, { share, agreement: truth.agreement ?? 0 }, random);
      column.push(...outcomes.map((isPositive) => (isPositive ? 1 : 0)));
    }
    for (let copy = 0; copy < size; copy++) {
      labels.push(label);
      clusters.push(String(c));
    }
  }
  const members = judgements.map((column, j) => ({ name: `m${j}`, judgements: column }));
  return intervalsOf(evaluate({ labels, members }, { clusters: truth.agreement === null ? null : clusters }));
}

function intervalsOf({ suite, members }: Evaluation): (Interval | null)[] {
  return [suite.precisionInterval, suite.recallInterval, suite.f1Interval, members[0]!.uniquePrecisionInterval];
}
