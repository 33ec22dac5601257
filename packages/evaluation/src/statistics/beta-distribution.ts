// Question: what do counts say about the share behind them, and how is it integrated over without losing digits?
// Source: Jeffreys, Theory of Probability, 3rd ed. 1961, §3.10 (prior Beta(½, ½)); the substitution is his arcsine scale.
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import { gaussLegendre, integrate } from './quadrature.ts';

/**
 * Beta(a, b), ready for quadrature.
 *
 * Its density has poles at 0 and 1 for a, b < 1, and shrinks to a needle for large counts. Both end on the scale
 * x = sin² θ: the density there, 2 sin²ᵃ⁻¹ θ cos²ᵇ⁻¹ θ ÷ B(a, b), has no pole for a, b ≥ ½, and a spread that depends on
 * a + b alone, so that one window of known width holds it.
 */
export interface BetaDistribution {
  /** P(X ≤ x); 0 below 0 and 1 above 1. */
  readonly cdf: (x: number) => number;
  /** Density at x in (0, 1). */
  readonly density: (x: number) => number;
  /** A range of x outside of which lies less than 1e-16 of the probability. */
  readonly support: readonly [number, number];
}

/** Enough for 1e-12 on a window of ± 14 standard deviations. */
const RULE = gaussLegendre(64);

/**
 * The distribution of a share after successes and failures, from the prior Beta(prior, prior).
 *
 * @param prior - ½ is Jeffreys's, 1 the uniform one.
 */
export function betaAfter(successes: number, failures: number, prior: 0.5 | 1): BetaDistribution {
  const a = successes + prior;
  const b = failures + prior;
  const centre = Math.asin(Math.sqrt(a / (a + b)));
  const reach = 7 / Math.sqrt(a + b);
  const window: readonly [number, number] = [Math.max(0, centre - reach), Math.min(Math.PI / 2, centre + reach)];
  // Divided by the value at the centre before it is summed: neither 1e6 counts nor B(a, b) then under- or overflow.
  const logSlope = (x: number): number => (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x);
  const logPeak = logSlope(a / (a + b));
  const unscaled = (x: number): number => Math.exp(logSlope(x) - logPeak);
  // Summed when a density is asked for: a sweep over thresholds asks for the cdf alone, thousands of times.
  let mass: number | null = null;
  const totalMass = (): number =>
    integrate(RULE, window, (theta) => {
      const sine = Math.sin(theta);
      return 2 * sine * Math.cos(theta) * unscaled(sine * sine);
    });
  return {
    cdf: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : betaCdf(x, a, b)),
    density: (x) => unscaled(x) / (mass ??= totalMass()),
    support: [Math.sin(window[0]) ** 2, Math.sin(window[1]) ** 2],
  };
}

const CELLS = 512;

/**
 * The distribution function from a table, some thirty times as fast: for the quadrature of a quadrature.
 *
 * Cubic Hermite interpolation on the arcsine scale with the density as the slope: within 1e-7, since a cell is .055 standard
 * deviations. The two cells at the ends are computed, because a density there may have no slope.
 */
export function tabulatedCdf({ cdf, density, support }: BetaDistribution): (x: number) => number {
  const [from, to] = support.map((x) => Math.asin(Math.sqrt(x))) as [number, number];
  const width = (to - from) / CELLS;
  const values = new Float64Array(CELLS + 1);
  const rises = new Float64Array(CELLS + 1);
  for (let k = 1; k < CELLS; k++) {
    const sine = Math.sin(from + k * width);
    values[k] = cdf(sine * sine);
    rises[k] = 2 * sine * Math.sqrt(1 - sine * sine) * density(sine * sine) * width;
  }
  return (x) => {
    if (x <= support[0]) return 0;
    if (x >= support[1]) return 1;
    const place = (Math.asin(Math.sqrt(x)) - from) / width;
    const k = Math.floor(place);
    if (k < 1 || k >= CELLS - 1) return cdf(x);
    const t = place - k;
    const [low, high, rise, fall] = [values[k]!, values[k + 1]!, rises[k]!, rises[k + 1]!];
    return low + t * (rise + t * (3 * (high - low) - 2 * rise - fall + t * (2 * (low - high) + rise + fall)));
  };
}
