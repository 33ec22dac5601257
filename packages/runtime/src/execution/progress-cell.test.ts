import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressCell } from './progress-cell.ts';

beforeEach(() => vi.useFakeTimers({ now: 1000, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('ProgressCell', () => {
  it('shows on one side what is published on the other', () => {
    const cell = new ProgressCell();
    new ProgressCell(cell.memory).publish('scoring', 7);
    vi.setSystemTime(1234);
    expect(cell.read()).toEqual({ activity: 'scoring', index: 7, since: 1000 });
  });

  it('counts a reading in the middle of a writing as having begun just now', () => {
    const cell = new ProgressCell();
    cell.publish('parsing', 3);
    new Float64Array(cell.memory, 0, 1)[0] = Number.POSITIVE_INFINITY;
    vi.setSystemTime(5000);
    expect(cell.read().since).toBe(5000);
  });

  it.each([
    { kind: 'member', index: 0 },
    { kind: 'member', index: 7 },
    { kind: 'encoder', index: 0 },
    { kind: 'encoder', index: 2 },
  ] as const)('names who ended its worker: $kind $index', (culprit) => {
    const cell = new ProgressCell();
    expect(cell.blamed).toBeNull();
    cell.blame(culprit);
    expect(cell.blamed).toEqual(culprit);
  });

  it('gives up one task and not the next one', () => {
    const cell = new ProgressCell();
    cell.giveUp(4);
    expect([4, 5].map((task) => cell.isGivenUp(task))).toEqual([true, false]);
  });
});
