import { ReportError } from './errors.ts';
import type { Report, SuiteReport } from './report.ts';
import type { ReportContext, ResultReport } from './result-report.ts';

/**
 * Refuses a report that no renderer could print honestly. Every renderer calls it first.
 *
 * @throws {ReportError} `REPORT_EMPTY` for the report of a suite without a section; `REPORT_EXAMPLES_REFUSED` when
 * examples are given for a split that may not be read; `REPORT_EXACT_REFUSED` for exact figures of a split that gates;
 * `REPORT_NOT_FINITE` for a NaN or an infinity, with the place of the first.
 */
export function checkReport(report: Report): void {
  if (report.kind === 'suite') checkSections(report);
  else if (report.kind !== 'queue' && report.context.precision === 'exact' && isGateOnly(report))
    refuseExact(report.context);
  if (report.kind === 'label') checkReadable(report.context, report.result.keys);
  if (report.kind === 'compare') {
    const { member, outputs } = report.result;
    checkReadable(report.context, [...(member?.shown ?? []), ...(outputs?.keys ?? [])]);
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

/** Whether the figures of a report must be rounded: a split that gates keeps its worth only while little is told of it. */
export function mustRound(report: Report, section?: SuiteReport['sections'][number]): boolean {
  if (report.kind === 'queue') return false; // The log that it reads holds no more than may be told.
  return report.kind === 'suite' ? section !== undefined && isUsedToGateOnly(section) : isGateOnly(report);
}

function isGateOnly(report: ResultReport): boolean {
  const { roles } = report.context;
  return roles.includes('gate') && !roles.includes('explore');
}

/** The figures of a suite may be opened at a release where the split has the role test, too. */
function isUsedToGateOnly({ roles }: SuiteReport['sections'][number]): boolean {
  return roles.includes('gate') && !roles.includes('explore') && !roles.includes('test');
}

function checkSections(report: SuiteReport): void {
  if (report.sections.length === 0) {
    throw new ReportError(
      'REPORT_EMPTY',
      `The report of suite "${report.suite}" has no section.\nA report shows at least one split: measure one, then render.`,
    );
  }
  for (const section of report.sections) {
    if (section.precision === 'exact' && isUsedToGateOnly(section)) refuseExact(section);
    if (section.roles.includes('explore')) continue;
    if (section.uniqueExamples === undefined && !hasIds(section)) continue;
    refuseExamples(section);
  }
}

function checkReadable({ split, roles }: ReportContext, examples: readonly unknown[]): void {
  if (examples.length > 0 && roles.length > 0 && !roles.includes('explore')) refuseExamples({ split, roles });
}

function hasIds({ advice }: SuiteReport['sections'][number]): boolean {
  return advice?.missed.some((slice) => slice.ids.length > 0) ?? false;
}

function refuseExamples({ split, roles }: { readonly split: string; readonly roles: readonly string[] }): never {
  throw new ReportError(
    'REPORT_EXAMPLES_REFUSED',
    `Split "${split}" has the roles [${roles.join(', ')}] and the report holds examples of it to read.\n` +
      'Examples may be read on a split with the role explore only: leave out uniqueExamples, ids and keys, or measure that split.',
  );
}

function refuseExact({ split, roles }: { readonly split: string; readonly roles: readonly string[] }): never {
  throw new ReportError(
    'REPORT_EXACT_REFUSED',
    `Exact figures are asked for of split "${split}" with the roles [${roles.join(', ')}].\n` +
      "A split that gates tells outcomes and rounded intervals only: leave out 'exact', or ask on a split with the role explore.",
  );
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
