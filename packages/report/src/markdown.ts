import { markdownTable } from 'markdown-table';

import { checkReport } from './check-report.ts';
import { describeSection } from './describe-section.ts';
import type { FigureCell, FigureTable } from './figure-table.ts';
import { LEGEND } from './format-figure.ts';
import { codeMarkdown, escapeMarkdown } from './markdown-escape.ts';
import { plainText } from './plain-text.ts';
import type { ReportSection, SuiteReport } from './report.ts';
import { baselinesTable, membersTable, packagesTable, positiveSetsTable, suiteTable } from './tables.ts';

const NAME_LENGTH = 60;
const SETS_SHOWN = 12;

/**
 * The report as GitHub-flavoured Markdown, for a comment on a pull request.
 *
 * Names, versions and reasons are escaped: no manifest and no table header can put markup, a link or a mention into the
 * comment. Examples to read are not printed: a comment reaches people who did not ask for hostile mail.
 *
 * @returns Markdown ending with a line feed.
 * @throws What {@link checkReport} throws.
 */
export function renderMarkdown(report: SuiteReport): string {
  checkReport(report);
  const state = report.stateVersion === undefined ? '' : ` · state ${version(report.stateVersion)}`;
  const parts = [
    `## ${escapeMarkdown(plainText(report.suite, NAME_LENGTH))}`,
    `suite version ${version(report.suiteVersion)}${state}`,
    ...report.sections.map((section) => markdownSection(report, section)),
    ...(report.packages.length === 0 ? [] : [folded(packagesTable(report.packages))]),
    LEGEND.map((line) => `<sub>${escapeMarkdown(line)}</sub>`).join('<br>\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function markdownSection(report: SuiteReport, section: ReportSection): string {
  const words = describeSection(report, section);
  const parts = [
    `### ${escapeMarkdown(words.split)}`,
    words.facts.map(escapeMarkdown).join(' · '),
    ...(words.warnings.length === 0 ? [] : [bullets(words.warnings, '⚠ ')]),
    `**${escapeMarkdown(words.verdict)}**`,
    table(suiteTable(section)),
    ...(section.evaluation.members.length === 0 ? [] : [table(membersTable(section))]),
    ...(section.baselines.length === 0 ? [] : [table(baselinesTable(section))]),
    ...(words.baselines.length === 0 ? [] : [bullets(words.baselines)]),
    ...(words.notes.length === 0 ? [] : [bullets(words.notes)]),
    ...(section.positiveSets.length === 0 ? [] : [folded(positiveSetsTable(section, SETS_SHOWN))]),
  ];
  return parts.join('\n\n');
}

function table(figures: FigureTable): string {
  return markdownTable([figures.columns.map(heading), ...figures.rows.map((row) => row.cells.map(cell))], {
    align: figures.columns.map((column) => column.align),
  });
}

/** Markdown tables have one row of headings: the group stands before the column's own. */
function heading(column: FigureTable['columns'][number]): string {
  return escapeMarkdown(column.group === undefined ? column.heading : `${column.group}: ${column.heading}`);
}

function cell({ text, aside, foreign }: FigureCell): string {
  const said = foreign === true ? codeMarkdown(text) : escapeMarkdown(text);
  return aside === undefined ? said : `${said} <sub>${escapeMarkdown(aside)}</sub>`;
}

function folded(figures: FigureTable): string {
  return `<details><summary>${escapeMarkdown(figures.caption)}</summary>\n\n${table(figures)}\n\n</details>`;
}

function bullets(sentences: readonly string[], mark = ''): string {
  return sentences.map((sentence) => `- ${mark}${escapeMarkdown(sentence)}`).join('\n');
}

function version(text: string): string {
  return codeMarkdown(plainText(text, NAME_LENGTH));
}
