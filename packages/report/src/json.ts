import { checkReport } from './check-report.ts';
import type { Report } from './report.ts';
import { type ShownSection, type ShownSuite, shownReport } from './rounding/shown-report.ts';

/** Format of {@link renderJson}; it grows when a name is taken away or changes its meaning, not when one is added. */
export const JSON_FORMAT = 1;

/**
 * A report for programs, as {@link REPORT_SCHEMAS} has it for its kind.
 *
 * The report of a suite holds `suite`, `members`, `overlaps` and what goes with them under the public names of the
 * evaluation. Its first section stands at the top level, so that one split reads as `{ suite, members, overlaps, … }`;
 * `sections` holds every section, the first again, each in the same shape. The name of the suite is `name`, because
 * `suite` holds its figures. Every other report is `{ format, kind, context, result }` with the result as the evaluation
 * gave it; that of kind `queue` has `suite` instead of a context.
 *
 * Undefined figures are `null`, and so are those that a rounded report withholds; there is no NaN. Strings are as they
 * came: whoever shows them escapes them.
 *
 * @returns JSON with two spaces of indent, ending with a line feed.
 * @throws What {@link checkReport} throws.
 */
export function renderJson(report: Report): string {
  checkReport(report);
  const shown = shownReport(report);
  const value = shown.kind === 'suite' ? jsonSuite(shown) : { format: JSON_FORMAT, ...shown };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function jsonSuite(report: ShownSuite): object {
  const sections = report.sections.map(jsonSection);
  return {
    format: JSON_FORMAT,
    kind: report.kind,
    name: report.suite,
    suiteVersion: report.suiteVersion,
    stateVersion: report.stateVersion ?? null,
    policy: report.policy ?? null,
    packages: report.packages,
    ...sections[0],
    sections,
  };
}

function jsonSection(section: ShownSection): object {
  return {
    split: section.split,
    roles: section.roles,
    dataset: section.dataset,
    description: section.description ?? null,
    fit: section.fit ?? null,
    precision: section.precision,
    marks: section.marks,
    notes: section.notes,
    unreadable: section.unreadable,
    suite: section.evaluation.suite,
    members: section.evaluation.members,
    overlaps: section.evaluation.overlaps,
    baselines: section.baselines,
    positiveSets: section.positiveSets,
    notEstimable: section.notEstimable ?? [],
    precisionAtRates: section.precisionAtRates ?? null,
    slices: section.slices ?? null,
    curves: section.curves ?? null,
    advice: section.advice ?? null,
    uniqueExamples: section.uniqueExamples ?? null,
  };
}
