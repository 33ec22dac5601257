// Question: is a difference between two shares more than chance?
// Source: Fisher, The logic of inductive inference, JRSS 98 (1935), 39–82 (the exact test of a two-by-two table).

/** Weights of the distribution below this part of the largest add nothing to a double. */
const NEGLIGIBLE = 1e-30;

/**
 * Fisher's exact test: how likely a difference between a ÷ (a + b) and c ÷ (c + d) at least as rare as this one is, if both
 * groups are alike.
 *
 * The sum of the hypergeometric probabilities that are not above the observed one ("two-sided"). Weights are followed from
 * the largest outwards by their ratios, so that no factorial is needed: about √n steps.
 *
 * @param table - Whole numbers ≥ 0: successes and failures of one group, then of the other.
 * @returns In [0, 1]; 1 where a row or a column is empty.
 * @example fisherTest([1, 9], [11, 3]) // 0.00276
 */
export function fisherTest([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  const group = a + b;
  const successes = a + c;
  const total = group + c + d;
  const lowest = Math.max(0, group + successes - total);
  const highest = Math.min(group, successes);
  const mode = Math.min(highest, Math.floor(((group + 1) * (successes + 1)) / (total + 2)));
  const weights = new Map([[mode, 1]]);
  /** P(k + 1) ÷ P(k). */
  const ratio = (k: number): number =>
    ((group - k) * (successes - k)) / ((k + 1) * (total - group - successes + k + 1));
  for (let k = mode, weight = 1; k < highest && weight > NEGLIGIBLE; k++) {
    weight *= ratio(k);
    weights.set(k + 1, weight);
  }
  for (let k = mode, weight = 1; k > lowest && weight > NEGLIGIBLE; k--) {
    weight /= ratio(k - 1);
    weights.set(k - 1, weight);
  }
  const observed = weights.get(a) ?? 0;
  let all = 0;
  let rare = 0;
  for (const weight of weights.values()) {
    all += weight;
    // Equal probabilities that come out different in the last digits are equal.
    if (weight <= observed * (1 + 1e-7)) rare += weight;
  }
  return Math.min(1, rare / all);
}
