import { describe, expect, it } from 'vitest';

import { formatBytes, formatMs } from './format-cost.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 KiB'],
    [131_641, '129 KiB'],
    [1_000_000, '1.0 MiB'],
    [23_281_664, '22 MiB'],
    [3 * 2 ** 30, '3.0 GiB'],
    [-(2 ** 20), '-1.0 MiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatMs', () => {
  it.each([
    [0.0123, '0.012 ms'],
    [2.345, '2.35 ms'],
    [31.26, '31.3 ms'],
    [618.2, '618 ms'],
    [12_345, '12.3 s'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });
});
