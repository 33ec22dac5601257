import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { concurrency, leadTimes, type OpenSpan, spanMs } from './lead-time.ts';

const HOUR_MS = 3_600_000;
const hour = (n: number): string => new Date(Date.UTC(2026, 2, 1) + n * HOUR_MS).toISOString();

/** A candidate that began, was ready, merged, released and active after so many hours. */
function times(hours: readonly (number | null)[], isBranchKnown = true): Parameters<typeof leadTimes>[0][number] {
  const [beganAt, readyAt, mergedAt, releasedAt, activeAt] = hours.map((n) => (n === null ? null : hour(n)));
  return {
    beganAt: beganAt!,
    readyAt: readyAt!,
    mergedAt: mergedAt!,
    releasedAt: releasedAt!,
    activeAt: activeAt!,
    isBranchKnown,
  };
}

describe('leadTimes', () => {
  it('takes the middle span of three and the mean of the middle two of four', () => {
    const three = [times([0, 1, 10, null, null]), times([0, 3, 4, null, null]), times([0, null, 6, null, null])];
    expect(leadTimes(three)[0]).toEqual({
      step: 'branch to merge',
      count: 3,
      medianMs: 6 * HOUR_MS,
      shortestMs: 4 * HOUR_MS,
      longestMs: 10 * HOUR_MS,
    });
    expect(leadTimes([...three, times([0, null, 7, null, null])])[0]).toMatchObject({ medianMs: 6.5 * HOUR_MS });
  });

  it('tells no median of two, and nothing of none', () => {
    const [merge, ready, release] = leadTimes([times([0, 1, 2, null, null]), times([0, 1, 4, null, null])]);
    expect(merge).toMatchObject({ count: 2, medianMs: null, shortestMs: 2 * HOUR_MS, longestMs: 4 * HOUR_MS });
    expect(ready).toMatchObject({ count: 2, shortestMs: HOUR_MS });
    expect(release).toEqual({ step: 'merge to release', count: 0, medianMs: null, shortestMs: null, longestMs: null });
  });

  it('counts no time from a branch that is lost, and the steps after it', () => {
    const counts = leadTimes([times([0, 1, 2, 3, 4], false)]).map(({ step, count }) => [step, count]);
    expect(counts).toEqual([
      ['branch to merge', 0],
      ['ready to merge', 1],
      ['merge to release', 1],
      ['release to active', 1],
      ['branch to active', 0],
    ]);
  });

  it('leaves out a span that a wrong clock makes negative', () => {
    expect(spanMs(hour(2), hour(1))).toBeNull();
    expect(spanMs(hour(1), hour(1))).toBe(0);
    expect(spanMs(null, hour(1))).toBeNull();
  });

  const candidate = fc
    .tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.option(fc.nat(500)), fc.option(fc.nat(500)), fc.boolean())
    .map(([began, ready, merged, released, active, known]) => times([began, ready, merged, released, active], known));

  it('is the same in any order, and its middle lies between its ends', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 12 }), (all) => {
        const told = leadTimes(all);
        expect(leadTimes(all.toReversed())).toEqual(told);
        for (const { count, medianMs, shortestMs, longestMs } of told) {
          expect(count).toBeLessThanOrEqual(all.length);
          expect(shortestMs === null).toBe(count === 0);
          expect(medianMs === null).toBe(count < 3);
          const spans = [shortestMs, medianMs, longestMs].filter((span) => span !== null);
          expect(spans).toEqual(spans.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});

describe('concurrency', () => {
  const now = hour(10);

  it('counts from each time on how many are open, and weighs them by time', () => {
    const spans = [
      { from: hour(0), to: hour(4) },
      { from: hour(2), to: hour(4) },
      { from: hour(8), to: null },
    ];
    // One for 2 h, two for 2 h, none for 4 h, one for 2 h: 8 of 10.
    expect(concurrency(spans, { from: null, to: now })).toEqual({
      steps: [
        { at: hour(0), open: 1 },
        { at: hour(2), open: 2 },
        { at: hour(4), open: 0 },
        { at: hour(8), open: 1 },
      ],
      most: 2,
      mean: 0.8,
      now: 1,
    });
  });

  it('begins where it is asked to', () => {
    const told = concurrency([{ from: hour(0), to: hour(8) }], { from: hour(6), to: now });
    expect(told).toEqual({
      steps: [
        { at: hour(6), open: 1 },
        { at: hour(8), open: 0 },
      ],
      most: 1,
      mean: 0.5,
      now: 0,
    });
  });

  it('is nothing of nothing, of a span that ends before it begins, and of one that is still to come', () => {
    const nothing = { steps: [], most: 0, mean: null, now: 0 };
    expect(concurrency([], { from: null, to: now })).toEqual(nothing);
    expect(concurrency([{ from: hour(3), to: hour(2) }], { from: null, to: now })).toEqual(nothing);
    expect(concurrency([{ from: hour(11), to: null }], { from: null, to: now })).toEqual(nothing);
  });

  const span = fc
    .tuple(fc.nat(30), fc.nat(30), fc.boolean())
    .map(([from, length, isOpen]): OpenSpan => ({ from: hour(from), to: isOpen ? null : hour(from + length) }));

  it('at any hour is what counting the spans one by one gives', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), fc.nat(60), (spans, at) => {
        const end = hour(60);
        const { steps } = concurrency(spans, { from: null, to: end });
        const told = steps.findLast((step) => step.at <= hour(at))?.open ?? 0;
        const counted = spans.filter(({ from, to }) => from <= hour(at) && (to === null || to > hour(at))).length;
        expect(told).toBe(counted);
      }),
    );
  });
});
