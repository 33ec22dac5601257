// Question: what does a member do to the suite's precision, and by how much?
// Source: the mediant of two fractions lies between them; here (uTP + oTP)/(n_u + n_o) between uTP/n_u and oTP/n_o.
import { type GateEvidence, totalOf } from './gate-probabilities.ts';
import { ratio } from '../figures/ratios.ts';

/**
 * What a member does to the suite's precision. `none`: it has no unique positives. `first`: nobody else has positives, so
 * that its unique precision *is* the suite's and only the policy's floor can be its measure.
 */
export type MediantEffect = 'raises' | 'keeps' | 'lowers' | 'none' | 'first';

/** The four numbers of the mediant. */
export interface Mediant {
  /** u; `null` without unique positives. */
  readonly uniquePrecision: number | null;
  /** o; `null` when the others have no positives. */
  readonly precisionWithout: number | null;
  /** s; `null` when neither have any. */
  readonly precision: number | null;
  /** λ, the unique positives' share of the suite's; `null` when there are no positives. */
  readonly uniqueShare: number | null;
  readonly effect: MediantEffect;
}

/**
 * The blueprint's arithmetic: s = o + λ(u − o), therefore u ≥ o ⇔ s ≥ o ⇔ u ≥ s.
 *
 * All three ask the same only without a margin: with one they are different tests, see `gateProbabilities`. The comparison
 * is by products of counts, not of rounded quotients, so that whole counts compare exactly. The evidence must be labelled
 * and disjoint; where members failed, positives that may or may not be unique are in neither set and s is that of the rest.
 *
 * @throws {EvaluationError} `EVAL_COUNT_INVALID`
 * @example
 * mediant({ unique: { truePositives: 3, falsePositives: 1 }, others: { truePositives: 4, falsePositives: 4 } })
 * // { uniquePrecision: 0.75, precisionWithout: 0.5, precision: 0.583, uniqueShare: 0.333, effect: 'raises' }
 */
export function mediant({ unique, others }: GateEvidence): Mediant {
  const uniqueCount = totalOf(unique);
  const othersCount = totalOf(others);
  return {
    uniquePrecision: ratio(unique.truePositives, uniqueCount),
    precisionWithout: ratio(others.truePositives, othersCount),
    precision: ratio(unique.truePositives + others.truePositives, uniqueCount + othersCount),
    uniqueShare: ratio(uniqueCount, uniqueCount + othersCount),
    effect: effectOf({ unique, others }),
  };
}

function effectOf({ unique, others }: GateEvidence): MediantEffect {
  if (totalOf(unique) === 0) return 'none';
  if (totalOf(others) === 0) return 'first';
  const difference = unique.truePositives * others.falsePositives - others.truePositives * unique.falsePositives;
  if (difference === 0) return 'keeps';
  return difference > 0 ? 'raises' : 'lowers';
}
