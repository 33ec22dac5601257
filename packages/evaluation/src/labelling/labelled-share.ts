// Question: were some examples given a label more readily than others, and do the weights make up for it?
// Source: Fisher's exact test of labelled against unlabelled; Horvitz & Thompson, A generalization of sampling without
// replacement from a finite universe, JASA 47 (1952), 663–685 (1 ÷ inclusion probability as a weight).
import { type BitColumn, intersection, type SetSize, sizeOf, union } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import { effectiveSize } from '../statistics/wilson-interval.ts';
import { fisherTest } from '../statistics/fisher-test.ts';

/** A part of the examples with what of it has a label. */
export interface LabelledPart {
  /** What it is, in the plural: "negative verdicts". */
  readonly name: string;
  /** Examples, never weighted. */
  readonly examples: number;
  readonly labelled: number;
  /** Σd over all of it. */
  readonly weight: number;
  /** Σd and Σd² over what is labelled. */
  readonly labelledSize: SetSize;
}

/** Shares that differ by less than a tenth of each other move a figure less than its interval is wide. */
const MATERIAL = 1.1;
/** The 99.95 % point of the normal distribution: 99.9 % lie within ± this. */
const Z_999 = 3.2905;

/** Counts a part of the examples. */
export function labelledPart(table: BitTable, name: string, part: BitColumn): LabelledPart {
  const labels = union([table.labelledPositive, table.labelledNegative], part.length);
  const labelled = intersection(part, labels);
  // Rows of a summary stand for many examples.
  const counts = table.counts ?? null;
  return {
    name,
    examples: sizeOf(part, counts).weight,
    labelled: sizeOf(labelled, counts).weight,
    weight: sizeOf(part, table.weights).weight,
    labelledSize: sizeOf(labelled, table.weights),
  };
}

/**
 * Whether one part was labelled more readily than the other: a difference that matters and that chance does not explain.
 *
 * The labelled shares differ by more than a tenth, and Fisher's test gives less than `significance`. With weights they are
 * nevertheless balanced when the weights of the labelled are to each other as the parts are, by examples or by weight,
 * within a tenth or within what chance may do to sums of so many labels.
 */
export function isUnbalanced(
  a: LabelledPart,
  b: LabelledPart,
  { isWeighted, significance }: { readonly isWeighted: boolean; readonly significance: number },
): boolean {
  if (a.examples === 0 || b.examples === 0) return false;
  if (isNear(a.labelled * b.examples, b.labelled * a.examples, Math.log(MATERIAL))) return false;
  const probability = fisherTest([a.labelled, a.examples - a.labelled], [b.labelled, b.examples - b.labelled]);
  if (probability >= significance) return false;
  return !isWeighted || !(isBalancedBy(a, b, (part) => part.examples) || isBalancedBy(a, b, (part) => part.weight));
}

function isBalancedBy(a: LabelledPart, b: LabelledPart, sizeOfPart: (part: LabelledPart) => number): boolean {
  if (a.labelled === 0 || b.labelled === 0) return false;
  const error = Math.sqrt(1 / effectiveSize(a.labelledSize) + 1 / effectiveSize(b.labelledSize));
  const tolerance = Math.max(Math.log(MATERIAL), Z_999 * error);
  return isNear(a.labelledSize.weight * sizeOfPart(b), b.labelledSize.weight * sizeOfPart(a), tolerance);
}

/** Whether two numbers ≥ 0 are within a factor, given as its logarithm. */
function isNear(x: number, y: number, logFactor: number): boolean {
  return x === y || Math.abs(Math.log(x / y)) <= logFactor;
}
