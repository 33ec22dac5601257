/**
 * What gives away the collection that a mail was kept in, rather than what the mail is. A member that reads these has
 * learned where the corpus came from: it looks good on the corpus and is worthless on anybody else's mail.
 *
 * Found by counting header names, hosts and lines by label on the train split only; DATA of the suite's README says how.
 */

/** Headers dropped by name, lower case, each group with the reason. */
const DROPPED_BY_REASON = {
  'only answered mail has them, and nobody answered the spam': [
    'in-reply-to',
    'references',
    'thread-topic',
    'thread-index',
    'comments',
    'mail-followup-to',
    'x-reply-to',
  ],
  'added by mailing lists, from which most of the ham was collected': [
    'x-beenthere',
    'mailing-list',
    'precedence',
    'errors-to',
    'sender',
    'x-loop',
    'x-original-date',
    'x-mailing-list',
    'x-hops',
    'x-apparently-to',
    'x-yahoo-profile',
    'x-egroups-return',
    'old-subject',
    'old-return-path',
    'x-unsubscription-info',
    'x-acceptable-languages',
    'x-no-archive',
    'archived-at',
    'x-ml-name',
    'x-url-list',
  ],
  "added by the collector's mailbox and its filters": [
    'x-keywords',
    'x-status',
    'status',
    'delivery-date',
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
    'x-razor',
    'x-sieve',
  ],
  'recipients: the collector, and the lists again': [
    'to',
    'cc',
    'bcc',
    'apparently-to',
    'delivered-to',
    'envelope-to',
    'x-envelope-to',
    'x-original-to',
    'x-rcpt-to',
    'x-originally-to',
    'x-delivered-to',
    'x-mdaemon-deliver-to',
    'x-original-recipient',
    'return-path',
    'x-mail-from',
  ],
} as const;

const DROPPED_HEADERS: ReadonlySet<string> = new Set(Object.values(DROPPED_BY_REASON).flat());

/** Lists and their software; forwarded copies; SpamAssassin's own verdict. */
const DROPPED_PREFIXES: readonly string[] = ['list-', 'x-list', 'x-mailman', 'x-egroups', 'resent-', 'x-spam'];

/** Virus scanners of list servers: `X-MailScanner`, `X-UCSC-CATS-MailScanner`. */
const DROPPED_PART = 'mailscanner';

/** Hosts and programs of the collector. Everything they added was added after delivery. */
export const COLLECTOR_HOSTS: readonly string[] = [
  'fetchmail',
  'jmason.org',
  'netnoteinc',
  'taint.org',
  'slashnull',
  'webnote.net',
  'phobos',
  'jalapeno',
];

/** Hosts that lists of the collection ran on: what they added says which list it was. */
export const LIST_HOSTS: readonly string[] = [
  'linux.ie',
  'tuatha.org',
  'freshrpms.net',
  'egwn.net',
  'xent.com',
  'listman.redhat.com',
  'corp.redhat.com',
  'lists.sourceforge.net',
  'example.sourceforge.net',
  'usw-sf-',
  'yahoogroups.com',
  'egroups.com',
  'ssz.com',
  'pro-ns.net',
  'minder.net',
  'exmh-workers',
  'exmh-users',
  'rpm-zzzlist',
  'zzzzteana',
];

const FOREIGN_HOSTS = [...COLLECTOR_HOSTS, ...LIST_HOSTS];

/** Headers that the sender wrote: kept even if they name a host of the lists, with the collector's addresses redacted. */
const SENDERS_OWN: ReadonlySet<string> = new Set(['from', 'subject', 'date', 'content-type', 'x-mailer', 'user-agent']);

/**
 * Whether a header is dropped, by its name or because it names a host of the collector or of a list: a Message-ID that
 * the receiving host made up, a warning that it wrote, a Reply-To that a list set.
 *
 * @param name - Lower case.
 */
export function isGiveawayHeader(name: string, value: string): boolean {
  if (DROPPED_HEADERS.has(name) || name.includes(DROPPED_PART)) return true;
  if (DROPPED_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return !SENDERS_OWN.has(name) && namesForeignHost(value);
}

/** Whether a value, for example a Received line, names a host of the collector or of a list of the collection. */
export function namesForeignHost(value: string): boolean {
  const lower = value.toLowerCase();
  return FOREIGN_HOSTS.some((host) => lower.includes(host));
}

/** Names that subjects get from lists without brackets. */
export const SUBJECT_PREFIXES: readonly string[] = ['cdr:'];

/** Lower case; a line that has one was appended by a list. */
export const FOOTER_LINES: readonly string[] = [
  '/mailman/listinfo',
  '/lists/listinfo',
  'list maintainer:',
  "irish linux users' group",
  'to unsubscribe from this group, send an email to',
  '-unsubscribe@egroups',
  '-unsubscribe@yahoogroups',
  'your use of yahoo! groups is subject to',
  'docs.yahoo.com/info/terms',
  'welcome to geek heaven',
  'thinkgeek.com/sf',
  'sf.net email is sponsored',
  'sourceforge.net email is sponsored',
  'refcode1=vs3390',
  'deathtospamdeathtospam',
  'yahoo! groups sponsor',
  'us.click.yahoo.com',
  // Advertisements that SourceForge and Yahoo put into such footers.
  'cell phone? get a new here for free',
  'inphonic.com/r.asp',
  'seeker.dice.com/seeker.epl',
  'for high-tech professionals. search and apply for tech jobs',
  '4 dvds free +s&p join now',
];
