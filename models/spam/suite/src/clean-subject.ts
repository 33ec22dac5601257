import { SUBJECT_PREFIXES } from './giveaways.ts';

const REPLIES: readonly string[] = ['re:', 'fw:', 'aw:', 'sv:', 'fwd:'];
const MAX_TAG_CHARS = 32;

/**
 * A subject without the tags that lists put before it; a sender's own `[ADV]` stays.
 *
 * One pass: a tag is at most 32 characters, brackets included, at the start or after `Re:` and the like.
 *
 * @example cleanSubject('Re: [ILUG] hello') // 'Re: hello'
 */
export function cleanSubject(subject: string): string {
  const kept: string[] = [];
  let position = skipSpace(subject, 0);
  for (;;) {
    const reply = prefixAt(subject, position, REPLIES);
    const tag = Math.max(tagAt(subject, position), prefixAt(subject, position, SUBJECT_PREFIXES));
    if (reply > 0) kept.push(subject.slice(position, position + reply));
    else if (tag === 0) break;
    position = skipSpace(subject, position + Math.max(reply, tag));
  }
  return [...kept, subject.slice(position).trimEnd()].join(' ').trim();
}

function prefixAt(text: string, position: number, prefixes: readonly string[]): number {
  const start = text.slice(position, position + 4).toLowerCase();
  return prefixes.find((prefix) => start.startsWith(prefix))?.length ?? 0;
}

function tagAt(text: string, position: number): number {
  const start = text.slice(position, position + MAX_TAG_CHARS);
  if (!start.startsWith('[') || /^\[\W*adv/i.test(start)) return 0;
  return start.indexOf(']') + 1;
}

function skipSpace(text: string, position: number): number {
  let next = position;
  while (next < text.length && text.charAt(next).trim() === '') next++;
  return next;
}
