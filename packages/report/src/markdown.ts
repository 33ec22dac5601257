import { markdownTable } from 'markdown-table';

import { checkReport } from './check-report.ts';
import { describeReport } from './describe/describe-report.ts';
import { type Answer, type Part, type ReportDocument, type SectionPart, partsFor } from './document.ts';
import type { FigureCell, FigureTable } from './figure-table.ts';
import { codeMarkdown, escapeMarkdown } from './markdown-escape.ts';
import type { Report } from './report.ts';
import { shownReport } from './rounding/shown-report.ts';

const MARKS: { readonly [Tone in Answer['tone']]: string } = { good: '✅', bad: '❌', open: '❔', idle: '➖' };

/**
 * A report as GitHub-flavoured Markdown, for a comment on a pull request. An answer stands in the first line; what stands
 * behind it is folded.
 *
 * Names, versions and reasons are escaped: no manifest and no table header can put markup, a link or a mention into the
 * comment. Examples to read are not printed: a comment reaches people who did not ask for hostile mail.
 *
 * @returns Markdown ending with a line feed.
 * @throws What {@link checkReport} throws.
 */
export function renderMarkdown(report: Report): string {
  checkReport(report);
  const document = describeReport(shownReport(report));
  const parts = [
    `## ${firstLine(document)}`,
    ...renderParts(document.parts),
    document.stamps.map(({ label, value }) => `${escapeMarkdown(label)} ${codeMarkdown(value)}`).join(' · '),
    document.legend.map((line) => `<sub>${escapeMarkdown(line)}</sub>`).join('<br>\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function firstLine({ title, answer }: ReportDocument): string {
  if (answer === null) return escapeMarkdown(title);
  return `${MARKS[answer.tone]} ${escapeMarkdown(answer.word)} · ${escapeMarkdown(title)}`;
}

function renderParts(parts: readonly Part[]): string[] {
  return partsFor('markdown', parts).flatMap(renderPart);
}

function renderPart(part: Part): string[] {
  switch (part.kind) {
    case 'section':
      return section(part);
    case 'heading':
      return [`#### ${escapeMarkdown(part.text)}`];
    case 'lead':
      return [`**${escapeMarkdown(part.text)}**`];
    case 'text':
      return [escapeMarkdown(part.text)];
    case 'list':
      return [bullets(part.items, part.tone === 'warning' ? '⚠ ' : '')];
    case 'code':
      return [fenced(part.lines)];
    case 'table':
      return part.headline === true ? [table(part.table)] : [escapeMarkdown(part.table.caption), table(part.table)];
    case 'folded':
      return [
        `<details><summary>${escapeMarkdown(part.summary)}</summary>\n\n${folded(part).join('\n\n')}\n\n</details>`,
      ];
    case 'plots':
    case 'examples':
      return [];
  }
}

/** Whatever stands in the lines, none of them ends the block. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...lines, fence].join('\n');
}

/** A table that the summary announces needs no caption of its own. */
function folded({ summary, parts }: Part & { kind: 'folded' }): string[] {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'table' && only.table.caption === summary) return [table(only.table)];
  return renderParts(parts);
}

function section({ title, facts, warnings, parts }: SectionPart): string[] {
  return [
    `### ${escapeMarkdown(title)}`,
    ...(facts.length === 0 ? [] : [facts.map(escapeMarkdown).join(' · ')]),
    ...(warnings.length === 0 ? [] : [bullets(warnings, '⚠ ')]),
    ...renderParts(parts),
  ];
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

function bullets(sentences: readonly string[], mark = ''): string {
  return sentences.map((sentence) => `- ${mark}${escapeMarkdown(sentence)}`).join('\n');
}
