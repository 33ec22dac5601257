import { ReportError } from './errors.ts';
import type { SuiteReport } from './report.ts';

/**
 * Refuses a report that no renderer could print honestly. Every renderer calls it first.
 *
 * @throws {ReportError} `REPORT_EMPTY` without a section; `REPORT_EXAMPLES_REFUSED` when examples are given for a split
 * that may not be read; `REPORT_NOT_FINITE` for a NaN or an infinity, with the place of the first.
 */
export function checkReport(report: SuiteReport): void {
  if (report.sections.length === 0) {
    throw new ReportError(
      'REPORT_EMPTY',
      `The report of suite "${report.suite}" has no section.\nA report shows at least one split: measure one, then render.`,
    );
  }
  for (const section of report.sections) {
    if (section.uniqueExamples === undefined || section.roles.includes('explore')) continue;
    throw new ReportError(
      'REPORT_EXAMPLES_REFUSED',
      `Split "${section.split}" has the roles [${section.roles.join(', ')}] and the report holds examples of it to read.\n` +
        'Examples may be read on a split with the role explore only: leave out uniqueExamples, or measure that split.',
    );
  }
  const place = firstNotFinite(report, 'report');
  if (place !== null) {
    throw new ReportError(
      'REPORT_NOT_FINITE',
      `The figure at ${place} is not a finite number.\n` +
        'An undefined figure is null: correct what computed it, for a report never prints NaN or turns it into 0.',
    );
  }
}

function firstNotFinite(value: unknown, place: string): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${place} (${value})`;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstNotFinite(inner, Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
