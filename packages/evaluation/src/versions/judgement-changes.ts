// Question: two versions of one member on the same examples: which judgements differ, and whose?
// Source: the judgement is that of the contract: score ≥ threshold, both float32; abstaining and failing are judgements, too.
import { type Judgement, judgementAt } from '@clamor/contract';

import { type EvaluationFault, throwFaults } from '../errors.ts';
import { checkLength } from '../table/bit-table.ts';
import type { MemberColumn } from '../table/columns-to-table.ts';
import type { Label } from '../table/judgement-table.ts';

/** Two versions of a member on the same examples. */
export interface VersionColumns {
  readonly before: Pick<MemberColumn, 'column' | 'threshold'>;
  readonly after: Pick<MemberColumn, 'column' | 'threshold'>;
}

/** One way in which judgements changed: from positive to negative, for example. */
export interface JudgementChange {
  readonly from: Judgement;
  readonly to: Judgement;
  /** Numbers of examples, never weighted. */
  readonly positiveLabels: number;
  readonly negativeLabels: number;
  readonly withoutLabel: number;
  /** Places of the examples, rising. */
  readonly places: readonly number[];
}

/** What {@link judgementChanges} takes. */
export interface JudgementChangesOptions extends VersionColumns {
  /** Shape [n]. */
  readonly labels: readonly Label[];
}

/** The order in which ways are told: what the suite feels first. */
const ORDER: readonly Judgement[] = ['positive', 'negative', 'abstained', 'failed'];

/**
 * The judgements that differ between two versions of a member, by the way in which they do, with counts by label.
 *
 * @returns Only ways that occur, in a fixed order; empty when every judgement is the same.
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`
 * @example
 * const before = { column: column([0.2, 0.8], (x) => x), threshold: 0.5 };
 * const after = { ...before, threshold: 0.1 };
 * judgementChanges({ labels: [1, 1], before, after }).map(({ from, to }) => [from, to]) // [['negative', 'positive']]
 */
export function judgementChanges({ labels, before, after }: JudgementChangesOptions): JudgementChange[] {
  checkVersions({ before, after }, labels.length);
  const ways = new Map<string, { from: Judgement; to: Judgement; places: number[] }>();
  for (let i = 0; i < labels.length; i++) {
    const from = judgementAt(before.column, i, before.threshold);
    const to = judgementAt(after.column, i, after.threshold);
    if (from === to) continue;
    const way = ways.get(`${from} ${to}`);
    if (way === undefined) ways.set(`${from} ${to}`, { from, to, places: [i] });
    else way.places.push(i);
  }
  const rank = ({ from, to }: Pick<JudgementChange, 'from' | 'to'>): number =>
    ORDER.indexOf(from) * ORDER.length + ORDER.indexOf(to);
  return [...ways.values()]
    .toSorted((a, b) => rank(a) - rank(b))
    .map((way) => {
      const count = (label: Label): number => way.places.filter((i) => labels[i] === label).length;
      return { ...way, positiveLabels: count(1), negativeLabels: count(0), withoutLabel: count(null) };
    });
}

/** Refuses columns of other lengths. */
export function checkVersions({ before, after }: VersionColumns, examples: number): void {
  const faults: EvaluationFault[] = [];
  checkLength('scores of the version before', before.column.scores.length, examples, faults);
  checkLength('scores of the version after', after.column.scores.length, examples, faults);
  throwFaults(faults);
}
