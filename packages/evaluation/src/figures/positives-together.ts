// Question: how often are two members positive together, and in company of how many is a member positive?
// Source: one walk over the examples with their lists of positive members; see fair-shares.ts and overlaps.ts for the use.
import { lowestBit } from '../table/bit-column.ts';
import type { Positives } from '../table/positives.ts';

/** Σd of the examples that members are positive on together; m members. Whole-number weights are exact. */
export interface PositivesTogether {
  /** Shape [m, m]: at i · m + j, for i < j, where both are positive. */
  readonly both: Float64Array;
  /** Likewise where these two and nobody else are positive. */
  readonly onlyBoth: Float64Array;
  /** Shape [3, m, m + 1]: at (l · m + j) · (m + 1) + k, where j is positive as one of k; l is 0 or 1 like the label, else 2. */
  readonly byVoices: Float64Array;
}

/**
 * One step per positive judgement and one per pair of positives of an example.
 *
 * Pairs of columns could be counted 32 examples at a time instead. For 32 members at a positive rate of 5 % that was slower,
 * and at lower rates by far; it would pay where most members are positive on most examples.
 */
export function countTogether({ table, any }: Positives): PositivesTogether {
  const m = table.members.length;
  const columns = table.members.map(({ positive }) => positive);
  const { labelledPositive, labelledNegative, weights } = table;
  const both = new Float64Array(m * m);
  const onlyBoth = new Float64Array(m * m);
  const byVoices = new Float64Array(3 * m * (m + 1));
  // Of the 32 examples of a word: how many members are positive, and which, m places each.
  const voices = new Uint32Array(32);
  const who = new Uint32Array(32 * m);

  for (let w = 0; w < any.length; w++) {
    if (any[w] === 0) continue;
    for (let j = 0; j < m; j++) {
      for (let bits = columns[j]![w]!; bits !== 0; bits &= bits - 1) {
        const bit = lowestBit(bits);
        who[bit * m + voices[bit]!++] = j;
      }
    }
    for (let bits = any[w]!; bits !== 0; bits &= bits - 1) {
      const bit = lowestBit(bits);
      const k = voices[bit]!;
      voices[bit] = 0;
      const weight = weights === null ? 1 : weights[w * 32 + bit]!;
      // Without a branch: labels come in no order that a processor could guess.
      const isTrue = (labelledPositive[w]! >>> bit) & 1;
      const isFalse = (labelledNegative[w]! >>> bit) & 1;
      const labelled = (2 - 2 * isFalse - isTrue) * m;
      const first = bit * m;
      if (k === 2) {
        const [a, b] = [who[first]!, who[first + 1]!];
        byVoices[(labelled + a) * (m + 1) + 2]! += weight;
        byVoices[(labelled + b) * (m + 1) + 2]! += weight;
        onlyBoth[a * m + b]! += weight;
        continue;
      }
      for (let p = first; p < first + k; p++) {
        const a = who[p]!;
        byVoices[(labelled + a) * (m + 1) + k]! += weight;
        for (let q = p + 1; q < first + k; q++) both[a * m + who[q]!]! += weight;
      }
    }
  }
  for (let pair = 0; pair < both.length; pair++) both[pair]! += onlyBoth[pair]!;
  return { both, onlyBoth, byVoices };
}
