import { describe, expect, it } from 'vitest';

import { formatCount, formatPercent, formatShare, formatSpan } from './format-status.ts';

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

describe('formatPercent', () => {
  it.each([
    [0, '0 %'],
    [100, '100 %'],
    [0.001, '<0.01 %'],
    [0.25, '0.25 %'],
    [2.94, '2.9 %'],
    [39.4, '39 %'],
    [99.97, '>99 %'],
  ])('%d becomes %s', (percent, text) => {
    expect(formatPercent(percent)).toBe(text);
  });
});

describe('formatShare', () => {
  it('is a percentage, and nothing of nothing', () => {
    expect([formatShare(3, 1000), formatShare(0, 0)]).toEqual(['0.30 %', '–']);
  });
});

describe('formatCount', () => {
  it('sets thousands apart', () => {
    expect(formatCount(12_345)).toBe('12,345');
  });
});
