// Question: how many labels does each stratum get, so that the least certain of several figures is as certain as possible?
// Source: Chromy, Design optimization with multiple objectives, Proc. ASA Survey Research Methods 1987, 194–199; Bethel,
// Sample allocation in multivariate surveys, Survey Methodology 15 (1989), 47–57; for one figure Neyman, JRSS 97 (1934).

/** What {@link allocateLabels} takes. */
export interface AllocationProblem {
  /** Examples of each stratum, shape [strata], whole numbers ≥ 1. */
  readonly sizes: readonly number[];
  /** Shape [figures][strata], ≥ 0: with n of N examples labelled, a stratum adds a × (1/n − 1/N) to the variance. */
  readonly coefficients: readonly (readonly number[])[];
  /** Labels to give away; at least `fewestLabels(sizes)`. */
  readonly budget: number;
}

/** An allocation before it is rounded. */
interface Allocation {
  readonly labels: readonly number[];
  /** The largest variance of any figure. */
  readonly largest: number;
}

/** A variance within a stratum needs two labels. */
const FEWEST = 2;

/** Distance from the optimum, as a part of the largest variance, at which the search stops; 2e-5 of a standard error. */
const GAP = 4e-5;
const ROUNDS = 2000;

/** No figure is given up for good: its stratum may become the least certain one later. */
const SMALLEST_PRICE = 1e-9;

/** How many labels it takes: two per stratum, or all of a smaller one. */
export function fewestLabels(sizes: readonly number[]): number {
  return sum(sizes.map((size) => Math.min(FEWEST, size)));
}

/**
 * Labels per stratum that make the largest variance of the figures smallest.
 *
 *     minimise  maxₜ Σₕ aₜₕ (1/nₕ − 1/Nₕ)   over   Σ nₕ = budget,   min(2, Nₕ) ≤ nₕ ≤ Nₕ
 *
 * Every figure has a price; for fixed prices the best allocation is Neyman's, nₕ ∝ √(Σₜ priceₜ aₜₕ) within its bounds; then
 * prices move with the squares of the variances (Chromy). The priced mean of the variances is a lower bound for the optimum
 * (Lagrange), so the distance from it is known, and the search stops below {@link GAP} or after 2,000 rounds.
 *
 * Rounding: down, and what is left goes to the largest remainders, the earlier stratum first. A stratum then differs from
 * the optimum by less than one label, keeps its bounds, and the budget is met exactly.
 *
 * @returns Whole numbers, in the order of the strata; all of every stratum when the budget is larger than that.
 */
export function allocateLabels({ sizes, coefficients, budget }: AllocationProblem): number[] {
  if (budget >= sum(sizes)) return [...sizes];
  return rounded(searchPrices({ sizes, coefficients, budget }).labels, budget);
}

/** The largest variance at an allocation. */
export function largestVariance({ sizes, coefficients }: AllocationProblem, labels: readonly number[]): number {
  return Math.max(0, ...variances({ sizes, coefficients }, labels));
}

function searchPrices(problem: AllocationProblem): Allocation {
  // Where no figure asks for anything, labels are spread in proportion to the sizes.
  const isAsked = problem.coefficients.some((row) => row.some((a) => a > 0));
  const coefficients = isAsked ? problem.coefficients : [problem.sizes.map((size) => size * size)];
  let prices = coefficients.map(() => 1 / coefficients.length);
  let best: Allocation = { labels: [], largest: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    const priced = problem.sizes.map((_, h) => sum(coefficients.map((row, t) => prices[t]! * row[h]!)));
    const labels = neymanWithin(priced, problem);
    const found = variances({ ...problem, coefficients }, labels);
    const largest = Math.max(...found);
    if (largest < best.largest) best = { labels, largest };
    const lowerBound = sum(found.map((variance, t) => prices[t]! * variance));
    if (best.largest - lowerBound <= GAP * best.largest) break;
    const moved = prices.map((price, t) => Math.max(SMALLEST_PRICE, price * (found[t]! / lowerBound) ** 2));
    const scale = sum(moved);
    prices = moved.map((price) => price / scale);
  }
  return best;
}

/** nₕ = c √bₕ within its bounds, with c so that the budget is met. */
function neymanWithin(priced: readonly number[], { sizes, budget }: AllocationProblem): number[] {
  // A stratum that no figure asks for comes last, but the budget may reach it.
  const least = Math.max(...priced) * 1e-12;
  const roots = priced.map((b) => Math.sqrt(Math.max(b, least)));
  const at = (c: number): number[] =>
    sizes.map((size, h) => Math.min(size, Math.max(Math.min(FEWEST, size), c * roots[h]!)));
  // Σ nₕ grows piecewise linearly with c, and bends only where a stratum leaves one bound or meets the other.
  const bends = sizes
    .flatMap((size, h) => [Math.min(FEWEST, size) / roots[h]!, size / roots[h]!])
    .toSorted((a, b) => a - b);
  let [low, high] = [0, bends.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sum(at(bends[middle]!)) <= budget) low = middle;
    else high = middle;
  }
  const [from, to] = [sum(at(bends[low]!)), sum(at(bends[high]!))];
  const part = to > from ? (budget - from) / (to - from) : 0;
  return at(bends[low]! + part * (bends[high]! - bends[low]!));
}

function variances(
  { sizes, coefficients }: Pick<AllocationProblem, 'sizes' | 'coefficients'>,
  labels: readonly number[],
): number[] {
  return coefficients.map((row) => sum(row.map((a, h) => a * (1 / labels[h]! - 1 / sizes[h]!))));
}

function rounded(labels: readonly number[], budget: number): number[] {
  // A size that is missed by the last digit is that size.
  const whole = labels.map((n) => Math.floor(n + 1e-9));
  const left = budget - sum(whole);
  const byRemainder = labels.map((_, h) => h).toSorted((a, b) => remainder(b) - remainder(a) || a - b);
  for (const h of byRemainder.slice(0, left)) whole[h]! += 1;
  return whole;

  function remainder(h: number): number {
    return labels[h]! - whole[h]!;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
