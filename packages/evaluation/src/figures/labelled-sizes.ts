// Question: how much of a set is true and how much is false, and how many independent examples is that worth?
// Source: Kish, Survey Sampling, 1965, §8.2 (effective size under weights; design effect under clusters).
import { type BitColumn, type SetSize, sizeOfBoth } from '../table/bit-column.ts';
import type { BitTable } from '../table/bit-table.ts';
import { effectiveSize } from '../statistics/wilson-interval.ts';
import type { PositiveCounts } from '../gate/gate-probabilities.ts';

/** The labelled examples of a set, by their label. */
export interface LabelledSizes {
  readonly true: SetSize;
  readonly false: SetSize;
}

/** The labelled examples of a set. */
export function labelledSizes(
  { labelledPositive, labelledNegative, weights }: BitTable,
  column: BitColumn,
): LabelledSizes {
  return {
    true: sizeOfBoth(column, labelledPositive, weights),
    false: sizeOfBoth(column, labelledNegative, weights),
  };
}

/** Σd of the labelled examples of a set, by their label. */
export function positiveCounts(sizes: LabelledSizes): PositiveCounts {
  return { truePositives: sizes.true.weight, falsePositives: sizes.false.weight };
}

/**
 * The counts, scaled so that they add up to the number of independent examples that tell as much.
 *
 * @param designEffect - What clusters do to the variance beyond what weights do, ≥ 1.
 */
export function effectiveCounts(sizes: LabelledSizes, designEffect = 1): PositiveCounts {
  const scale = effectiveScale([sizes.true, sizes.false], designEffect);
  return { truePositives: sizes.true.weight * scale, falsePositives: sizes.false.weight * scale };
}

/** What the weights of disjoint sets are multiplied by so that they add up to the effective size of their union. */
export function effectiveScale(parts: readonly SetSize[], designEffect: number): number {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const squares = parts.reduce((sum, part) => sum + part.squares, 0);
  return weight === 0 ? 0 : effectiveSize({ weight, squares }) / weight / designEffect;
}
