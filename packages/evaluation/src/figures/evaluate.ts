import { type BitTable, toBitTable, toExampleTable } from '../table/bit-table.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { type Clusters, numberClusters } from '../statistics/clusters.ts';
import { sharesOf } from './fair-shares.ts';
import type { Evaluation } from './figures.ts';
import { checkGatePolicy, type GatePolicy } from '../gate/gate-probabilities.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import { memberFigures } from './member-figures.ts';
import { overlapFigures } from './overlaps.ts';
import { positivesOf } from '../table/positives.ts';
import { countTogether } from './positives-together.ts';
import { suiteFigures } from './suite-figures.ts';
import type { Summary } from '../summary/summary.ts';
import { summaryTable } from '../summary/summary-table.ts';
import { withClusters } from './clustered-evaluation.ts';

/** What {@link evaluate} takes besides the table. */
export interface EvaluateOptions {
  /** Without it `harm` and `merit` are `null`. */
  readonly gate?: GatePolicy;
  /** Names of members without which a verdict that is not positive is undetermined. Default none. */
  readonly required?: readonly string[];
  /**
   * Shape [n]: near-copies share a cluster, `null` is a cluster of its own, and only whole clusters are independent. Every
   * interval and gate probability is then that of the independent examples which tell as much. Default: each by itself.
   */
  readonly clusters?: readonly (string | null)[] | Clusters | null;
}

/**
 * The figures of a suite, of its members and of their pairs.
 *
 * @param table - The active members only: a shadow counts for nothing. Any number of members and examples. A summary gives
 * the figures of the table that it was made from.
 * @throws {EvaluationError} what `toBitTable`, `summaryTable` and `numberClusters` throw; `EVAL_MEMBER_UNKNOWN`,
 * `EVAL_GATE_INVALID`; `EVAL_EXAMPLES_WANTED` when a summary is given clusters, which it forgets.
 * @example
 * evaluate({
 *   labels: [1, 1, 0, 0],
 *   members: [
 *     { name: 'words', judgements: [1, 0, 0, 0] },
 *     { name: 'urls', judgements: [1, 1, 1, null] },
 *   ],
 * }).suite.precision // 0.667
 */
export function evaluate(table: JudgementTable | BitTable | Summary, options: EvaluateOptions = {}): Evaluation {
  const bits = 'kind' in table && table.kind === 'summary' ? summaryTable(table) : toBitTable(table);
  if (options.gate !== undefined) checkGatePolicy(options.gate);
  const clusters = clustersOf(bits, options.clusters ?? null);
  const positives = positivesOf(bits, requiredOf(bits, options.required ?? []));
  const suite = suiteFigures(positives);
  const together = countTogether(positives);
  const shares = sharesOf(together, bits.members.length);
  const evaluation = {
    suite,
    members: bits.members.map((member, j) =>
      memberFigures(member, { positives, suite, fairShare: shares[j]!, gate: options.gate }),
    ),
    overlaps: overlapFigures(bits, together),
  };
  return clusters === null ? evaluation : withClusters(evaluation, { positives, clusters, gate: options.gate });
}

function clustersOf(table: BitTable, clusters: readonly (string | null)[] | Clusters | null): Clusters | null {
  if (clusters === null) return null;
  return numberClusters(clusters, toExampleTable(table, 'Intervals of clusters cannot be had').examples);
}

function requiredOf(table: BitTable, required: readonly string[]): ReadonlySet<string> {
  const known = new Set(table.members.map(({ name }) => name));
  throwFaults(
    required
      .filter((name) => !known.has(name))
      .map((name): EvaluationFault => ({
        code: 'EVAL_MEMBER_UNKNOWN',
        message: `"${name}" is required but not in the table, which holds ${[...known].join(', ') || 'no member'}.`,
      })),
  );
  return new Set(required);
}
