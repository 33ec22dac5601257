import { describe, expect, it } from 'vitest';
import { cosine } from './encoder-parity.ts';

describe('cosine', () => {
  it('is that of the angle, whatever the lengths', () => {
    expect(cosine(Float32Array.of(1, 0), Float32Array.of(3, 0))).toBe(1);
    expect(cosine(Float32Array.of(1, 0), Float32Array.of(0, 2))).toBe(0);
    expect(cosine(Float32Array.of(3, 4), Float32Array.of(-3, -4))).toBe(-1);
    expect(cosine(Float32Array.of(3, 4), Float32Array.of(4, 3))).toBe(0.96);
  });

  it('is NaN for a row of zeros and for rows of two widths', () => {
    expect([cosine(Float32Array.of(0), Float32Array.of(1)), cosine(Float32Array.of(1), Float32Array.of(1, 0))]).toEqual(
      [Number.NaN, Number.NaN],
    );
  });
});
