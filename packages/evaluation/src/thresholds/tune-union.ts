// Question: what would the suite gain if all thresholds were chosen together, and how much of that is only learnt by heart?
// Source: sample splitting; what a search finds on one half is measured on the other (Hastie, Tibshirani & Friedman, The Elements
// of Statistical Learning, 2nd ed. 2009, §7.2).
import { columnsToTable } from '../table/columns-to-table.ts';
import { clusterHalves } from './cluster-halves.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import { positivesOf } from '../table/positives.ts';
import type { RatioFigures } from '../figures/figures.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { type SearchMember, searchUnion, unionProblem } from './union-search.ts';
import { selectExamples } from '../table/select-examples.ts';
import { suiteFigures } from '../figures/suite-figures.ts';
import { thresholdAbove, thresholdBetween } from './threshold-between.ts';
import type { ThresholdProposal, UnionProposal } from './threshold-figures.ts';

/** What {@link tuneUnion} takes besides the table. */
export interface TuneUnionOptions {
  /** Precision that the suite has to reach on the half that is fitted, in (0, 1]. */
  readonly targetPrecision: number;
  /** Draws the halves and the starts, a whole number from 1 to 2³² − 1. Default 1. */
  readonly seed?: number;
}

/**
 * The highest recall that a search over all thresholds finds at a precision: one proposal per owner.
 *
 * Examples are cut into two halves by cluster. On one the search moves all thresholds (coordinate ascent along a path of
 * penalties from several starts: good, not proven optimal); the other was never looked at and tells how much of it holds.
 * Only members whose threshold changes a judgement that matters get a proposal.
 *
 * This is advice and must not be applied as a whole by anything: thresholds that were fitted together are one shared model. Each
 * is then right only beside the others, so that nobody could change a member any more without moving everybody's verdicts,
 * which is the bottleneck that a suite is there to remove. An owner may take up a proposal as a question: `alone` says what it
 * gives beside everybody else's present threshold, and the gate decides about it as about any change.
 *
 * @param table - Active members only, out-of-fold scores.
 * @returns `reached` is false, and there are no proposals, when no thresholds were found that reach the target.
 * @throws {EvaluationError} what `columnsToTable` and `numberClusters` throw; `EVAL_RATE_INVALID`,
 * `EVAL_COUNT_INVALID`.
 * @example
 * const labels = Array.from({ length: 40 }, (_, i) => (i % 4 < 2 ? 1 : 0));
 * const member = { name: 'a', column: column(labels, (label) => label), threshold: 2 };
 * tuneUnion({ labels, members: [member] }, { targetPrecision: 0.9 }).heldOut.after.recall // 1
 */
export function tuneUnion(table: ScoredTable, { targetPrecision, seed = 1 }: TuneUnionOptions): UnionProposal {
  checkSearch(targetPrecision, seed);
  columnsToTable(table);
  const [fitted, heldOut] = clusterHalves(table.clusters, { examples: table.labels.length, seed }).map((half) =>
    selectExamples(table, half),
  ) as [ScoredTable, ScoredTable];
  const problem = unionProblem(fitted, targetPrecision);
  const steps = searchUnion(problem, seed);
  const proposals = problem.members.flatMap((member, j): ThresholdProposal[] => {
    const to = steps === null ? null : thresholdOfStep(member, steps[j]!);
    const { name, threshold } = table.members[j]!;
    if (to === null) return [];
    return [{ member: name, from: Math.fround(threshold), to, alone: ratiosWith(heldOut, new Map([[name, to]])) }];
  });
  const together = new Map(proposals.map(({ member, to }) => [member, to]));
  const [fittedAfter, heldOutAfter] = [ratiosWith(fitted, together), ratiosWith(heldOut, together)];
  return {
    targetPrecision,
    reached: steps !== null,
    proposals,
    fitted: { before: ratiosWith(fitted, new Map()), after: fittedAfter },
    heldOut: { before: ratiosWith(heldOut, new Map()), after: heldOutAfter },
    overfit: {
      precision: minus(fittedAfter.precision, heldOutAfter.precision),
      recall: minus(fittedAfter.recall, heldOutAfter.recall),
    },
  };
}

function checkSearch(targetPrecision: number, seed: number): void {
  const faults: EvaluationFault[] = [];
  if (!(targetPrecision > 0 && targetPrecision <= 1)) {
    faults.push({
      code: 'EVAL_RATE_INVALID',
      message: `The precision to reach is ${targetPrecision}; it must be in (0, 1], for example the policy's floor.`,
    });
  }
  if (!Number.isInteger(seed) || seed < 1 || seed > 0xffffffff) {
    faults.push({
      code: 'EVAL_COUNT_INVALID',
      message: `The seed of a search over thresholds is ${seed}; it must be a whole number from 1 to 4294967295.`,
    });
  }
  throwFaults(faults);
}

/** The threshold of a step; `null` where it is the present one. */
function thresholdOfStep({ scores, current }: SearchMember, step: number): number | null {
  if (step === current) return null;
  // Above the largest float32 there is no threshold: the step cannot be set.
  if (step === 0) return thresholdAbove(scores[0]!);
  return step === scores.length ? scores[step - 1]! : thresholdBetween(scores[step]!, scores[step - 1]!);
}

function ratiosWith(table: ScoredTable, thresholds: ReadonlyMap<string, number>): RatioFigures {
  const members = table.members.map((member) => ({
    ...member,
    threshold: thresholds.get(member.name) ?? member.threshold,
  }));
  const { precision, recall, f1 } = suiteFigures(positivesOf(columnsToTable({ ...table, members })));
  return { precision, recall, f1 };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
