// Question: what does a table say of a candidate: which positives are its alone, which are the others', how much is known?
// Source: Kish, Survey Sampling, 1965, §8.2: weights and near-copies scale the counts that the Betas are made with.
import { type BitColumn, difference, intersection, sizeOf, union } from '../table/bit-column.ts';
import type { BitMember, BitTable } from '../table/bit-table.ts';
import type { Clusters } from '../statistics/clusters.ts';
import { designEffect } from '../statistics/design-effect.ts';
import {
  effectiveCounts,
  effectiveScale,
  type LabelledSizes,
  labelledSizes,
  positiveCounts,
} from '../figures/labelled-sizes.ts';
import type { PositiveCounts, ShareCounts } from './gate-probabilities.ts';
import type { GateCounts } from './outcome.ts';
import { type Positives, positivesOf } from '../table/positives.ts';

/** What candidates are gated beside: the suite without them, counted once for all of them. */
export interface GateBase {
  readonly positives: Positives;
  readonly clusters: Clusters | null;
  readonly counts: PositiveCounts;
  readonly effective: PositiveCounts;
  readonly designEffect: number;
}

/** What a table says of one candidate. */
export interface CandidateEvidence {
  readonly counts: GateCounts;
  /** Whether it alone is positive anywhere, with label or without, known to be unique or not. */
  readonly hasUnique: boolean;
  /** Whether the others have any positive, with label or without. */
  readonly hasOthers: boolean;
  /** Labelled unique positives as rows, never weighted: what the next label is compared with. */
  readonly labelledUnique: number;
}

/** The suite without its candidates. */
export function gateBase(table: BitTable, clusters: Clusters | null): GateBase {
  const positives = positivesOf(table);
  const { sizes, effect } = clusteredSizes(table, positives.any, clusters);
  return {
    positives,
    clusters,
    counts: positiveCounts(sizes),
    effective: effectiveCounts(sizes, effect),
    designEffect: effect,
  };
}

/**
 * The evidence on a candidate beside the others.
 *
 * Its sole positives are those where no other member is positive; where another one failed, nobody knows whether they are
 * unique, so they are counted apart. λ is a matter of positives, whatever their labels: with one in ten of the unique
 * positives labelled, their labelled share would make the candidate a tenth of what it is.
 */
export function candidateEvidence(base: GateBase, candidate: BitMember): CandidateEvidence {
  const { table, any, anyFailed } = base.positives;
  const { weights, labelledPositive, labelledNegative } = table;
  const sole = difference(candidate.positive, any);
  const unique = difference(sole, anyFailed);
  const labelled = union([labelledPositive, labelledNegative], any.length);
  const { sizes, effect } = clusteredSizes(table, unique, base.clusters);
  const share = shareOf(base, unique);
  return {
    counts: {
      unique: positiveCounts(sizes),
      others: base.counts,
      uniqueUnknown: sizeOf(intersection(sole, anyFailed), weights).weight,
      uniqueUnlabelled: sizeOf(difference(unique, labelled), weights).weight,
      designEffect: { unique: effect, others: base.designEffect, share: share.effect },
      effective: { unique: effectiveCounts(sizes, effect), others: base.effective, share: share.counts },
    },
    hasUnique: sizeOf(sole, weights).weight > 0,
    hasOthers: sizeOf(any, weights).weight > 0,
    labelledUnique: rowsOf(table, intersection(unique, labelled)),
  };
}

function clusteredSizes(
  table: BitTable,
  set: BitColumn,
  clusters: Clusters | null,
): { sizes: LabelledSizes; effect: number } {
  const part = intersection(set, table.labelledPositive);
  const rest = intersection(set, table.labelledNegative);
  return { sizes: labelledSizes(table, set), effect: designEffect(part, rest, { weights: table.weights, clusters }) };
}

/** How many examples a set holds, whatever they weigh. */
function rowsOf({ counts }: BitTable, set: BitColumn): number {
  return sizeOf(set, counts ?? null).weight;
}

/** λ: the unique positives beside those of the others, at the effective size of both together. */
function shareOf({ positives, clusters }: GateBase, unique: BitColumn): { counts: ShareCounts; effect: number } {
  const { weights } = positives.table;
  const sizes = [sizeOf(unique, weights), sizeOf(positives.any, weights)] as const;
  const effect = designEffect(unique, positives.any, { weights, clusters });
  const scale = effectiveScale(sizes, effect);
  return { counts: { unique: sizes[0].weight * scale, others: sizes[1].weight * scale }, effect };
}
