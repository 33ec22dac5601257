import type { Mail } from '@clamor/spam';

const SIGNS =
  /\b(mortgages?|refinanc\w{1,4}|interest rates?|lenders?|loans?|home ?owners?|equity|debts?|credit cards?|consolidat\w{1,4})\b/gi;
const MIN_SIGNS = 3;

/**
 * Whether a spam mail of the fitting set is taken for an offer of loans: at least three different signs of it. A rule for
 * picking what to learn from; it is no part of the member.
 */
export function isKind(mail: Pick<Mail, 'subject' | 'text'>): boolean {
  return new Set(`${mail.subject}\n${mail.text}`.toLowerCase().match(SIGNS)).size >= MIN_SIGNS;
}
