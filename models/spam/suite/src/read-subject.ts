import { cleanSubject } from './clean-subject.ts';
import { LIMITS } from './limits.ts';
import type { MailInput } from './mail.ts';
import { decodeHeader } from './mime.ts';
import { prepareBytes } from './prepare.ts';

/** Where the header block of a mail is looked for. */
const MAX_HEADER_BYTES = LIMITS.headerBytes;

/**
 * The subject of a mail without parsing the rest of it: for lists and reports.
 *
 * @returns Cleaned like {@link Mail.subject}; empty when there is none. Untrusted text.
 * @example readSubject('From: a@b.example\nSubject: Hello\n  you\n\nSubject: not this') // 'Hello  you'
 */
export function readSubject(input: MailInput): string {
  if (typeof input === 'object' && 'raw' in input) return readSubject(input.raw);
  if (typeof input === 'object' && !(input instanceof Uint8Array)) return cleanSubject(input.subject ?? '');
  const bytes = typeof input === 'string' ? Buffer.from(input.slice(0, MAX_HEADER_BYTES)) : input;
  const lines = new TextDecoder().decode(prepareBytes(bytes.subarray(0, MAX_HEADER_BYTES))).split('\n');
  let subject: string | null = null;
  for (const line of lines) {
    const isFold = line.startsWith(' ') || line.startsWith('\t');
    if (subject !== null && !isFold) break;
    if (subject !== null) subject += line.trimEnd();
    else if (line.trim() === '') break;
    else if (/^subject:/i.test(line)) subject = line.slice('subject:'.length).trim();
  }
  return cleanSubject(decodeHeader(subject ?? ''));
}
