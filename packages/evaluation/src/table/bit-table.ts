import { type BitColumn, type Weights, createBitColumn, setBit } from './bit-column.ts';
import { EvaluationError, type EvaluationFault, throwFaults } from '../errors.ts';
import type { JudgementCode, JudgementTable, Label } from './judgement-table.ts';

/** One member's judgements as bit columns. A bit that is set in none of them: negative. */
export interface BitMember {
  readonly name: string;
  readonly positive: BitColumn;
  readonly abstained: BitColumn;
  readonly failed: BitColumn;
  /** Only in a table of groups, which do not tell who abstained: weight of the examples that it judged. */
  readonly judged?: number;
}

/** A judgement table as bit columns: what all figures are computed from, and the fast way in. */
export interface BitTable {
  readonly kind: 'bits';
  /** n, the number of rows. */
  readonly examples: number;
  /** Labels that are 1. */
  readonly labelledPositive: BitColumn;
  /** Labels that are 0. A bit that is set in neither: label not known. */
  readonly labelledNegative: BitColumn;
  /** Sampling weights, shape [n], or `null` for 1 each. */
  readonly weights: Weights;
  /** Only in a table of groups (see `summaryTable`): how many examples each row stands for, shape [n]. */
  readonly counts?: Float64Array<ArrayBuffer>;
  readonly members: readonly BitMember[];
}

/**
 * A judgement table as bit columns; a table that is one already is checked and returned as it is.
 *
 * @throws {EvaluationError} `EVAL_LENGTH_MISMATCH`, `EVAL_LABEL_INVALID`, `EVAL_WEIGHT_INVALID`, `EVAL_JUDGEMENT_INVALID`,
 * `EVAL_MEMBER_DUPLICATE`; all faults together.
 * @example toBitTable({ labels: [1, 0], members: [{ name: 'a', judgements: [1, null] }] }).members[0]?.abstained // [0b10]
 */
export function toBitTable(table: JudgementTable | BitTable): BitTable {
  if ('kind' in table) return checkedBitTable(table);
  const faults = duplicateFaults(table.members);
  const labels = packLabels(table.labels, faults);
  const weights = packWeights(table.weights ?? null, table.labels.length, faults);
  const members = table.members.map(({ name, judgements }) =>
    packJudgements(name, judgements, table.labels.length, faults),
  );
  throwFaults(faults);
  return { kind: 'bits', examples: table.labels.length, ...labels, weights, members };
}

/** The labels of a table as bit columns; what is wrong is added to the faults. */
export function packLabels(
  labels: readonly Label[],
  faults: EvaluationFault[],
): Pick<BitTable, 'labelledPositive' | 'labelledNegative'> {
  const labelledPositive = createBitColumn(labels.length);
  const labelledNegative = createBitColumn(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label === 1) setBit(labelledPositive, i);
    else if (label === 0) setBit(labelledNegative, i);
    else if (label !== null) {
      faults.push({
        code: 'EVAL_LABEL_INVALID',
        message: `The label of example ${i} is ${shown(label)}; it must be 1, 0 or null (not known).`,
      });
    }
  }
  return { labelledPositive, labelledNegative };
}

/** The sampling weights of a table; what is wrong is added to the faults. */
export function packWeights(weights: readonly number[] | null, examples: number, faults: EvaluationFault[]): Weights {
  if (weights === null) return null;
  checkWeights(weights, examples, faults);
  return Float64Array.from(weights);
}

/** Squares of larger weights would be infinite when they are summed, and those of smaller ones 0. */
const WEIGHTS = { least: 1e-100, most: 1e100 };

function checkWeights(weights: ArrayLike<number>, examples: number, faults: EvaluationFault[]): void {
  checkLength('weights', weights.length, examples, faults);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight >= WEIGHTS.least && weight <= WEIGHTS.most) continue;
    faults.push({
      code: 'EVAL_WEIGHT_INVALID',
      message: `The sampling weight of example ${i} is ${shown(weight)}; it must be above 0 and finite (${WEIGHTS.least} to ${WEIGHTS.most}). Leave out examples that stand for nothing.`,
    });
  }
}

