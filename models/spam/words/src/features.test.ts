import { describe, expect, it } from 'vitest';
import { MAX_WORDS, countWords, writeWords } from './features.ts';

const body = (text: string) => countWords({ subject: '', text });

describe('countWords', () => {
  it('counts the words of the body, and those of the subject apart', () => {
    expect(countWords({ subject: 'Free', text: 'free money MONEY' })).toEqual(
      new Map([
        ['s:free', 1],
        ['free', 1],
        ['money', 2],
      ]),
    );
  });

  it('reads every amount of as many digits as one', () => {
    expect(body('$5,000')).toEqual(body('$7,512'));
    expect(body('$5,000')).not.toEqual(body('$75,000'));
  });

  it('counts a word of more than 24 characters by its length only', () => {
    expect(body('a'.repeat(30))).toEqual(body('b'.repeat(30)));
  });

  it('reads a bounded number of distinct words', () => {
    const text = Array.from({ length: 10_000 }, (_, i) =>
      i.toString(36).replace(/\d/g, (d) => 'qrstuvwxyz'[Number(d)]!),
    ).join(' ');
    expect(countWords({ subject: '', text }).size).toBeLessThanOrEqual(MAX_WORDS);
  });
});

describe('writeWords', () => {
  it('gives a short and a long mail weights of the same Euclidean length', () => {
    for (const text of ['hello', 'one two two three three three']) {
      const weights: number[] = [];
      writeWords({ subject: '', text }, { add: (_, weight = 1) => void weights.push(weight) });
      expect(Math.hypot(...weights)).toBeCloseTo(1, 12);
    }
  });
});
