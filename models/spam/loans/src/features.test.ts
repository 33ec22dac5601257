import { describe, expect, it } from 'vitest';
import { MAX_TERMS, findTerms, writeTerms } from './features.ts';

describe('findTerms', () => {
  it('takes words and pairs of neighbours, lower case, digits as one 0', () => {
    expect([...findTerms({ subject: 'The Sum', text: 'of $25' })]).toEqual([
      'the',
      'sum',
      'the sum',
      'of',
      'sum of',
      '$',
      'of $',
      '0',
      '$ 0',
    ]);
  });

  it('finds nothing in a mail without words', () => {
    expect(findTerms({ subject: '', text: '...' }).size).toBe(0);
  });

  it('reads a bounded number of distinct terms', () => {
    const text = Array.from({ length: 9000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(' ');
    expect(findTerms({ subject: '', text }).size).toBeLessThanOrEqual(MAX_TERMS);
  });
});

describe('writeTerms', () => {
  it('gives every mail weights of Euclidean length 1, and an empty one none', () => {
    const weights: number[] = [];
    const target = { add: (_: number, weight = 1) => void weights.push(weight) };
    writeTerms({ subject: '', text: '...' }, target);
    expect(weights).toEqual([]);
    writeTerms({ subject: 'a', text: 'b c' }, target);
    expect(Math.hypot(...weights)).toBeCloseTo(1, 12);
  });
});
