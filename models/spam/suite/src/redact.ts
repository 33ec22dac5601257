import { COLLECTOR_HOSTS, LIST_HOSTS } from './giveaways.ts';

const HOSTS = [...COLLECTOR_HOSTS, ...LIST_HOSTS].filter(
  (host) => host.includes('.') || host === 'netnoteinc' || host === 'slashnull',
);
const COLLECTOR: ReadonlySet<string> = new Set(COLLECTOR_HOSTS);
const HOST = new RegExp(HOSTS.map((host) => host.replaceAll('.', '\\.')).join('|'), 'gi');
/** What the publishers of the corpus put in place of the collectors' names. */
const NAMES = /\b(?:zzzz|yyyy)\b/gi;
const BEFORE = /[\w.+%@-]/;
const AFTER = /[\w.-]/;
const MAX_BEFORE = 64;

/** Takes the place of an address of the collector or of a list. */
export const RECIPIENT = 'recipient@example.org';

/**
 * A text in which the addresses of those who collected the mail are replaced: spam is full of its recipients' addresses,
 * and that a mail names its recipient is a sign, but who that was is not. Addresses at the lists count as well; their
 * bare host names, which people write about, stay.
 *
 * One pass over the names of hosts, looking at most 64 characters back.
 *
 * @example redactRecipients('?e=zzzz%40jmason.org&x') // '?e=recipient@example.org&x'
 */
export function redactRecipients(text: string): string {
  let redacted = '';
  let done = 0;
  for (const match of text.matchAll(HOST)) {
    const start = startOf(text, match.index, done);
    const before = text.slice(start, match.index);
    const isAddress = before.includes('@') || before.includes('%40');
    if (match.index < done || (!isAddress && !COLLECTOR.has(match[0].toLowerCase()))) continue;
    let end = match.index + match[0].length;
    while (end < text.length && AFTER.test(text.charAt(end))) end++;
    const trailingDot = text.charAt(end - 1) === '.' ? 1 : 0;
    redacted += text.slice(done, start) + (isAddress ? RECIPIENT : 'example.org');
    done = end - trailingDot;
  }
  return (redacted + text.slice(done)).replace(NAMES, 'recipient');
}

function startOf(text: string, host: number, done: number): number {
  const limit = Math.max(done, host - MAX_BEFORE);
  let start = host;
  while (start > limit && BEFORE.test(text.charAt(start - 1))) start--;
  return start;
}
