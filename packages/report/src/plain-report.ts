import { plainText } from './plain-text.ts';
import type { SuiteReport } from './report.ts';

/** Bound on the code points shown of any text of a report. */
export const TEXT_LENGTH = 240;

/**
 * The report with every string in it made fit for a screen, so that no renderer can forget one.
 *
 * @see plainText
 */
export function plainReport(report: SuiteReport): SuiteReport {
  return plain(report) as SuiteReport;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value, TEXT_LENGTH);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
