// Question: what do two tables say of a change: how many of the suite's positives stay, come and go, and how much is known?
// Source: Kish, Survey Sampling, 1965, §8.2: weights and near-copies scale the counts, each share by its own.
import { type BitColumn, difference, intersection, sizeOf, union } from '../table/bit-column.ts';
import type { ChangeEvidence, RegionEvidence } from './change-probabilities.ts';
import { CHANGE_REGIONS, type ChangedTables, regionColumns } from './change-regions.ts';
import type { Clusters } from '../statistics/clusters.ts';
import { type ClusteredSample, designEffect } from '../statistics/design-effect.ts';
import { effectiveCounts, effectiveScale, labelledSizes, positiveCounts } from '../figures/labelled-sizes.ts';
import type { PositiveCounts } from './gate-probabilities.ts';
import type { ChangeRegion } from './outcome.ts';

type ByRegion<T> = { readonly [Region in ChangeRegion]: T };

/** What two tables say of a change. */
export interface ChangeFacts {
  /** Labelled positives, by weight. */
  readonly counts: ByRegion<PositiveCounts>;
  /** Positives with label or without, by weight. */
  readonly sizes: ByRegion<number>;
  readonly unlabelled: ByRegion<number>;
  /** Weight of what would come and go, if another member had not failed there. */
  readonly unknown: number;
  readonly evidence: ChangeEvidence;
  /** The largest of those that the counts were divided by. */
  readonly designEffect: number;
}

/** What {@link changeEvidence} takes besides the tables. */
export interface ChangeEvidenceOptions {
  readonly candidate: string;
  readonly clusters: Clusters | null;
  readonly required: ReadonlySet<string>;
}

/** The evidence on a change; the tables differ in the candidate only. */
export function changeEvidence(
  tables: ChangedTables,
  { candidate, clusters, required }: ChangeEvidenceOptions,
): ChangeFacts {
  const table = tables.before;
  const { weights } = table;
  const sample = { weights, clusters };
  const columns = regionColumns(tables, candidate, required);
  const sizes = byRegion((region) => sizeOf(columns[region], weights));
  const labelled = byRegion((region) => labelledSizes(table, columns[region]));
  const found = byRegion((region) => intersection(columns[region], table.labelledPositive));
  const within = byRegion((region) =>
    designEffect(found[region], intersection(columns[region], table.labelledNegative), sample),
  );
  const amongPositives = largestEffect(
    [columns.gained, columns.lost],
    CHANGE_REGIONS.map((region) => columns[region]),
    sample,
  );
  const amongLabels = largestEffect([found.gained, found.lost], [...Object.values(found), columns.missed], sample);
  const scale = effectiveScale(Object.values(sizes), amongPositives);
  const missed = sizeOf(columns.missed, weights);
  const known = union([table.labelledPositive, table.labelledNegative], columns.kept.length);
  const labelScale = effectiveScale([...CHANGE_REGIONS.map((region) => labelled[region].true), missed], amongLabels);
  return {
    counts: byRegion((region) => positiveCounts(labelled[region])),
    sizes: byRegion((region) => sizes[region].weight),
    unlabelled: byRegion((region) => sizeOf(difference(columns[region], known), weights).weight),
    unknown: sizeOf(columns.unknown, weights).weight,
    evidence: {
      regions: byRegion((region): RegionEvidence => ({
        counts: effectiveCounts(labelled[region], within[region]),
        size: sizes[region].weight * scale,
        found: labelled[region].true.weight * labelScale,
      })),
      missed: missed.weight * labelScale,
    },
    designEffect: Math.max(amongPositives, amongLabels, ...Object.values(within)),
  };
}

/** The largest design effect of what changes in the whole, 1 when nothing does. */
function largestEffect(changed: readonly BitColumn[], whole: readonly BitColumn[], sample: ClusteredSample): number {
  const all = union(whole, whole[0]!.length);
  const effects = changed
    .filter((part) => part.some((word) => word !== 0))
    .map((part) => designEffect(part, difference(all, part), sample));
  return Math.max(1, ...effects);
}

function byRegion<T>(make: (region: ChangeRegion) => T): ByRegion<T> {
  return { kept: make('kept'), gained: make('gained'), lost: make('lost') };
}
