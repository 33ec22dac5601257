import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBitColumn, setBit } from '../table/bit-column.ts';
import { clusteredInterval } from './clustered-interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

const successes = Uint32Array.of(0b0011111111);
const failures = Uint32Array.of(0b1100000000);

describe('clusteredInterval', () => {
  it("is Wilson's without clusters, and where every example is its own", () => {
    const wilson = wilsonInterval(8, 10)!;
    expect(clusteredInterval(successes, failures, { weights: null, clusters: null })).toEqual(wilson);
    const clusters = Int32Array.from({ length: 10 }, (_, i) => i);
    const [lower, upper] = clusteredInterval(successes, failures, { weights: null, clusters })!;
    expect([lower, upper]).toEqual(wilson.map((end) => expect.closeTo(end, 12)));
  });

  it('counts five pairs that agree as five examples', () => {
    const clusters = Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
    const [lower, upper] = clusteredInterval(successes, failures, { weights: null, clusters })!;
    expect([lower, upper]).toEqual(wilsonInterval(4, 5)!.map((end) => expect.closeTo(end, 12)));
  });

  it('has a width where all is right: that of as many examples as there are clusters', () => {
    const clusters = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const sample = { weights: null, clusters };
    const [lower, upper] = clusteredInterval(Uint32Array.of(0xff), createBitColumn(8), sample)!;
    expect([lower, upper]).toEqual(wilsonInterval(2, 2)!.map((end) => expect.closeTo(end, 12)));
  });

  it('returns null of nothing', () => {
    const nothing = createBitColumn(2);
    expect(clusteredInterval(nothing, nothing, { weights: null, clusters: Int32Array.of(0, 0) })).toBeNull();
  });

  it('is never narrower than without clusters, and wider at a higher confidence', () => {
    const examples = fc.array(fc.record({ isSuccess: fc.boolean(), cluster: fc.nat({ max: 6 }) }), { minLength: 7 });
    fc.assert(
      fc.property(examples, (rows) => {
        const [part, rest] = [createBitColumn(rows.length), createBitColumn(rows.length)];
        for (const [i, { isSuccess }] of rows.entries()) setBit(isSuccess ? part : rest, i);
        const clusters = Int32Array.from(rows, ({ cluster }) => cluster);
        const width = (sample: Parameters<typeof clusteredInterval>[2]): number => {
          const [lower, upper] = clusteredInterval(part, rest, sample)!;
          return upper - lower;
        };
        const clustered = width({ weights: null, clusters });
        expect(clustered).toBeGreaterThanOrEqual(width({ weights: null, clusters: null }) - 1e-12);
        expect(width({ weights: null, clusters, confidence: 0.99 })).toBeGreaterThan(clustered);
      }),
    );
  });
});
