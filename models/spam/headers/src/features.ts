import { type BagWriter, hashTerm } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

/** Rows of the graph's table. */
export const BUCKETS = 2 ** 14;
/** Distinct tokens of one mail that are read. */
export const MAX_TOKENS = 512;

/** Headers that the sender's program writes; that one of them is missing is a token. */
const SENDER_HEADERS: readonly string[] = [
  'content-class',
  'content-disposition',
  'content-transfer-encoding',
  'content-type',
  'date',
  'importance',
  'message-id',
  'mime-version',
  'organization',
  'reply-to',
  'user-agent',
  'x-accept-language',
  'x-mailer',
  'x-mimeole',
  'x-msmail-priority',
  'x-originating-ip',
  'x-priority',
  'x-sender',
];

/** Headers that relays, filters, mailing lists and archives add: they say where a mail was collected, and are not read. */
const RELAY_HEADER =
  /list|loop|bulk|deliver|apparently|authentication|autoconverted|virus|scan|abuse|followup|unsub|precedence|yahoo|^resent-|^old-|^x-image|^x-mailer-|habeas/;

/** Received lines are read from the oldest on: the newest were written by whoever collected the mail. */
const OLDEST_RECEIVED = 2;

/**
 * The tokens of a mail's headers: which of the sender's headers there are, their values or shapes, the shape of the
 * Message-ID and of the two oldest Received lines. Host names, addresses and dates are never tokens.
 *
 * @returns At most {@link MAX_TOKENS} distinct tokens.
 */
export function findTokens(mail: Pick<Mail, 'headers' | 'received' | 'from' | 'replyTo'>): Set<string> {
  const values = new Map<string, string>();
  for (const { name, value } of mail.headers) if (!values.has(name)) values.set(name, value);
  const tokens = new Set<string>();
  for (const token of allTokens(mail, values)) {
    if (tokens.size >= MAX_TOKENS) break;
    tokens.add(token.slice(0, 80));
  }
  return tokens;
}

type Values = ReadonlyMap<string, string>;

function* allTokens(mail: Pick<Mail, 'received' | 'from' | 'replyTo'>, values: Values): Generator<string> {
  for (const name of SENDER_HEADERS) if (!values.has(name)) yield `no:${name}`;
  for (const name of values.keys()) if (!RELAY_HEADER.test(name)) yield `has:${name}`;
  yield* programTokens(values);
  yield* mimeTokens(values);
  for (const name of ['x-priority', 'x-msmail-priority', 'importance']) {
    if (values.has(name)) yield `${name}:${words(values.get(name) ?? '')}`;
  }
  yield* idTokens(values.get('message-id') ?? '', mail.from.address);
  yield* dateTokens(values.get('date') ?? '');
  yield* senderTokens(mail);
  for (const line of mail.received.slice(-OLDEST_RECEIVED)) yield* receivedTokens(line);
  yield `received:${mail.received.length === 0 ? 'none' : 'some'}`;
  yield* agreementTokens(mail, values);
}

function* programTokens(values: Values): Generator<string> {
  const program = values.get('x-mailer') ?? values.get('user-agent') ?? '';
  if (program === '') return;
  const parts = program
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1);
  for (const part of parts.slice(0, 6)) yield `program:${part}`;
  yield `program-start:${parts.slice(0, 2).join(' ')}`;
  yield `program-shape:${shape(program).slice(0, 40)}`;
  yield `program-version:${/\d+\.\d+(\.\d+)*/.exec(program)?.[0] ?? 'none'}`;
  const claimsOutlook = /outlook express/i.test(program);
  yield `outlook:${claimsOutlook}:mimeole:${values.has('x-mimeole')}`;
}

