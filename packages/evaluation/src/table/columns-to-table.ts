import { ABSTAINED, FAILED, SCORED, type ScoreColumn } from '@clamor/contract';
import { setBit } from './bit-column.ts';
import {
  type BitMember,
  type BitTable,
  checkLength,
  createBitMember,
  duplicateFaults,
  packLabels,
  packWeights,
} from './bit-table.ts';
import { type EvaluationFault, throwFaults } from '../errors.ts';
import type { Label } from './judgement-table.ts';

/** A member's scores with the threshold that turns them into judgements. */
export interface MemberColumn {
  readonly name: string;
  /** Shape [n], in the order of the labels. */
  readonly column: ScoreColumn;
  /** score ≥ threshold is positive; rounded to float32 here. */
  readonly threshold: number;
}

/** What {@link columnsToTable} takes. */
export interface ScoredExamples {
  /** Shape [n]. */
  readonly labels: readonly Label[];
  /** Sampling weights, shape [n]; default 1 each. */
  readonly weights?: readonly number[] | null;
  readonly members: readonly MemberColumn[];
}

/**
 * Score columns as a table, with no object per example.
 *
 * Scores are float32 and so must thresholds be: `Math.fround(0.7) >= 0.7` is false, so an unrounded threshold would turn
 * the very score it was chosen at into a negative.
 *
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`, `EVAL_LABEL_INVALID`, `EVAL_WEIGHT_INVALID`, `EVAL_THRESHOLD_INVALID`,
 * `EVAL_STATUS_INVALID`, `EVAL_MEMBER_DUPLICATE`; all faults together.
 * @example
 * columnsToTable({ labels: [1, 0], members: [{ name: 'a', column: column([0.9, 0.1], (x) => x), threshold: 0.5 }] })
 */
export function columnsToTable({ labels, weights, members }: ScoredExamples): BitTable {
  const faults = duplicateFaults(members);
  const table: BitTable = {
    kind: 'bits',
    examples: labels.length,
    ...packLabels(labels, faults),
    weights: packWeights(weights ?? null, labels.length, faults),
    members: members.map((member) => packScores(member, labels.length, faults)),
  };
  throwFaults(faults);
  return table;
}

/** One member's scores as judgements; what is wrong is added to the faults. */
export function packScores(
  { name, column, threshold }: MemberColumn,
  examples: number,
  faults: EvaluationFault[],
): BitMember {
  checkLength(`scores of member "${name}"`, column.scores.length, examples, faults);
  checkLength(`statuses of member "${name}"`, column.status.length, examples, faults);
  if (!Number.isFinite(threshold)) {
    faults.push({
      code: 'EVAL_THRESHOLD_INVALID',
      message: `The threshold of member "${name}" is ${threshold}; it must be a finite number.`,
    });
  }
  const member = createBitMember(name, examples);
  const limit = Math.fround(threshold);
  const length = Math.min(column.scores.length, column.status.length, examples);
  for (let from = 0; from < length; from += 32) {
    const to = Math.min(from + 32, length);
    if (packScoredWord(column, limit, { member, from, to })) continue;
    for (let i = from; i < to; i++) packScore(column, limit, { member, i, faults });
  }
  return member;
}

/**
 * The usual word, whose examples all have a finite score: no branch per example.
 *
 * @returns Whether it was one; if not, its bits are yet to be set.
 */
function packScoredWord(
  { scores, status }: ScoreColumn,
  limit: number,
  { member, from, to }: { readonly member: BitMember; readonly from: number; readonly to: number },
): boolean {
  let word = 0;
  for (let i = from; i < to; i++) {
    const score = scores[i]!;
    // Infinite or NaN is what differs from itself.
    if (status[i] !== SCORED || score - score !== 0) return false;
    word |= Number(score >= limit) << (i - from);
  }
  member.positive[from >>> 5] = word;
  return true;
}

function packScore(
  column: ScoreColumn,
  limit: number,
  { member, i, faults }: { readonly member: BitMember; readonly i: number; readonly faults: EvaluationFault[] },
): void {
  const status = column.status[i];
  const score = column.scores[i]!;
  if (status === SCORED && Number.isFinite(score)) {
    if (score >= limit) setBit(member.positive, i);
  } else if (status === ABSTAINED) setBit(member.abstained, i);
  else if (status === FAILED) setBit(member.failed, i);
  else {
    faults.push({
      code: 'EVAL_STATUS_INVALID',
      message: `Member "${member.name}" has status ${status} and score ${score} at example ${i}; status 0 needs a finite score, 1 is abstained, 2 is failed.`,
    });
  }
}
