// Question: how large is a stratum, and how uncertain is the number of its positive labels?
// Source: Cochran, Sampling Techniques, 3rd ed. 1977, §2.6 and §5.3 (total of a simple random sample without replacement).
import type { BitTable } from '../table/bit-table.ts';
import { hasBit } from '../table/bit-column.ts';
import { concentrations, type LabelCounts } from './rate-guess.ts';
import { NO_STRATUM, type Strata, type StratumSubject } from './strata.ts';

/** The examples of a stratum that have no label: what can be drawn from. */
export interface StratumFrame extends Pick<StratumSubject, 'kind' | 'member'> {
  /** Indices, ascending. */
  readonly open: readonly number[];
  /** Σ d over them. */
  readonly weight: number;
  /** Σ d² over them. */
  readonly squares: number;
}

/** A frame per stratum, and what the labels that are there already say of it. */
export function stratumFrames(
  table: BitTable,
  { subjects, stratumOf }: Strata,
): { frames: StratumFrame[]; counts: LabelCounts[] } {
  const frames = subjects.map(({ kind, member }) => ({ kind, member, open: [] as number[], weight: 0, squares: 0 }));
  const counts = subjects.map(() => ({ labels: 0, positive: 0 }));
  for (const [i, h] of stratumOf.entries()) {
    if (h === NO_STRATUM) continue;
    const isPositive = hasBit(table.labelledPositive, i);
    if (isPositive || hasBit(table.labelledNegative, i)) {
      counts[h]!.labels += 1;
      if (isPositive) counts[h]!.positive += 1;
      continue;
    }
    const weight = table.weights?.[i] ?? 1;
    frames[h]!.open.push(i);
    frames[h]!.weight += weight;
    frames[h]!.squares += weight * weight;
  }
  const spread = concentrations(subjects.map(({ band }, h) => ({ band, examples: frames[h]!.open.length })));
  return {
    frames,
    counts: counts.map((count, h) => ({ kind: subjects[h]!.kind, ...count, concentration: spread[h]! })),
  };
}

/**
 * b in b × (1/n − 1/N): the variance of the estimated weight of the positive labels of a stratum, when n of its N examples
 * are labelled.
 *
 * b = N² S², with S² = p (1 − p) · Σd² ÷ N, what is expected of d (y − p) when each label is 1 with probability p. A single
 * stratum of n labels is then worth n examples to `wilsonInterval`, when the figure is about the source of the examples.
 *
 * @param rate - p, the share of positive labels.
 */
export function totalVariance(examples: number, squares: number, rate: number): number {
  return examples * squares * rate * (1 - rate);
}
