import { addressParser } from 'postal-mime';

import { readBodies } from './bodies.ts';
import { cleanSubject } from './clean-subject.ts';
import { MailError } from './errors.ts';
import { isGiveawayHeader, namesForeignHost } from './giveaways.ts';
import { LIMITS } from './limits.ts';
import { decodeHeader, parseMime, type MimeLeaf, type MimeMail } from './mime.ts';
import type { Address, Header, Mail, MailFields, MailInput, MailPart } from './mail.ts';
import { maskDate, maskDigits, maskReceived } from './mask.ts';
import { redactRecipients } from './redact.ts';

/**
 * Parses and cleans one mail. Pure: the same input gives the same mail, whatever the clock, the machine or earlier calls.
 *
 * @throws {MailError} `MAIL_INPUT_INVALID`, `MAIL_EMPTY`, `MAIL_TOO_LARGE`, `MAIL_UNREADABLE`.
 * @example (await parseMail('Subject: Hi\n\nCheap pills: http://a.example/')).links.length // 1
 */
export async function parseMail(input: MailInput): Promise<Mail> {
  const source = readInput(input);
  if (!(source instanceof Uint8Array)) return mailFromFields(source);
  if (source.length > LIMITS.inputBytes) throw tooLarge(source.length);
  if (isBlank(source)) {
    throw new MailError(
      'MAIL_EMPTY',
      `The mail has ${source.length} bytes and none of them says anything. Pass the raw mail.`,
    );
  }
  return mailFromMime(await parseMime(source), source.length);
}

function readInput(input: unknown): Uint8Array | MailFields {
  if (typeof input === 'string') return bytesOf(input);
  if (input instanceof Uint8Array) return input;
  if (typeof input !== 'object' || input === null)
    throw invalid(`The input is ${input === null ? 'null' : `a ${typeof input}`}.`);
  if ('raw' in input && input.raw !== null && input.raw !== undefined) {
    if (typeof input.raw !== 'string' && !(input.raw instanceof Uint8Array))
      throw invalid(`raw is a ${typeof input.raw}.`);
    return readInput(input.raw);
  }
  return readFields(input);
}

const FIELDS = ['from', 'subject', 'text', 'html'] as const;

function readFields(input: object): MailFields {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, (input as MailFields)[name] ?? null]));
  const wrong = FIELDS.filter((name) => fields[name] !== null && typeof fields[name] !== 'string');
  if (wrong.length > 0) throw invalid(`${wrong.join(', ')} must be text.`);
  if (FIELDS.every((name) => fields[name] === null)) {
    throw invalid(
      `The input is an object with ${Object.keys(input).slice(0, 10).join(', ').slice(0, 200) || 'no fields'}.`,
    );
  }
  return fields;
}

function invalid(found: string): MailError {
  return new MailError(
    'MAIL_INPUT_INVALID',
    `${found} Pass bytes, text, { raw }, or at least one of { ${FIELDS.join(', ')} }.`,
  );
}

function tooLarge(sizeBytes: number): MailError {
  return new MailError(
    'MAIL_TOO_LARGE',
    `The mail has ${sizeBytes} bytes; at most ${LIMITS.inputBytes} are read. Check that the file is one mail and not a folder of them.`,
  );
}

function bytesOf(text: string): Uint8Array {
  // A string needs at most three bytes per unit: refuse before making a copy of something huge.
  if (text.length > LIMITS.inputBytes) throw tooLarge(text.length);
  return new TextEncoder().encode(text);
}

/** White space and NUL only. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20);
}

function mailFromMime({ headers, leaves }: MimeMail, sizeBytes: number): Mail {
  const first = (name: string): string => decodeHeader(headers.find((header) => header.name === name)?.value ?? '');
  return {
    subject: redactRecipients(cleanSubject(first('subject'))),
    from: parseAddress(redactRecipients(first('from'))),
    replyTo: ownReplyTo(headers, first('reply-to')),
    ...readBodies(leaves),
    headers: keptHeaders(headers),
    received: headers
      .filter(({ name, value }) => name === 'received' && !namesForeignHost(value))
      .slice(0, LIMITS.received)
      .map(({ value }) => maskReceived(value.slice(0, LIMITS.headerChars))),
    parts: leaves.map((leaf): MailPart => ({
      type: leaf.type.slice(0, 100),
      charset: leaf.charset,
      encoding: leaf.encoding,
      attachment: leaf.attachment,
      sizeBytes: leaf.sizeBytes,
    })),
    sizeBytes,
  };
}

function keptHeaders(headers: MimeMail['headers']): Header[] {
  const kept: Header[] = [];
  for (const { name, value } of headers) {
    if (kept.length >= LIMITS.headers) break;
    if (name === 'received' || isGiveawayHeader(name, value)) continue;
    if (name === 'reply-to' && ownReplyTo(headers, value).address === '') continue;
    kept.push({ name, value: cleanHeader(name, decodeHeader(value)) });
  }
  return kept;
}

function cleanHeader(name: string, value: string): string {
  if (name === 'subject') return redactRecipients(cleanSubject(value));
  if (name === 'date' || name.endsWith('-date')) return maskDate(value);
  if (name.endsWith('message-id') || name === 'x-originalarrivaltime') return maskDigits(value);
  if (name === 'content-type') return maskBoundary(value);
  return redactRecipients(value);
}

/** Boundaries are often made of the time. */
function maskBoundary(value: string): string {
  const boundary = value.toLowerCase().indexOf('boundary');
  return boundary < 0 ? value : value.slice(0, boundary) + maskDigits(value.slice(boundary));
}

/** Empty where a list set it: where it names a list's host, or somebody whom the mail was sent to. */
function ownReplyTo(headers: MimeMail['headers'], value: string): Address {
  const replyTo = parseAddress(value);
  const isRecipient = headers.some(
    (header) => (header.name === 'to' || header.name === 'cc') && header.value.toLowerCase().includes(replyTo.address),
  );
  return isRecipient || isGiveawayHeader('reply-to', value) ? { name: '', address: '' } : replyTo;
}

function mailFromFields(fields: MailFields): Mail {
  const values = FIELDS.map((name) => fields[name] ?? '');
  const sizeBytes = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (sizeBytes > LIMITS.inputBytes) throw tooLarge(sizeBytes);
  if (values.every((value) => value.trim() === '')) {
    throw new MailError('MAIL_EMPTY', `${FIELDS.join(', ')} are all empty. Pass at least one of them.`);
  }
  const leaves = [leafOf('text/plain', fields.text ?? ''), leafOf('text/html', fields.html ?? '')].filter(
    (leaf) => leaf.text !== '',
  );
  const headers = [
    { name: 'from', value: wellFormed(fields.from ?? '') },
    { name: 'subject', value: wellFormed(fields.subject ?? '') },
  ].filter(({ value }) => value !== '');
  return mailFromMime({ headers, leaves }, sizeBytes);
}

/** Text and HTML of one mail are two versions of the same body. */
function leafOf(type: string, value: string): MimeLeaf {
  const text = wellFormed(value);
  return {
    type,
    charset: '',
    encoding: '',
    attachment: false,
    sizeBytes: Buffer.byteLength(text),
    text,
    alternative: 0,
  };
}

/** Half surrogate pairs become U+FFFD. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}

function parseAddress(value: string): Address {
  const parsed = addressParser(value, { flatten: true })[0];
  return { name: parsed?.name ?? '', address: (parsed?.address ?? '').toLowerCase() };
}
