import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressReading } from './progress-cell.ts';
import { type ActivityLimits, Watch } from './watch.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const LIMITS: ActivityLimits = {
  beginMs: 100,
  loadMs: 1000,
  parseMs: 50,
  scoreMs: (member) => 200 + member,
  encodeMs: 400,
};

/** Milliseconds until a task that stays as it is gets stopped; `null` when it is not within a minute. */
async function stoppedAfter(activity: ProgressReading['activity'], index = 0): Promise<number | null> {
  let stopped: number | null = null;
  const reading = { activity, index, since: Date.now() };
  const end = new Watch().watch(
    () => reading,
    LIMITS,
    () => (stopped = Date.now() - reading.since),
  );
  await vi.advanceTimersByTimeAsync(60_000);
  end();
  return stopped;
}

describe('Watch', () => {
  // The limit, then 15 ms or a tenth of it, then the next look (every 5 ms) and a turn (a fake one takes 1 ms).
  it.each([
    ['idle', 121],
    ['parsing', 71],
    ['scoring', 226],
    ['loading', 1106],
    ['starting', 1106],
  ] as const)('stops a task that stays in "%s" beyond its limit', async (activity, ms) => {
    expect(await stoppedAfter(activity)).toBe(ms);
  });

  it('goes by the member that is scored', async () => {
    expect(await stoppedAfter('scoring', 100)).toBe(336);
  });

  it('lets members take their time to close', async () => {
    expect(await stoppedAfter('closing')).toBeNull();
  });

  it('does not stop a task that moves on in the turn before it would be stopped', async () => {
    let reading: ProgressReading = { activity: 'parsing', index: 0, since: 0 };
    const stop = vi.fn<() => void>();
    const end = new Watch().watch(() => reading, LIMITS, stop);
    vi.advanceTimersByTime(70);
    reading = { activity: 'parsing', index: 1, since: 70 };
    await vi.advanceTimersByTimeAsync(40);
    expect(stop).not.toHaveBeenCalled();
    end();
  });

  it('has a timer only while there is something to watch', () => {
    const watch = new Watch();
    const ends = [0, 1].map(() =>
      watch.watch(
        () => ({ activity: 'idle', index: 0, since: 0 }),
        LIMITS,
        () => {},
      ),
    );
    expect(vi.getTimerCount()).toBe(1);
    for (const end of ends) end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
