// Question: which examples count for which figure, and where among the others are positive labels likely?
// Source: Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5; strata whose sizes grow by a factor where what is looked for is
// rare and skewed: Gunning & Horgan, Survey Methodology 30 (2004), 159–166.
import { type BitColumn, difference, hasBit, indicesOf } from '../table/bit-column.ts';
import { type Positives, undeterminedOf } from '../table/positives.ts';

/** What the examples of a stratum have in common. */
export interface StratumSubject {
  /** Positive for one member alone, positive otherwise, or for nobody. */
  readonly kind: 'unique' | 'shared' | 'none';
  /** The member of a unique set. */
  readonly member: string | null;
  /** Lowest and highest normalised score found in it; only where nobody is positive and somebody scored. */
  readonly band: { readonly from: number; readonly to: number } | null;
}

/** Every example in at most one stratum. */
export interface Strata {
  /** Those that hold an example without a label, in the order in which they are told. */
  readonly subjects: readonly StratumSubject[];
  /** Shape [n], with label or without: place among the subjects; {@link NO_STRATUM} where the example counts for no figure. */
  readonly stratumOf: Int32Array<ArrayBuffer>;
}

/** The example counts for no figure, or its kind has no example left that could be labelled. */
export const NO_STRATUM = -1;

/** From the highest band down, each holds so many times as many examples as the one before. */
const BAND_GROWTH = 4;

/** A set of examples that becomes a stratum if any of it has no label. */
interface Part {
  readonly kind: StratumSubject['kind'];
  readonly member: string | null;
  readonly examples: readonly number[];
}

/**
 * Divides the examples by the figure that they count for: each member's unique positives; the other positives; and where
 * nobody is positive, bands of the highest normalised score, and apart from them where nobody scored.
 *
 * A member's sole positives on which another member failed are unique for nobody, so they are among the other positives.
 * Undetermined examples count for no figure and are in no stratum.
 *
 * @param normalised - Shape [n], see `normalisedScores`.
 * @param bands - How many, at least 1; from the top each holds 4 times as many examples as the one before: 1, 4, 16, 64 of 85.
 */
export function divideIntoStrata(positives: Positives, normalised: Float64Array, bands: number): Strata {
  const { table } = positives;
  const isOpen = (i: number): boolean => !hasBit(table.labelledPositive, i) && !hasBit(table.labelledNegative, i);
  const subjects: StratumSubject[] = [];
  const stratumOf = new Int32Array(table.examples).fill(NO_STRATUM);
  for (const { kind, member, examples } of partsOf(positives, normalised, { bands, isOpen })) {
    if (!examples.some(isOpen)) continue;
    const place = subjects.push({ kind, member, band: kind === 'none' ? bandOf(examples, normalised) : null }) - 1;
    for (const i of examples) stratumOf[i] = place;
  }
  return { subjects, stratumOf };
}

function partsOf(
  positives: Positives,
  normalised: Float64Array,
  { bands, isOpen }: { readonly bands: number; readonly isOpen: (i: number) => boolean },
): Part[] {
  const { table, all, any } = positives;
  const unique = table.members.map((member): Part => ({
    kind: 'unique',
    member: member.name,
    examples: indicesOf(uniqueColumn(positives, member.positive)),
  }));
  const shared: Part = { kind: 'shared', member: null, examples: indicesOf(sharedColumn(positives)) };
  const none = indicesOf(difference(difference(all, any), undeterminedOf(positives, any)));
  const scored = none.filter((i) => normalised[i]! > -Infinity);
  const limits = bandLimits(scored.filter(isOpen), normalised, bands);
  const inBands = limits.map((): number[] => []);
  for (const i of scored) {
    const band = limits.findIndex((limit) => normalised[i]! >= limit);
    // A labelled example may score lower than all that are open.
    inBands.at(band)?.push(i);
  }
  const unscored = none.filter((i) => normalised[i] === -Infinity);
  return [
    ...unique,
    shared,
    ...[...inBands, unscored].map((examples): Part => ({ kind: 'none', member: null, examples })),
  ];
}

/** Where this member alone is positive and nobody failed. */
export function uniqueColumn({ twoOrMore, anyFailed }: Positives, positive: BitColumn): BitColumn {
  return difference(difference(positive, twoOrMore), anyFailed);
}

/** Where somebody is positive and no member's unique positives are: two or more, or one beside a failure. */
export function sharedColumn({ any, twoOrMore, anyFailed }: Positives): BitColumn {
  return difference(any, difference(difference(any, twoOrMore), anyFailed));
}

/** The lowest normalised score of each band, from the highest band down; equal scores are in one band. */
function bandLimits(examples: readonly number[], normalised: Float64Array, bands: number): number[] {
  const descending = Float64Array.from(examples, (i) => -normalised[i]!).toSorted();
  if (descending.length === 0) return [];
  const limits = Array.from({ length: bands }, (_, b) => {
    const share = (BAND_GROWTH ** (b + 1) - 1) / (BAND_GROWTH ** bands - 1);
    return -descending[Math.ceil(share * descending.length) - 1]!;
  });
  return [...new Set(limits)];
}

function bandOf(examples: readonly number[], normalised: Float64Array): StratumSubject['band'] {
  let [from, to] = [Infinity, -Infinity];
  for (const i of examples) {
    from = Math.min(from, normalised[i]!);
    to = Math.max(to, normalised[i]!);
  }
  return Number.isFinite(from) ? { from, to } : null;
}
