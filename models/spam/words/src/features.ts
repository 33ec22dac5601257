import { type BagWriter, hashTerm } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

/** Rows of the graph's table. */
export const BUCKETS = 2 ** 16;
/** Distinct words of one mail that are read. */
export const MAX_WORDS = 4096;

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*|[$£€]|!+| {5,}/gu;
const MAX_WORD_CHARS = 24;

/**
 * The words of subject and body with their counts; those of the subject begin with `s:`.
 *
 * Lower case; digits become 0, so that `$5,000` and `$7,500` are one word; a word of more than 24 characters counts by its
 * length only, because it is an identifier or an encoding; five spaces or more are a `gap`; a word of another script than
 * Latin counts as one sign.
 *
 * @returns At most {@link MAX_WORDS} words, in the order of the mail.
 */
export function countWords(mail: Pick<Mail, 'subject' | 'text'>): Map<string, number> {
  const counts = new Map<string, number>();
  addWords(counts, mail.subject, 's:');
  addWords(counts, mail.text, '');
  return counts;
}

function addWords(counts: Map<string, number>, text: string, prefix: string): void {
  for (const [raw] of text.matchAll(WORD)) {
    const word = prefix + readWord(raw);
    addOne(counts, word);
  }
}

function addOne(counts: Map<string, number>, term: string): void {
  const count = counts.get(term) ?? 0;
  if (count > 0 || counts.size < MAX_WORDS) counts.set(term, count + 1);
}

function readWord(raw: string): string {
  if (raw.startsWith(' ')) return 'gap';
  // Without spaces between words, a run of another script is a sentence: only that it is there counts.
  if (/[^\p{Script=Latin}\p{N}\p{P}\p{S}]/u.test(raw)) return 'script:other';
  return raw.length > MAX_WORD_CHARS ? `long:${raw.length >> 3}` : mask(raw);
}

function mask(word: string): string {
  return word.toLowerCase().replace(/\p{N}/gu, '0').slice(0, MAX_WORD_CHARS);
}

/**
 * Writes the hashed words of a mail, each weighted 1 + ln count, the weights scaled to Euclidean length 1: a long mail
 * says no more than a short one.
 */
export function writeWords(mail: Pick<Mail, 'subject' | 'text'>, target: BagWriter): void {
  const counts = countWords(mail);
  let squares = 0;
  for (const count of counts.values()) squares += (1 + Math.log(count)) ** 2;
  const scale = 1 / Math.sqrt(Math.max(squares, 1));
  for (const [word, count] of counts) target.add(hashTerm(word, BUCKETS), (1 + Math.log(count)) * scale);
}
