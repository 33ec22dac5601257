/**
 * What gives away the collection a mail was kept in rather than what the mail is. A member that reads these has learned
 * where the corpus came from: it looks good on the corpus and is worthless anywhere else.
 */

/** Headers dropped by name, lower case. */
export const GIVEAWAY_HEADERS: ReadonlySet<string> = new Set([
  // Threads: only ham of the corpus has them, because its spam was never answered.
  'in-reply-to',
  'references',
  'thread-topic',
  'thread-index',
  // Mailing lists: the ham was largely collected from them.
  'x-beenthere',
  'mailing-list',
  'precedence',
  'errors-to',
  'sender',
  'x-loop',
  'x-original-date',
  'x-reply-to',
  // The collector's own mailbox and its filters.
  'x-keywords',
  'x-status',
  'status',
  'delivery-date',
  'x-mailscanner',
  'x-uid',
  'x-uidl',
  'content-length',
  'lines',
  'replied',
  'forwarded',
  'x-mozilla-status',
  'x-mozilla-status2',
  'x-evolution',
  'x-pyzor',
  // Recipients: the collector's addresses, and the lists again.
  'to',
  'cc',
  'bcc',
  'apparently-to',
  'delivered-to',
  'envelope-to',
  'x-envelope-to',
  'x-original-to',
  'x-original-recipient',
  'resent-to',
  'resent-cc',
  'return-path',
  'x-rcpt-to',
]);

/** Headers dropped by how their names begin. */
export const GIVEAWAY_HEADER_PREFIXES: readonly string[] = [
  'list-',
  'x-list',
  'x-mailman',
  'x-spam',
  'x-mailscanner',
  'x-egroups',
];

/** Hosts of the collector: a Received line that names one was added after delivery. */
export const COLLECTOR_HOSTS: readonly string[] = [
  'fetchmail',
  'jmason',
  'netnoteinc',
  'taint.org',
  'slashnull',
  'webnote',
  'phobos',
  'jalapeno',
];

/** Whether a header is dropped. */
export function isGiveawayHeader(name: string): boolean {
  return GIVEAWAY_HEADERS.has(name) || GIVEAWAY_HEADER_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Whether a Received line was added by the collector. */
export function isCollectorHop(value: string): boolean {
  const lower = value.toLowerCase();
  return COLLECTOR_HOSTS.some((host) => lower.includes(host));
}

/**
 * A subject without the tags that lists put before it: `Re: [ILUG] hello` becomes `Re: hello`.
 *
 * One pass: a tag is at most 30 characters between brackets, at the start or after `Re:`/`Fwd:`.
 */
export function cleanSubject(subject: string): string {
  let rest = subject.trimStart();
  let kept = '';
  for (;;) {
    const prefix = replyPrefix(rest);
    if (prefix > 0) {
      kept += `${rest.slice(0, prefix)} `;
      rest = rest.slice(prefix).trimStart();
      continue;
    }
    const end = rest.startsWith('[') ? rest.slice(0, 32).indexOf(']') : -1;
    if (end < 0) return (kept + rest).trim();
    rest = rest.slice(end + 1).trimStart();
  }
}

function replyPrefix(text: string): number {
  const lower = text.slice(0, 4).toLowerCase();
  return ['re:', 'fw:', 'aw:', 'sv:', 'fwd:'].find((prefix) => lower.startsWith(prefix))?.length ?? 0;
}

const FOOTER_MARKS: readonly string[] = [
  '/mailman/listinfo',
  ' mailing list',
  '/lists/listinfo',
  'sf.net email is sponsored',
  'sourceforge.net email is sponsored',
  'yahoo! groups',
  'list maintainer:',
  "irish linux users' group",
  'docs.yahoo.com/info/terms',
  '-unsubscribe@',
  'unsubscribe@egroups',
  'taint.org',
  'netnoteinc',
  'jmason.org',
  'fork@',
  'exmh-',
  'razor-users@',
];

/** Lines of a mail that may be taken for a list's footer: a bound on what a sender can hide behind the marks. */
const MAX_FOOTER_LINES = 40;
const MAX_FOOTER_LINE_CHARS = 200;

/**
 * A body without the footers that lists append, quoted ones included. Line by line, so that a sender who forges a
 * footer hides that line and nothing else.
 */
export function cleanBody(text: string): string {
  const kept: string[] = [];
  let dropped = 0;
  for (const line of text.split('\n')) {
    if (dropped < MAX_FOOTER_LINES && isFooterLine(line)) {
      dropped++;
      while (isRule(kept.at(-1))) kept.pop();
    } else kept.push(line);
  }
  return kept.join('\n').trim();
}

function isFooterLine(line: string): boolean {
  if (line.length > MAX_FOOTER_LINE_CHARS) return false;
  const lower = line.toLowerCase();
  return FOOTER_MARKS.some((mark) => lower.includes(mark));
}

function isRule(line: string | undefined): boolean {
  return line !== undefined && line.length >= 3 && /^[>\s]*(?:_{10,}|-{10,}[~>-]*|-- ?)$/.test(line.slice(0, 200));
}

/** Whether a link leads to a list or to the collector. */
export function isGiveawayLink(url: string): boolean {
  return isFooterLine(url);
}

/**
 * A header value without absolute dates: digits and names of days and months are masked, the shape and the zone stay.
 *
 * @example maskDate('Thu, 22 Aug 2002 07:33:07 -0600') // 'Www, 00 Mmm 0000 00:00:00 -0600'
 */
export function maskDate(value: string): string {
  return value.replace(/[+-]\d{4}\b|[a-z]+|\d/gi, (token) => {
    if (token.length === 5) return token;
    if (token.length > 1 || /[a-z]/i.test(token)) return maskName(token);
    return '0';
  });
}

const DAYS = new Set(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
const MONTHS = new Set(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']);

function maskName(word: string): string {
  const start = word.slice(0, 3).toLowerCase();
  if (word.length <= 9 && DAYS.has(start)) return 'Www';
  if (word.length <= 9 && MONTHS.has(start)) return 'Mmm';
  return word;
}

/** A Received line without its date and its queue id, which often holds the date. */
export function maskReceived(value: string): string {
  const semicolon = value.lastIndexOf(';');
  const route = semicolon < 0 ? value : value.slice(0, semicolon);
  const masked = route.replace(/\bid\s+<?[^\s;>]{1,100}/gi, (id) => `id ${maskId(id.slice(2).trimStart())}`);
  return semicolon < 0 ? masked : `${masked};${maskDate(value.slice(semicolon + 1))}`;
}

/** An identifier by its shape: digits become 0. */
export function maskId(id: string): string {
  return id.replace(/\d/g, '0');
}
