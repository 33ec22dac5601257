import { describe, expect, it } from 'vitest';
import { isSameScore } from './sample.ts';

describe('isSameScore', () => {
  it('allows one part in a million above 1, and a millionth below', () => {
    expect([isSameScore(100.00009, 100), isSameScore(100.0002, 100)]).toEqual([true, false]);
    expect([isSameScore(0.0000009, 0), isSameScore(0.000002, 0)]).toEqual([true, false]);
  });

  it('is never true of NaN', () => {
    expect([isSameScore(Number.NaN, 0), isSameScore(0, Number.NaN)]).toEqual([false, false]);
  });
});
