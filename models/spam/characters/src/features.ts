import { type BagWriter, hashTerm } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

/** Rows of the graph's table. */
export const BUCKETS = 2 ** 16;
/** Distinct n-grams of one mail that are read. */
export const MAX_GRAMS = 4096;

const MIN_CHARS = 2;
const MAX_CHARS = 5;
const FIELD_CHARS = 200;

/**
 * The 2–5-grams of characters of the sender's name (`n:`), of the sender's address (`a:`) and of the subject (`s:`).
 *
 * The case stays, because shouting is a sign; digits become 0; runs of white space become one space, and both ends are
 * padded with one.
 *
 * @returns At most {@link MAX_GRAMS} distinct n-grams, those of the subject last.
 */
export function findGrams(mail: Pick<Mail, 'subject' | 'from'>): Set<string> {
  const grams = new Set<string>();
  addGrams(grams, mail.from.name, 'n:');
  addGrams(grams, mail.from.address, 'a:');
  addGrams(grams, mail.subject, 's:');
  return grams;
}

function addGrams(grams: Set<string>, field: string, prefix: string): void {
  const text = ` ${field.slice(0, FIELD_CHARS).replace(/\s+/g, ' ').replace(/\p{N}/gu, '0').trim()} `;
  for (let start = 0; start < text.length; start++) {
    for (let length = MIN_CHARS; length <= MAX_CHARS && start + length <= text.length; length++) {
      if (grams.size >= MAX_GRAMS) return;
      grams.add(prefix + text.slice(start, start + length));
    }
  }
}

/** Writes the hashed n-grams of a mail, all with one weight, scaled to Euclidean length 1. */
export function writeGrams(mail: Pick<Mail, 'subject' | 'from'>, target: BagWriter): void {
  const grams = findGrams(mail);
  const weight = 1 / Math.sqrt(grams.size);
  for (const gram of grams) target.add(hashTerm(gram, BUCKETS), weight);
}
