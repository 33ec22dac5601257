// How is a figure written, so that rounding never says more than was measured?
// Points to the nearest tenth of a percent, interval ends outwards; undefined is a dash, never 0.

/** What stands for an undefined figure on every screen; {@link LEGEND} explains it. */
export const UNDEFINED = '–';

/** What a newcomer needs to read the tables; it goes below them on every screen. */
export const LEGEND: readonly string[] = [
  'Unique positives of a member: examples that it alone calls positive. Unique recall: its unique TP ÷ all positive labels.',
  'Fair share: every positive is split equally among the members that are positive on it; the shares add up to the suite.',
  `TP, FP, FN: true and false positives, false negatives. ${UNDEFINED} undefined: nothing to divide by. [low–high]: 95% interval in %.`,
];

const EPSILON = 1e-9;

/**
 * A share as a percentage with one decimal.
 *
 * `100%` and `0%` are written only for exactly that: what would round to them is `>99.9%` or `<0.1%`.
 *
 * @param share - In [0, 1], or `null` when undefined.
 * @example formatShare(0.98512) // '98.5%'
 */
export function formatShare(share: number | null): string {
  if (share === null) return UNDEFINED;
  if (share >= 1 - EPSILON) return '100%';
  if (share <= EPSILON) return '0%';
  if (share > 0.9995 - EPSILON) return '>99.9%';
  if (share < 0.0005) return '<0.1%';
  return `${(share * 100).toFixed(1)}%`;
}

/**
 * A share that nobody measured, but promised, asked or assumed: `90%`, `99.5%`.
 *
 * @example formatGiven(0.9) // '90%'
 */
export function formatGiven(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/**
 * An interval as two percentages, rounded outwards so that it never looks narrower than it is.
 *
 * @returns `[97.4–99.2]`, or the empty string for `null`: the figure before it already says undefined.
 * @example formatInterval([0.97441, 0.99112]) // '[97.4–99.2]'
 */
export function formatInterval(interval: readonly [number, number] | null): string {
  if (interval === null) return '';
  const low = Math.max(0, Math.floor(interval[0] * 1000 + EPSILON)) / 10;
  const high = Math.min(1000, Math.ceil(interval[1] * 1000 - EPSILON)) / 10;
  return `[${end(low)}–${end(high)}]`;
}

/** A share with its interval: `98.5% [97.4–99.2]`. */
export function formatShareWithInterval(share: number | null, interval: readonly [number, number] | null): string {
  return `${formatShare(share)} ${formatInterval(interval)}`.trimEnd();
}

/**
 * A probability in three digits: `.985`. `1` and `0` only for exactly that, which a probability hardly ever is.
 *
 * @param probability - In [0, 1], or `null` when there is no evidence.
 * @example formatProbability(0.98512) // '.985'
 */
export function formatProbability(probability: number | null): string {
  if (probability === null) return UNDEFINED;
  if (probability === 1 || probability === 0) return String(probability);
  if (probability >= 0.9995) return '>.999';
  if (probability < 0.0005) return '<.001';
  return probability.toFixed(3).slice(1);
}

/**
 * The difference of two shares in percentage points, with its sign.
 *
 * @param digits - Decimals; 2 where differences are small beside a percent. Default 1.
 * @example formatDifference(-0.0123) // '−1.2 points'
 */
export function formatDifference(difference: number | null, digits = 1): string {
  if (difference === null) return UNDEFINED;
  const points = (Math.abs(difference) * 100).toFixed(digits);
  const least = (10 ** -digits).toFixed(digits);
  if (difference === 0) return '±0 points';
  const sign = difference > 0 ? '+' : '−';
  return Number(points) === 0 ? `${sign}<${least} points` : `${sign}${points} points`;
}

/**
 * A count. Sampling weights and fair shares make counts with a fraction: one decimal then.
 *
 * @example formatCount(12345) // '12,345'
 */
export function formatCount(count: number | null): string {
  if (count === null) return UNDEFINED;
  const whole = Math.round(count);
  if (Math.abs(count - whole) < EPSILON * Math.max(1, Math.abs(count))) return group(String(whole));
  if (count > 0 && count < 0.05) return '<0.1';
  const [integer, fraction] = count.toFixed(1).split('.');
  return `${group(integer ?? '')}.${fraction ?? '0'}`;
}

/** A score or threshold, which has no unit: four significant digits. */
export function formatScore(score: number | null): string {
  if (score === null) return UNDEFINED;
  if (score !== 0 && (Math.abs(score) < 1e-4 || Math.abs(score) >= 1e6)) return score.toExponential(2);
  return String(Number(score.toPrecision(4)));
}

/** `1 example`, `2 examples`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function end(percent: number): string {
  return percent === 0 || percent === 100 ? String(percent) : percent.toFixed(1);
}

function group(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}
