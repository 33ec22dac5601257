// Question: which labels did a plan ask for, and are the examples still those that it was made for?
// Source: the strata of the plan, compared with those of the table.
import { type BitColumn, createBitColumn, difference, hasBit, setBit, sizeOf, union } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import { EvaluationError } from '../errors.ts';
import type { LabelPlan, LabelStratum } from './label-plan.ts';
import { concentrations } from './rate-guess.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';
import { sharedColumn, type StratumSubject, uniqueColumn } from './strata.ts';

/** A stratum with the labels that came in. */
export interface StratumSample extends Pick<LabelStratum, 'kind' | 'member' | 'examples' | 'weight'> {
  /** Σ d² over its examples, scaled up from those that were labelled. */
  readonly squares: number;
  /** Chosen examples that have a label now. */
  readonly labels: number;
  /** Those of them whose label is 1. */
  readonly positive: number;
  readonly concentration: number;
  /** Σ d y ÷ Σ d over them; `null` when there are none. */
  readonly rate: number | null;
}

/** The labels that a plan asked for. */
export interface PlanSample {
  /** In the order of the plan. */
  readonly strata: readonly StratumSample[];
  /** Examples that were chosen, labelled by now or not. */
  readonly asked: BitColumn;
}

/**
 * The labels of the chosen examples by stratum.
 *
 * @throws {EvaluationError} `EVAL_PLAN_MISMATCH` when an example is not in the stratum that it was chosen from, or a stratum
 * has become larger or smaller: by other thresholds, other members, or labels that were not asked for.
 */
export function sampleOfPlan(positives: Positives, plan: LabelPlan): PlanSample {
  const asked = createBitColumn(positives.table.examples);
  for (const { example } of plan.chosen) {
    if (!(example < positives.table.examples)) refuse(`it asks for example ${example} of ${positives.table.examples}`);
    setBit(asked, example);
  }
  checkPlan(positives, plan, asked);
  const spread = concentrations(plan.strata);
  const strata = plan.strata.map(({ kind, member, examples, weight }, h) => {
    const chosen = plan.chosen.filter(({ stratum }) => stratum === h).map(({ example }) => example);
    const concentration = spread[h]!;
    return { kind, member, examples, weight, concentration, ...labelsOf(positives.table, chosen, examples) };
  });
  return { strata, asked };
}

function labelsOf(
  table: BitTable,
  chosen: readonly number[],
  examples: number,
): Pick<StratumSample, 'squares' | 'labels' | 'positive' | 'rate'> {
  let [labels, positive, weight, squares, positiveWeight] = [0, 0, 0, 0, 0];
  for (const i of chosen) {
    const isPositive = hasBit(table.labelledPositive, i);
    if (!isPositive && !hasBit(table.labelledNegative, i)) continue;
    const d = table.weights?.[i] ?? 1;
    labels += 1;
    weight += d;
    squares += d * d;
    if (!isPositive) continue;
    positive += 1;
    positiveWeight += d;
  }
  return {
    squares: labels === 0 ? 0 : (squares / labels) * examples,
    labels,
    positive,
    rate: labels === 0 ? null : positiveWeight / weight,
  };
}

function checkPlan(positives: Positives, plan: LabelPlan, asked: BitColumn): void {
  const { table } = positives;
  const knownBefore = difference(union([table.labelledPositive, table.labelledNegative], asked.length), asked);
  const subjects: StratumSubject[] = [
    ...table.members.map(({ name }) => ({ kind: 'unique' as const, member: name, band: null })),
    { kind: 'shared', member: null, band: null },
    { kind: 'none', member: null, band: null },
  ];
  for (const { name, member } of plan.strata) {
    if (member !== null && !table.members.some((one) => one.name === member)) {
      refuse(`its stratum "${name}" is of a member that the table does not hold`);
    }
  }
  for (const subject of subjects) {
    const column = columnOf(positives, subject);
    const open = sizeOf(difference(column, knownBefore), null).weight;
    const strata = plan.strata.filter((stratum) => isOf(subject, stratum));
    const planned = strata.reduce((sum, { examples }) => sum + examples, 0);
    const what = subject.member === null ? subject.kind : `${subject.kind} of ${subject.member}`;
    if (open !== planned) {
      refuse(`it counts ${planned} examples of kind ${what} without a label, the table ${open} and those asked for`);
    }
    const stray = plan.chosen.find(
      ({ example, stratum }) => isOf(subject, plan.strata[stratum]!) && !hasBit(column, example),
    );
    if (stray !== undefined) refuse(`example ${stray.example} was chosen as one of kind ${what}, which it is not`);
  }
}

function isOf(subject: StratumSubject, { kind, member }: LabelStratum): boolean {
  return kind === subject.kind && member === subject.member;
}

function columnOf(positives: Positives, { kind, member }: StratumSubject): BitColumn {
  if (kind === 'shared') return sharedColumn(positives);
  if (kind === 'none')
    return difference(difference(positives.all, positives.any), undeterminedOf(positives, positives.any));
  return uniqueColumn(positives, positives.table.members.find(({ name }) => name === member)!.positive);
}

function refuse(found: string): never {
  throw new EvaluationError([
    {
      code: 'EVAL_PLAN_MISMATCH',
      message: `The label plan was not made for this table: ${found}. Use the table that it was made for, with the same members, thresholds and required ones, and no label that it did not ask for.`,
    },
  ]);
}
