import type { Mail } from '@clamor/spam';

const SIGNS =
  /\b(next of kin|nigeria|sierra leone|late (?:president|father|husband)|million (?:us|united states) dollars|foreign (?:account|partner)|security company|strictly confidential|modalities|mobutu|abacha|transfer of (?:the )?(?:fund|money)s?)\b/gi;
const MIN_SIGNS = 2;

/**
 * Whether a spam mail of the fitting set is taken for advance-fee fraud: at least two different signs of it. A rule for
 * picking what to learn from; it is no part of the member.
 */
export function isKind(mail: Pick<Mail, 'subject' | 'text'>): boolean {
  return new Set(`${mail.subject}\n${mail.text}`.toLowerCase().match(SIGNS)).size >= MIN_SIGNS;
}
