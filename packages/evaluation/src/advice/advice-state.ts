// Question: what is known of a suite when moves are looked for, and what would one of them leave?
// Source: the figures of `evaluate`; a move is judged by the verdicts that it takes away or adds, which decide by the mediant
// (gate/mediant.ts) whether the precision rises.
import type { AdviseOptions } from './advice-policy.ts';
import { applyMove } from './apply-move.ts';
import { type BitColumn, difference, intersection, sizeOfBoth } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import { designEffect } from '../statistics/design-effect.ts';
import { effectiveCounts, labelledSizes } from '../figures/labelled-sizes.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { Evaluation, SuiteFigures } from '../figures/figures.ts';
import { gateProbabilities, meritOf, type PositiveCounts } from '../gate/gate-probabilities.ts';
import { type MemberSweep, type SweepContext, sweepContext, sweepMember } from '../thresholds/member-sweep.ts';
import type { Move } from './advice.ts';
import { packScores } from '../table/columns-to-table.ts';
import { type Positives, positivesOf } from '../table/positives.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { suiteFigures } from '../figures/suite-figures.ts';
import { withClusters } from '../figures/clustered-evaluation.ts';

/** A suite with what all the moves from it are worked out of. */
export interface AdviceState {
  readonly table: ScoredTable;
  readonly context: SweepContext;
  readonly evaluation: Evaluation;
  /** In the order of the members. */
  readonly sweeps: readonly MemberSweep[];
  readonly options: AdviseOptions;
}

/**
 * Works out the figures and sweeps of a suite.
 *
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw.
 */
export function adviceState(table: ScoredTable, options: AdviseOptions): AdviceState {
  const context = sweepContext(table);
  return {
    table,
    context,
    evaluation: evaluate(context.positives.table, { clusters: context.clusters }),
    sweeps: table.members.map(({ name }) => sweepMember(context, name)),
    options,
  };
}

/** What a move would leave. */
export interface MoveResult {
  readonly suite: SuiteFigures;
  /** After − before; `null` where undefined. */
  readonly change: { readonly precision: number | null; readonly recall: number | null };
  /** The verdicts that turn from positive to negative, and those that turn the other way. */
  readonly lost: ChangedVerdicts;
  readonly gained: ChangedVerdicts;
  /** The verdicts that are positive before and after. */
  readonly kept: ChangedVerdicts;
}

/** Verdicts that a move changes, or does not. */
export interface ChangedVerdicts {
  /** Σd by label. */
  readonly counts: PositiveCounts;
  /** The same as independent examples, without those on which a member failed: what the tests are made with. */
  readonly effective: PositiveCounts;
}

/** Works out what a move would leave, everything else as it is. */
export function resultOf(state: AdviceState, move: Move): MoveResult {
  const { clusters } = state.context;
  const before = state.context.positives;
  const after = positivesOf(movedTable(state, move));
  const plain = suiteFigures(after);
  const { suite } =
    clusters === null
      ? { suite: plain }
      : withClusters({ suite: plain, members: [], overlaps: [] }, { positives: after, clusters, gate: undefined });
  return {
    suite,
    change: {
      precision: minus(suite.precision, state.evaluation.suite.precision),
      recall: minus(suite.recall, state.evaluation.suite.recall),
    },
    lost: changedVerdicts(state, difference(before.any, after.any)),
    gained: changedVerdicts(state, difference(after.any, before.any)),
    kept: changedVerdicts(state, intersection(before.any, after.any)),
  };
}

/** P(the precision of what goes < the precision of what stays): that the suite's precision rises. `null` without evidence. */
export function probabilityOfGain({ lost, kept }: MoveResult): number | null {
  const { atLeastOthers } = gateProbabilities({ unique: lost.effective, others: kept.effective });
  return atLeastOthers === null ? null : 1 - atLeastOthers;
}

/** P(the precision of a set ≥ floor); `null` without evidence. */
export function probabilityAtFloor({ effective }: ChangedVerdicts, floor: number): number | null {
  return meritOf(effective, floor);
}

/** Judges again only those members that the move touches. */
function movedTable({ table, context }: AdviceState, move: Move): BitTable {
  const bits = context.positives.table;
  const known = new Map(table.members.map((member, j) => [member, bits.members[j]!]));
  const members = applyMove(table, move).members.map(
    (member) => known.get(member) ?? packScores(member, bits.examples, []),
  );
  return { ...bits, members };
}

function changedVerdicts({ context }: AdviceState, set: BitColumn): ChangedVerdicts {
  const { table, anyFailed } = context.positives;
  return {
    counts: {
      truePositives: sizeOfBoth(set, table.labelledPositive, table.weights).weight,
      falsePositives: sizeOfBoth(set, table.labelledNegative, table.weights).weight,
    },
    effective: independentCounts(context, difference(set, anyFailed)),
  };
}

/** The labelled examples of a set as independent ones: at Kish's effective size divided by the design effect. */
export function independentCounts(
  { positives, clusters }: { readonly positives: Positives; readonly clusters: SweepContext['clusters'] },
  set: BitColumn,
): PositiveCounts {
  const { table } = positives;
  const [right, wrong] = [intersection(set, table.labelledPositive), intersection(set, table.labelledNegative)];
  return effectiveCounts(labelledSizes(table, set), designEffect(right, wrong, { weights: table.weights, clusters }));
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
