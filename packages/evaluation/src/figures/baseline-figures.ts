// Question: what would one classifier by itself reach: the best single member, one joint model, a stack of the scores?
// Source: a suite of one. A baseline is measured and never counted.
import type { ScoreColumn } from '@clamor/contract';
import { type BitTable, toBitTable } from '../table/bit-table.ts';
import type { Clusters } from '../statistics/clusters.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { evaluate } from './evaluate.ts';
import type { SuiteFigures } from './figures.ts';
import type { JudgementCode, Label } from '../table/judgement-table.ts';

/** A classifier to measure by itself, by its judgements or by its scores. */
export type Baseline = {
  readonly name: string;
  /** Shape [n]. */
  readonly labels: readonly Label[];
  /** Sampling weights, shape [n]; default 1 each. */
  readonly weights?: readonly number[] | null;
  /** Shape [n], as in `evaluate`; default: each by itself. */
  readonly clusters?: readonly (string | null)[] | Clusters | null;
} & ({ readonly judgements: readonly JudgementCode[] } | { readonly column: ScoreColumn; readonly threshold: number });

/** The figures of a classifier by itself; counts are sums of sampling weights. */
export interface BaselineFigures extends Pick<
  SuiteFigures,
  | 'examples'
  | 'weight'
  | 'labelled'
  | 'positiveLabels'
  | 'positives'
  | 'truePositives'
  | 'falsePositives'
  | 'falseNegatives'
  | 'trueNegatives'
  | 'precision'
  | 'recall'
  | 'f1'
  | 'precisionInterval'
  | 'recallInterval'
> {
  readonly name: string;
  readonly judged: number;
  readonly failed: number;
  readonly coverage: number | null;
}

/**
 * The figures of one classifier by itself, to be shown beside a suite.
 *
 * @throws {EvaluationError} what `evaluate` and `columnsToTable` throw.
 * @example baselineFigures({ name: 'joint', labels: [1, 0, 1], judgements: [1, 0, 0] }).recall // 0.5
 */
export function baselineFigures(baseline: Baseline): BaselineFigures {
  const { suite, members } = evaluate(baselineTable(baseline), { clusters: baseline.clusters ?? null });
  const { degraded: _degraded, undetermined: _undetermined, undeterminedBounds: _bounds, ...figures } = suite;
  const { name, judged, failed, coverage } = members[0]!;
  return { name, judged, failed, coverage, ...figures };
}

function baselineTable(baseline: Baseline): BitTable {
  const { name, labels, weights = null } = baseline;
  return 'judgements' in baseline
    ? toBitTable({ labels, weights, members: [{ name, judgements: baseline.judgements }] })
    : columnsToTable({ labels, weights, members: [{ name, column: baseline.column, threshold: baseline.threshold }] });
}

/**
 * The best of several classifiers by F1: the first of those that share the highest.
 *
 * Choose on a split that is not the one whose figures are printed: the best of seven, chosen and measured on the same
 * examples, looks better than it is.
 *
 * @param figures - `MemberFigures`, `BaselineFigures`, or anything with an F1.
 * @returns `null` when no F1 is defined.
 * @example bestSingle([{ name: 'a', f1: 0.8 }, { name: 'b', f1: 0.9 }])?.name // 'b'
 */
export function bestSingle<Figures extends { readonly f1: number | null }>(
  figures: readonly Figures[],
): Figures | null {
  let best: Figures | null = null;
  for (const one of figures) {
    if (one.f1 !== null && one.f1 > (best?.f1 ?? -1)) best = one;
  }
  return best;
}
