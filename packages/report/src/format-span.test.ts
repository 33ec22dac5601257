import { describe, expect, it } from 'vitest';

import { formatSpan } from './format-span.ts';

describe('formatSpan', () => {
  it.each([
    [0, '0 s'],
    [-5000, '0 s'],
    [42_000, '42 s'],
    [60_000, '1 min'],
    [11_520_000, '3 h 12 min'],
    [2 * 86_400_000 + 3_000, '2 d'],
    [26 * 3_600_000, '1 d 2 h'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});
