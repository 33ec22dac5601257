import { describe, expect, it } from 'vitest';

import { formatCount, formatPercent, formatShare } from './format-status.ts';

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
