import pico from 'picocolors';

import { checkReport } from './check-report.ts';
import { describeReport } from './describe/describe-report.ts';
import { type Part, type ReportDocument, type SectionPart, partsFor } from './document.ts';
import { ReportError } from './errors.ts';
import type { Report } from './report.ts';
import { shownReport } from './rounding/shown-report.ts';
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

/**
 * A report for a terminal.
 *
 * Names come from package manifests and table headers, so control characters in them are replaced: no file can steer the
 * terminal of whoever measures it. What other media fold is printed in the open.
 *
 * @returns Lines of at most `width` columns, ending with a line feed.
 * @throws {ReportError} `REPORT_WIDTH_INVALID`, and what {@link checkReport} throws.
 */
export function renderTerminal(report: Report, options: RenderTerminalOptions = {}): string {
  checkReport(report);
  const style = { width: terminalWidth(options.width ?? WIDEST), colours: pico.createColors(options.colour === true) };
  const document = describeReport(shownReport(report));
  const parts = [
    heading(document, style),
    ...renderParts(document.parts, style),
    document.legend.map((line) => style.colours.dim(wrapText(line, style.width))).join('\n'),
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

function heading({ title, stamps }: ReportDocument, style: Style): string {
  const stamp = stamps.map(({ label, value }) => `${label} ${value}`).join(' · ');
  return `${style.colours.bold(wrapText(title, style.width))}
${style.colours.dim(wrapText(stamp, style.width))}`;
}

/** The answer in colour, then the sentence. */
function lead({ text, answer }: Part & { kind: 'lead' }, { colours, width }: Style): string {
  if (answer === undefined) return wrapText(text, width);
  const colour = { good: colours.green, bad: colours.red, open: colours.yellow, idle: colours.dim }[answer.tone];
  return wrapText(`${colours.bold(colour(`→ ${answer.word}`))} · ${text}`, width);
}

function renderParts(parts: readonly Part[], style: Style): string[] {
  return partsFor('terminal', parts).flatMap((part) => renderPart(part, style));
}

function renderPart(part: Part, style: Style): string[] {
  switch (part.kind) {
    case 'section':
      return [sectionHeading(part, style), ...renderParts(part.parts, style)];
    case 'heading':
      return [style.colours.bold(wrapText(part.text, style.width))];
    case 'lead':
      return [lead(part, style)];
    case 'text':
      return [wrapText(part.text, style.width)];
    case 'list':
      return [list(part, style)];
    case 'code':
      return [part.lines.map((line) => wrapText(line, style.width)).join('\n')];
    case 'table': {
      const table = terminalTable(part.table, style);
      return [part.headline === true ? table : `${wrapText(part.table.caption, style.width)}\n\n${table}`];
    }
    case 'folded':
      return [style.colours.bold(wrapText(part.summary, style.width)), ...renderParts(part.parts, style)];
    case 'plots':
    case 'examples':
      return [];
  }
}

function sectionHeading({ title: name, facts, warnings }: SectionPart, style: Style): string {
  const title = `── ${name} `;
  const lines = [style.colours.bold(title + '─'.repeat(Math.max(2, style.width - [...title].length)))];
  if (facts.length > 0) lines.push(style.colours.dim(wrapText(facts.join(' · '), style.width)));
  lines.push(...warnings.map((warning) => warningLine(warning, style)));
  return lines.join('\n');
}

function list({ items, tone }: Part & { kind: 'list' }, style: Style): string {
  if (tone === 'warning') return items.map((item) => warningLine(item, style)).join('\n');
  return items.map((item) => wrapText(`- ${item}`, style.width, '  ')).join('\n');
}

function warningLine(warning: string, { colours, width }: Style): string {
  return colours.yellow(wrapText(`! ${warning}`, width));
}
