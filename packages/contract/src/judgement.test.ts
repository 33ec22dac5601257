import { describe, expect, it } from 'vitest';
import { judgementAt } from './judgement.ts';
import { scoreColumn } from './score-column.ts';

describe('judgementAt', () => {
  const scores = scoreColumn([0.7, 0.69999, 0.9, 0.9], [0, 0, 1, 2]);

  it('is positive on the threshold itself, in float32', () => {
    expect(judgementAt(scores, 0, 0.7)).toBe('positive');
  });

  it('is negative just below it', () => {
    expect(judgementAt(scores, 1, 0.7)).toBe('negative');
  });

  it('passes abstentions and failures on, whatever the score was', () => {
    expect([judgementAt(scores, 2, 0.7), judgementAt(scores, 3, 0.7)]).toEqual(['abstained', 'failed']);
  });
});
