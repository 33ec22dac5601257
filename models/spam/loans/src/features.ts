import { type BagWriter, hashTerm } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

/** Rows of the graph's table. */
export const BUCKETS = 2 ** 15;
/** Distinct terms of one mail that are read. */
export const MAX_TERMS = 4096;

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’]*|[$£€%]/gu;
/** The kind shows early; what follows may be quoted or padding. */
const MAX_CHARS = 8000;

/**
 * The terms of a mail: its words and pairs of neighbouring words, subject and body alike, lower case, runs of digits as 0.
 *
 * @returns At most {@link MAX_TERMS} distinct terms.
 */
export function findTerms(mail: Pick<Mail, 'subject' | 'text'>): Set<string> {
  const terms = new Set<string>();
  let previous = '';
  for (const [raw] of `${mail.subject}\n${mail.text.slice(0, MAX_CHARS)}`.matchAll(WORD)) {
    if (terms.size >= MAX_TERMS - 1) break;
    const word = raw
      .toLowerCase()
      .replace(/\p{N}+/gu, '0')
      .slice(0, 24);
    terms.add(word);
    if (previous !== '') terms.add(`${previous} ${word}`);
    previous = word;
  }
  return terms;
}

/** Writes the hashed terms of a mail, all with one weight, scaled to Euclidean length 1. */
export function writeTerms(mail: Pick<Mail, 'subject' | 'text'>, target: BagWriter): void {
  const terms = findTerms(mail);
  const weight = 1 / Math.sqrt(terms.size);
  for (const term of terms) target.add(hashTerm(term, BUCKETS), weight);
}
