import { describe, expect, it } from 'vitest';

import { RecentTimes } from './recent-times.ts';

const MINUTE = 60_000;

/** A clock to be set by hand. */
function clock(): { now: () => number; advance: (ms: number) => void } {
  let time = 0;
  return { now: () => time, advance: (ms) => (time += ms) };
}

describe('RecentTimes', () => {
  it('has no quantiles of nothing', () => {
    expect(new RecentTimes().quantiles()).toBeNull();
  });

  it('gives the median and the 95th percentile to 1 %', () => {
    const times = new RecentTimes();
    for (let ms = 1; ms <= 100; ms++) times.record(ms);
    const { p50, p95 } = times.quantiles() ?? { p50: 0, p95: 0 };
    expect(Math.abs(p50 / 50 - 1)).toBeLessThan(0.01);
    expect(Math.abs(p95 / 95 - 1)).toBeLessThan(0.01);
  });

  it('tells microseconds apart', () => {
    const times = new RecentTimes();
    times.record(0.0012);
    expect(Math.abs((times.quantiles()?.p50 ?? 0) / 0.0012 - 1)).toBeLessThan(0.01);
  });

  it('ignores what is no time, and cuts what is above an hour', () => {
    const times = new RecentTimes();
    for (const none of [0, -1, Number.NaN]) times.record(none);
    expect(times.quantiles()).toBeNull();
    times.record(Infinity);
    expect(Math.abs((times.quantiles()?.p95 ?? 0) / 3_600_000 - 1)).toBeLessThan(0.01);
  });

  it('remembers for five to ten minutes', () => {
    const { now, advance } = clock();
    const times = new RecentTimes(now);
    times.record(1000);
    advance(5 * MINUTE);
    times.record(1);
    expect(Math.round(times.quantiles()?.p95 ?? 0)).toBeGreaterThan(900);
    advance(5 * MINUTE);
    expect(Math.round(times.quantiles()?.p95 ?? 0)).toBe(1);
    advance(5 * MINUTE);
    expect(times.quantiles()).toBeNull();
  });

  it('forgets everything after a longer pause', () => {
    const { now, advance } = clock();
    const times = new RecentTimes(now);
    times.record(1000);
    advance(60 * MINUTE);
    expect(times.quantiles()).toBeNull();
  });
});