/** Adds a fault for every name that members share. */
export function duplicateFaults(members: readonly { readonly name: string }[]): EvaluationFault[] {
  const seen = new Set<string>();
  return members.flatMap(({ name }): EvaluationFault[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        code: 'EVAL_MEMBER_DUPLICATE',
        message: `Two members are named "${name}"; a name must be unique within a table. Rename or leave out one of them.`,
      },
    ];
  });
}

/** Adds a fault when something has not one entry per example. */
export function checkLength(what: string, length: number, examples: number, faults: EvaluationFault[]): void {
  if (length === examples) return;
  faults.push({
    code: 'EVAL_LENGTH_MISMATCH',
    message: `There are ${length} ${what} for ${examples} labels; there must be one per example, null where a label is not known.`,
  });
}

/** A table whose rows are examples, as whoever points at one of them needs it. */
export function toExampleTable(table: JudgementTable | BitTable, what: string): BitTable {
  const bits = toBitTable(table);
  if (bits.counts === undefined) return bits;
  throw new EvaluationError([
    {
      code: 'EVAL_EXAMPLES_WANTED',
      message: `${what} from the ${bits.examples} groups of a summary; a summary has forgotten its examples.\nTake the table that the summary was made from.`,
    },
  ]);
}

function packJudgements(
  name: string,
  judgements: readonly JudgementCode[],
  examples: number,
  faults: EvaluationFault[],
): BitMember {
  checkLength(`judgements of member "${name}"`, judgements.length, examples, faults);
  const member = createBitMember(name, examples);
  for (let i = 0; i < judgements.length && i < examples; i++) {
    const judgement = judgements[i];
    if (judgement === 1) setBit(member.positive, i);
    else if (judgement === null) setBit(member.abstained, i);
    else if (judgement === 'failed') setBit(member.failed, i);
    else if (judgement !== 0) {
      faults.push({
        code: 'EVAL_JUDGEMENT_INVALID',
        message: `Member "${name}" says ${shown(judgement)} of example ${i}; it must be 1, 0, null (abstained) or "failed".`,
      });
    }
  }
  return member;
}

/** A member that is negative on every example. */
export function createBitMember(name: string, examples: number): BitMember {
  return {
    name,
    positive: createBitColumn(examples),
    abstained: createBitColumn(examples),
    failed: createBitColumn(examples),
  };
}

/** A table made elsewhere, for example from shards: everything that is cheap to check, is. */
function checkedBitTable(table: BitTable): BitTable {
  const faults = duplicateFaults(table.members);
  const columns: [string, BitColumn][] = [
    ['positive labels', table.labelledPositive],
    ['negative labels', table.labelledNegative],
    ...table.members.flatMap((member): [string, BitColumn][] => [
      [`positives of member "${member.name}"`, member.positive],
      [`abstentions of member "${member.name}"`, member.abstained],
      [`failures of member "${member.name}"`, member.failed],
    ]),
  ];
  const words = Math.ceil(table.examples / 32);
  const used = table.examples % 32;
  for (const [what, column] of columns) {
    const isTailClean = used === 0 || (column[words - 1] ?? 0) >>> used === 0;
    if (column.length === words && isTailClean) continue;
    faults.push({
      code: 'EVAL_LENGTH_MISMATCH',
      message: `The bit column of the ${what} has ${column.length} words${isTailClean ? '' : ' and bits beyond the last example'}; ${table.examples} examples take ${words} words, the bits beyond being 0.`,
    });
  }
  if (table.weights !== null) checkWeights(table.weights, table.examples, faults);
  const both = table.labelledPositive.findIndex((word, w) => (word & (table.labelledNegative[w] ?? 0)) !== 0);
  if (both !== -1) {
    faults.push({
      code: 'EVAL_LABEL_INVALID',
      message: `Among the examples ${32 * both} to ${32 * both + 31} there is one that is labelled both 1 and 0; a label is one of them, or in neither column where it is not known.`,
    });
  }
  if (table.counts !== undefined) checkLength('counts', table.counts.length, table.examples, faults);
  throwFaults(faults);
  return table;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