function* mimeTokens(values: Values): Generator<string> {
  const type = values.get('content-type') ?? '';
  const media = type.split(';', 1)[0]?.trim() ?? '';
  yield `type:${media.toLowerCase()}`;
  yield `type-case:${caseOf(media)}`;
  const charset = /charset\s*=\s*("?)([^";\s]*)/i.exec(type);
  yield charset === null ? 'charset:none' : `charset:${charset[1]}${(charset[2] ?? '').slice(0, 20)}`;
  yield `boundary:${shape(/boundary\s*=\s*"?([^";\s]*)/i.exec(type)?.[1] ?? '').slice(0, 24)}`;
  yield `encoding:${values.get('content-transfer-encoding') ?? 'none'}`;
}

function* idTokens(id: string, address: string): Generator<string> {
  const [left = '', right = ''] = id.trim().replace(/^</, '').replace(/>$/, '').split('@', 2);
  yield `id:${shape(left)}`;
  for (const part of shape(left)
    .split(/(?=[.$_-])/)
    .slice(0, 6))
    yield `id-part:${part}`;
  yield `id-length:${Math.floor(left.length / 4)}`;
  yield `id-case:${caseOf(left)}`;
  yield `id-labels:${right === '' ? 0 : Math.min(right.split('.').length, 5)}`;
  yield `id-brackets:${id.trim().startsWith('<')}`;
  const domain = address.split('@')[1] ?? '';
  yield `id-domain:${domain !== '' && isSameDomain(right.toLowerCase(), domain)}`;
}

function* dateTokens(date: string): Generator<string> {
  yield `date:${date
    .replace(/[+-]\d{4}/, 'Z')
    .replace(/\([^)]*\)/, '(Z)')
    .replace(/\s+/g, ' ')}`;
  yield `zone:${/[+-]\d{4}/.exec(date)?.[0] ?? /[A-Z]{3,4}(?=\)?$)/.exec(date)?.[0] ?? 'none'}`;
  yield `zone-name:${/\([^)]*\)\s*$/.test(date)}`;
}

function* senderTokens({ from, replyTo }: Pick<Mail, 'from' | 'replyTo'>): Generator<string> {
  const [user = '', domain = ''] = from.address.split('@', 2);
  yield `name:${from.name === '' ? 'none' : caseOf(from.name)}`;
  yield `name-words:${Math.min(from.name.split(/\s+/).length, 5)}`;
  yield `user:${shape(user).slice(0, 20)}`;
  yield `user-digits:${/\d/.test(user)}`;
  yield `domain-digits:${/\d/.test(domain)}`;
  yield `top:${domain.split('.').at(-1) ?? ''}`;
  yield `name-is-user:${from.name.toLowerCase() === user || from.name.toLowerCase() === from.address}`;
  if (replyTo.address === '') return;
  yield `reply:${replyTo.address === from.address ? 'same' : 'other'}`;
}

function* receivedTokens(line: string): Generator<string> {
  const [route = '', date = ''] = line.split(/;(?=[^;]*$)/);
  const by = route.indexOf(' by ');
  const from = by < 0 ? route : route.slice(0, by);
  yield `from:${hostShape(from)}`;
  yield `with:${/\bwith\s+([\w/-]+)/i.exec(route)?.[1]?.toLowerCase() ?? 'none'}`;
  yield `for:${/\sfor\s/.test(route)}`;
  yield `unknown:${/unknown/i.test(from)}`;
  yield `helo:${/\bhelo\b/i.test(from)}`;
  yield `software:${(/\(([A-Za-z][\w. /-]*)/.exec(by < 0 ? '' : route.slice(by))?.[1] ?? 'none').replace(/\d+/g, '0')}`;
  yield `received-date:${date
    .trim()
    .replace(/[+-]\d{4}/, 'Z')
    .replace(/\([^)]*\)/, '(Z)')
    .replace(/\s+/g, ' ')}`;
  yield `received-zone:${/[+-]\d{4}/.exec(date)?.[0] ?? 'none'}`;
}

