import type { Estimate } from './bootstrap.ts';

/** How a figure is written. */
export interface Format {
  /** What it is multiplied by: 100 for percent. */
  readonly scale: number;
  readonly digits: number;
  /** Differences always have a sign. */
  readonly isSigned?: boolean;
}

export const PERCENT: Format = { scale: 100, digits: 1 };
export const COUNT: Format = { scale: 1, digits: 1 };

/** A number as it stands on the page; `none` where there is nothing to divide by. */
export function numberText(value: number | null, { scale, digits, isSigned = false }: Format): string {
  if (value === null) return 'none';
  const text = Math.abs(value * scale).toFixed(digits);
  const isZero = Number(text) === 0;
  if (value < 0 && !isZero) return `−${text}`;
  return isSigned && !isZero ? `+${text}` : text;
}

/** A mean with its interval: `87.5 (80.1 to 93.0)`. */
export function estimateText({ mean, interval }: Estimate, format: Format): string {
  if (interval === null) return numberText(mean, format);
  return `${numberText(mean, format)} (${numberText(interval[0], format)} to ${numberText(interval[1], format)})`;
}

/** Whether an interval of a difference leaves 0 out, and on which side; `null` when it does not. */
export function signOf({ interval }: Estimate): 'more' | 'less' | null {
  if (interval === null) return null;
  if (interval[0] > 0) return 'more';
  return interval[1] < 0 ? 'less' : null;
}

/** A table of Markdown. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
