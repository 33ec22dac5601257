import { FOOTER_LINES } from './giveaways.ts';

/** Bounds on what a sender can hide from the members behind forged footers. */
const MAX_FOOTER_LINES = 40;
const MAX_FOOTER_LINE_CHARS = 200;
const MAX_NAME_CHARS = 80;

/**
 * A body without the footers that lists append, quoted ones included.
 *
 * Line by line: a sender who forges a footer hides that line, its rule and the name of the list, and nothing else.
 *
 * @param text - Lines separated by line feeds.
 * @example cleanBody('Hi\n____________\nX mailing list\nhttp://a.example/mailman/listinfo/x') // 'Hi'
 */
export function cleanBody(text: string): string {
  const kept: string[] = [];
  let dropped = 0;
  for (const line of text.split('\n')) {
    if (dropped >= MAX_FOOTER_LINES || !isFooterLine(line)) {
      kept.push(line);
      continue;
    }
    dropped++;
    dropListName(kept);
    while (isRule(kept.at(-1))) kept.pop();
  }
  return kept.join('\n').trim();
}

/** Whether a line, or a link, is of the kind that lists append. */
export function isFooterLine(line: string): boolean {
  if (line.length > MAX_FOOTER_LINE_CHARS) return false;
  const lower = line.toLowerCase();
  return FOOTER_LINES.some((mark) => lower.includes(mark));
}

/** The lines before the link: `Razor-users mailing list`, `Razor-users@lists.example`, back to the rule over them. */
function dropListName(kept: string[]): void {
  for (let back = 1; back <= 4 && back <= kept.length; back++) {
    const line = kept.at(-back) ?? '';
    if (line.length > MAX_NAME_CHARS) return;
    const isName = line.trimEnd().toLowerCase().endsWith(' mailing list');
    if (!isName && !isRule(line)) continue;
    kept.length -= isName ? back : back - 1;
    return;
  }
}

const RULE_CHARS = new Set('_-~>|=* \t'.split(''));

/** A line of underscores or dashes, quoted or not; `-- `. */
function isRule(line: string | undefined): boolean {
  if (line === undefined || line.length > MAX_FOOTER_LINE_CHARS || !/__|--/.test(line)) return false;
  return Array.from(line).every((char) => RULE_CHARS.has(char));
}
