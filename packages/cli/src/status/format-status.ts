/**
 * A share in percent, with two figures; `–` of nothing.
 *
 * @example formatShare(3, 1000) // '0.30 %'
 */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : formatPercent((100 * part) / whole);
}

/**
 * A percentage with two figures, never rounded to 0 or 100 when it is neither.
 *
 * @example formatPercent(99.97) // '>99 %'
 */
export function formatPercent(percent: number): string {
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.01) return '<0.01 %';
  if (percent >= 99.5) return '>99 %';
  return `${percent.toFixed(percent < 1 ? 2 : percent < 10 ? 1 : 0)} %`;
}

/** A count with its thousands apart. @example formatCount(12345) // '12,345' */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
