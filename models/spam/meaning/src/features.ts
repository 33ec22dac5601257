import type { Mail } from '@clamor/spam';

/** Characters that are given to the encoder, which reads no more than 256 tokens of them. */
export const MAX_CHARS = 4000;

/**
 * The text of a mail that the encoder reads: its subject, a line feed, and what a reader sees of the body.
 *
 * @returns At most {@link MAX_CHARS} characters; never abstains, a mail without text has the meaning of no text.
 */
export function readText(mail: Pick<Mail, 'subject' | 'text'>): string {
  return `${mail.subject}\n${mail.text}`.slice(0, MAX_CHARS);
}