/** Mail services that anybody can use, and that spam likes to pretend to come from. */
const FREE_MAIL =
  /(?:^|\.)(?:hotmail|yahoo|aol|msn|excite|lycos|netscape|earthlink|juno|eudoramail|mail)\.(?:com|net)$/;

/** Whether sender, Message-ID, date and route tell the same story. */
function* agreementTokens({ from, received }: Pick<Mail, 'received' | 'from'>, values: Values): Generator<string> {
  const route = received.join(' ').toLowerCase();
  const domain = (from.address.split('@')[1] ?? '').split('.').slice(-2).join('.');
  const onRoute = received.length === 0 ? 'none' : domain !== '' && route.includes(domain);
  yield `sender-on-route:${onRoute}`;
  yield `free-mail:${FREE_MAIL.test(domain)}:on-route:${onRoute}`;
  const idHost = /@([^\s>]*)/.exec(values.get('message-id') ?? '')?.[1]?.toLowerCase() ?? '';
  yield `id-on-route:${received.length === 0 ? 'none' : idHost !== '' && route.replace(/\d/g, '0').includes(idHost)}`;
  const zone = ZONE.exec(values.get('date') ?? '')?.[0];
  const oldest = ZONE.exec(received.at(-1)?.split(';').at(-1) ?? '')?.[0];
  yield `zones:${zone === undefined || oldest === undefined ? 'none' : zone === oldest}`;
}

const ZONE = /[+-]\d{4}/;

/** What stands in the place of host names and addresses: IP, a name with or without dots, or nothing. */
function hostShape(from: string): string {
  return from
    .replace(/\d{1,3}(?:\.\d{1,3}){3}/g, 'IP')
    .replace(/[\w-]+(?:\.[\w-]+)+\.?/g, 'host')
    .replace(/\s+/g, ' ')
    .replace(/[a-z0-9_-]+(?=@)/gi, 'user')
    .replace(/\b(?!from\b|IP\b|host\b|user\b|HELO\b|EHLO\b|unknown\b|localhost\b)[\w-]+/gi, 'word')
    .trim();
}

/** Letters, digits and hexadecimal runs by kind and rough length; everything else as it is. */
function shape(text: string): string {
  return text
    .slice(0, 120)
    .replace(/[0-9]{2,}|[A-Z]{2,}|[a-z]{2,}|[A-Za-z0-9]{3,}/g, (run) => kindOf(run) + Math.min(run.length >> 1, 9))
    .replace(/\s+/g, ' ');
}

function kindOf(run: string): string {
  if (/^\d+$/.test(run)) return '0';
  if (/^[A-Z]+$/.test(run)) return 'A';
  return /^[a-z]+$/.test(run) ? 'a' : 'x';
}

function caseOf(text: string): string {
  const lower = /\p{Ll}/u.test(text);
  const upper = /\p{Lu}/u.test(text);
  return `${upper ? 'U' : ''}${lower ? 'l' : ''}${/\d/.test(text) ? '0' : ''}`;
}

function isSameDomain(host: string, domain: string): boolean {
  const tail = domain.split('.').slice(-2).join('.');
  return host === tail || host.endsWith(`.${tail}`);
}

function words(value: string): string {
  return value.toLowerCase().replace(/\s+/g, ' ').slice(0, 30);
}

/**
 * Writes the hashed tokens of a mail's headers, all with one weight, scaled to Euclidean length 1.
 *
 * @returns `false`, to abstain, when there is no Received line and none of the headers that a sender's program writes: such
 * a mail was never sent, or was given by its fields.
 */
export function writeTokens(mail: Pick<Mail, 'headers' | 'received' | 'from' | 'replyTo'>, target: BagWriter): boolean {
  const wasSent = mail.received.length > 0 || mail.headers.some(({ name }) => SENDER_HEADERS.includes(name));
  if (!wasSent) return false;
  const tokens = findTokens(mail);
  const weight = 1 / Math.sqrt(tokens.size);
  for (const token of tokens) target.add(hashTerm(token, BUCKETS), weight);
  return true;
}
