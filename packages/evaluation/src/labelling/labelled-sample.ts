// Question: how do the labels that a plan asked for enter any other figure?
// Source: Horvitz & Thompson, JASA 47 (1952), 663–685: each labelled example stands for 1 ÷ its inclusion probability.
import type { LabelPlan } from './label-plan.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { positivesOf } from '../table/positives.ts';
import { sampleOfPlan } from './plan-sample.ts';
import { selectExamples } from '../table/select-examples.ts';

/** What {@link labelledSample} takes besides the table and its plan. */
export interface LabelledSampleOptions {
  /** As in the plan. Default none. */
  readonly required?: readonly string[];
}

/**
 * The labelled examples of a table, each weighted by how many it stands for: 1 where the label was there before, examples ÷
 * labels of its stratum where the plan asked for it; times the sampling weight of the table.
 *
 * For every figure of `evaluate` that `stratifiedFigures` does not give, and for members and thresholds that came later:
 * the weights stay right whatever is measured with them. Points are those of `stratifiedFigures`, recall with its bias; intervals, by Kish's
 * effective size, know nothing of the strata (docs/simulations/what-to-label.md says what that does to them).
 *
 * @param table - The one that the plan was made for, with the labels that it asked for.
 * @returns Without the examples that have no label; counts and rates are estimates, too.
 * @throws {EvaluationError} `EVAL_PLAN_MISMATCH`; what `columnsToTable` throws.
 * @example
 * const members = [{ name: 'a', column: column([4, 3, 2, 1], (score) => score), threshold: 2.5 }];
 * const plan = labelPlan({ table: { labels: [null, null, null, null], members }, budget: 4, seed: 1 });
 * evaluate(columnsToTable(labelledSample({ labels: [1, 0, 1, 0], members }, plan))).suite.precision // 0.5
 */
export function labelledSample(
  table: ScoredTable,
  plan: LabelPlan,
  { required = [] }: LabelledSampleOptions = {},
): ScoredTable {
  const { strata } = sampleOfPlan(positivesOf(columnsToTable(table), new Set(required)), plan);
  const stratumOf = new Map(plan.chosen.map(({ example, stratum }) => [example, stratum]));
  const labelled = table.labels.flatMap((label, i) => (label === null ? [] : [i]));
  const weights = labelled.map((i) => {
    const stratum = strata[stratumOf.get(i) ?? -1];
    return (table.weights?.[i] ?? 1) * (stratum === undefined ? 1 : stratum.examples / stratum.labels);
  });
  return { ...selectExamples(table, labelled), weights };
}
