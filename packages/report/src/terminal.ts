import pico from 'picocolors';

import { checkReport } from './check-report.ts';
import { type SectionWords, describeSection } from './describe-section.ts';
import { ReportError } from './errors.ts';
import { LEGEND } from './format-figure.ts';
import { plainText } from './plain-text.ts';
import type { ReportSection, SuiteReport } from './report.ts';
import { baselinesTable, membersTable, packagesTable, suiteTable } from './tables.ts';
import { terminalTable } from './terminal-table.ts';
import { wrapText } from './wrap-text.ts';

/** How {@link renderTerminal} writes. */
export interface RenderTerminalOptions {
  /** Columns of the terminal; default and upper bound 100, lower bound 60. */
  readonly width?: number;
  /** ANSI colours; default false. Nothing is said by colour alone. */
  readonly colour?: boolean;
}

const WIDEST = 100;
const NARROWEST = 60;
const NAME_LENGTH = 60;

/**
 * The report for a terminal: packages, then for every split the suite, its members, and the baselines beside it.
 *
 * Names come from package manifests and table headers, so control characters in them are replaced: no file can steer the
 * terminal of whoever measures it.
 *
 * @returns Lines of at most `width` columns, ending with a line feed.
 * @throws {ReportError} `REPORT_WIDTH_INVALID`, and what {@link checkReport} throws.
 */
export function renderTerminal(report: SuiteReport, options: RenderTerminalOptions = {}): string {
  checkReport(report);
  const style = { width: terminalWidth(options.width ?? WIDEST), colours: pico.createColors(options.colour === true) };
  const parts = [
    heading(report, style),
    ...(report.packages.length === 0 ? [] : [captioned(packagesTable(report.packages), style)]),
    ...report.sections.map((section) => renderSection(report, section, style)),
    LEGEND.map((line) => style.colours.dim(wrapText(line, style.width))).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Style {
  readonly width: number;
  readonly colours: ReturnType<typeof pico.createColors>;
}

function terminalWidth(width: number): number {
  if (Number.isInteger(width) && width > 0) return Math.min(WIDEST, Math.max(NARROWEST, width));
  throw new ReportError(
    'REPORT_WIDTH_INVALID',
    `The terminal is ${width} columns wide.\nA whole number above 0 is wanted: leave the width out where it is not known.`,
  );
}

function heading(report: SuiteReport, style: Style): string {
  const state = report.stateVersion === undefined ? '' : ` · state ${plainText(report.stateVersion, NAME_LENGTH)}`;
  const version = `suite version ${plainText(report.suiteVersion, NAME_LENGTH)}${state}`;
  const name = plainText(report.suite, NAME_LENGTH);
  return `${style.colours.bold(name)}\n${style.colours.dim(wrapText(version, style.width))}`;
}

function renderSection(report: SuiteReport, section: ReportSection, style: Style): string {
  const words = describeSection(report, section);
  const parts = [
    sectionHeading(words, style),
    wrapText(words.verdict, style.width),
    terminalTable(suiteTable(section), style),
    ...(section.evaluation.members.length === 0 ? [] : [captioned(membersTable(section), style)]),
    ...(section.baselines.length === 0 ? [] : [captioned(baselinesTable(section), style)]),
    ...(words.baselines.length === 0 ? [] : [bullets(words.baselines, style)]),
    ...(words.notes.length === 0 ? [] : [bullets(words.notes, style)]),
  ];
  return parts.join('\n\n');
}

function sectionHeading(words: SectionWords, style: Style): string {
  const title = `── ${words.split} `;
  const lines = [style.colours.bold(title + '─'.repeat(Math.max(2, style.width - [...title].length)))];
  lines.push(style.colours.dim(wrapText(words.facts.join(' · '), style.width)));
  lines.push(...words.warnings.map((warning) => style.colours.yellow(wrapText(`! ${warning}`, style.width))));
  return lines.join('\n');
}

function captioned(table: Parameters<typeof terminalTable>[0], style: Style): string {
  return `${wrapText(table.caption, style.width)}\n\n${terminalTable(table, style)}`;
}

function bullets(sentences: readonly string[], style: Style): string {
  return sentences.map((sentence) => wrapText(`- ${sentence}`, style.width, '  ')).join('\n');
}
