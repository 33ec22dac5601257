import { describe, expect, it } from 'vitest';
import { MAX_GRAMS, findGrams } from './features.ts';

const subject = (text: string): string[] =>
  [...findGrams({ subject: text, from: { name: '', address: '' } })].filter((gram) => gram.startsWith('s:'));

describe('findGrams', () => {
  it('takes the 2–5-grams of the padded subject', () => {
    expect(subject('Hi')).toEqual(['s: H', 's: Hi', 's: Hi ', 's:Hi', 's:Hi ', 's:i ']);
  });

  it('keeps the case, reads digits as 0 and runs of white space as one space', () => {
    expect(subject('FREE')).not.toEqual(subject('free'));
    expect(subject('5\t  x')).toEqual(subject('7 x'));
  });

  it('keeps sender and subject apart', () => {
    const grams = findGrams({ subject: '', from: { name: 'ab', address: 'ab' } });
    expect([grams.has('n:ab'), grams.has('a:ab'), grams.has('s:ab')]).toEqual([true, true, false]);
  });

  it('reads a bounded number of distinct n-grams', () => {
    const name = Array.from({ length: 5000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    expect(findGrams({ subject: name, from: { name, address: name } }).size).toBeLessThanOrEqual(MAX_GRAMS);
  });
});
