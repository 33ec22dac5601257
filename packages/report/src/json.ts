import { checkReport } from './check-report.ts';
import type { ReportSection, SuiteReport } from './report.ts';

/** Format of {@link renderJson}; it grows when a name is taken away or changes its meaning, not when one is added. */
export const JSON_FORMAT = 1;

/**
 * The report for programs, under the public names of the evaluation: `suite`, `members`, `overlaps` and what goes with them.
 *
 * The first section stands at the top level, so that one split reads as `{ suite, members, overlaps, … }`; `sections`
 * holds every section, the first again, each in the same shape. The name of the suite is `name`, because `suite` holds
 * its figures. Undefined figures are `null`; there is no NaN. Strings are as they came: whoever shows them escapes them.
 *
 * @returns JSON with two spaces of indent, ending with a line feed.
 * @throws What {@link checkReport} throws.
 */
export function renderJson(report: SuiteReport): string {
  checkReport(report);
  const sections = report.sections.map(jsonSection);
  const value = {
    format: JSON_FORMAT,
    name: report.suite,
    suiteVersion: report.suiteVersion,
    stateVersion: report.stateVersion ?? null,
    policy: report.policy ?? null,
    packages: report.packages,
    ...sections[0],
    sections,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function jsonSection(section: ReportSection): object {
  return {
    split: section.split,
    roles: section.roles,
    dataset: section.dataset,
    description: section.description ?? null,
    fit: section.fit ?? null,
    marks: section.marks,
    notes: section.notes,
    unreadable: section.unreadable,
    suite: section.evaluation.suite,
    members: section.evaluation.members,
    overlaps: section.evaluation.overlaps,
    baselines: section.baselines,
    positiveSets: section.positiveSets,
    uniqueExamples: section.uniqueExamples ?? null,
  };
}
