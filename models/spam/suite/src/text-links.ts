import { LIMITS } from './limits.ts';
import type { Link } from './mail.ts';

const START = /https?:\/\/|ftp:\/\/|mailto:|www\./gi;
const STOP = /[\s<>"'`|\\^{}[\]]/g;
const TRAILING = new Set('.,;:!?)*_-~'.split(''));

/**
 * Links written out in plain text, in one pass: from a scheme or `www.` up to white space, a bracket or a quote.
 *
 * @returns At most 500; punctuation that ends a sentence is not part of a link.
 * @example findTextLinks('see www.a.example/x.').map((link) => link.url) // ['www.a.example/x']
 */
export function findTextLinks(text: string): Link[] {
  const links: Link[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null && links.length < LIMITS.links; match = START.exec(text)) {
    const start = match.index;
    const afterScheme = start + match[0].length;
    STOP.lastIndex = afterScheme;
    const stop = STOP.exec(text)?.index ?? text.length;
    START.lastIndex = stop;
    if (match[0].length === 4 && isWordBefore(text, start)) continue;
    let end = Math.min(stop, start + LIMITS.urlChars);
    while (end > afterScheme && TRAILING.has(text.charAt(end - 1))) end--;
    if (end === afterScheme) continue;
    const url = text.slice(start, end);
    links.push({ url, text: url, kind: 'text' });
  }
  return links;
}

/** Whether `www.` is the tail of a longer word. */
function isWordBefore(text: string, index: number): boolean {
  return index > 0 && /[\w.]/.test(text.charAt(index - 1));
}
