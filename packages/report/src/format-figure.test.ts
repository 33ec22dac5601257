import { describe, expect, it } from 'vitest';

import { formatCount, formatInterval, formatScore, formatShare, formatShareWithInterval } from './format-figure.ts';

describe('formatShare', () => {
  it('writes a share as a percentage with one decimal', () => {
    expect(formatShare(0.98512)).toBe('98.5%');
  });

  it('writes 100% and 0% only for exactly that', () => {
    expect([formatShare(1), formatShare(0.99999), formatShare(0), formatShare(0.0001)]).toEqual([
      '100%',
      '>99.9%',
      '0%',
      '<0.1%',
    ]);
  });

  it('writes a dash for an undefined share', () => {
    expect(formatShare(null)).toBe('–');
  });
});

describe('formatInterval', () => {
  it('rounds outwards', () => {
    expect(formatInterval([0.97449, 0.99111])).toBe('[97.4–99.2]');
  });

  it('keeps ends that need no rounding', () => {
    expect(formatInterval([0, 0.7])).toBe('[0–70.0]');
    expect(formatInterval([0.29, 1])).toBe('[29.0–100]');
  });

  it('is empty for an undefined interval', () => {
    expect(formatShareWithInterval(null, null)).toBe('–');
  });
});

describe('formatCount', () => {
  it('groups thousands and gives a fraction one decimal', () => {
    expect([formatCount(12345), formatCount(1234.56), formatCount(7), formatCount(0)]).toEqual([
      '12,345',
      '1,234.6',
      '7',
      '0',
    ]);
  });

  it('does not turn a small fraction into 0', () => {
    expect(formatCount(0.01)).toBe('<0.1');
  });
});

describe('formatScore', () => {
  it('keeps four significant digits', () => {
    expect([formatScore(0.932145), formatScore(-12.3456), formatScore(0.00001234)]).toEqual([
      '0.9321',
      '-12.35',
      '1.23e-5',
    ]);
  });
});
