import { describe, expect, it } from 'vitest';
import { createBitColumn, setBit, sizeOf } from '../table/bit-column.ts';
import { bootstrapShare } from './cluster-bootstrap.ts';
import { clusterSums } from './clusters.ts';
import { createRandom } from './random.ts';

/** 150 clusters of one to five examples that agree more often than not. */
function clusteredExamples(): {
  part: Uint32Array<ArrayBuffer>;
  rest: Uint32Array<ArrayBuffer>;
  clusters: Int32Array;
} {
  const random = createRandom(3);
  const sizes = Array.from({ length: 150 }, () => 1 + Math.floor(random() * 5));
  const clusters = Int32Array.from(sizes.flatMap((size, c) => Array.from({ length: size }, () => c)));
  const leanings = sizes.map(() => (random() < 0.7 ? 0.95 : 0.2));
  const [part, rest] = [createBitColumn(clusters.length), createBitColumn(clusters.length)];
  for (const [i, c] of clusters.entries()) setBit(random() < leanings[c]! ? part : rest, i);
  return { part, rest, clusters };
}

describe('bootstrapShare', () => {
  it('has the variance that the design effect has in closed form: Σ(a − pb)² ÷ (Σb)²', () => {
    const { part, rest, clusters } = clusteredExamples();
    const { part: a, whole: b } = clusterSums({ part, rest }, { weights: null, clusters });
    const total = clusters.length;
    const share = sizeOf(part, null).weight / total;
    const squares = a.reduce((sum, value, c) => sum + (value - share * b[c]!) ** 2, 0);
    const { standardError } = bootstrapShare(part, rest, { weights: null, clusters, draws: 20_000 })!;
    // 20,000 draws know a standard error to half a percent; what is left of the ratio's curvature is less than that.
    expect(standardError / (Math.sqrt(squares) / total)).toBeCloseTo(1, 1);
    expect(Math.abs(standardError / (Math.sqrt(squares) / total) - 1)).toBeLessThan(0.02);
  });

  it('gives the same figures for the same seed', () => {
    const { part, rest, clusters } = clusteredExamples();
    const options = { weights: null, clusters, draws: 50 };
    expect(bootstrapShare(part, rest, options)).toEqual(bootstrapShare(part, rest, options));
    expect(bootstrapShare(part, rest, { ...options, seed: 2 })).not.toEqual(bootstrapShare(part, rest, options));
  });

  it('has no width where all is right, which is why no interval is read off it', () => {
    const clusters = Int32Array.of(0, 1, 2, 3);
    const result = bootstrapShare(Uint32Array.of(0b1111), createBitColumn(4), { weights: null, clusters });
    expect(result).toEqual({ standardError: 0, percentiles: [1, 1] });
  });

  it('returns null of nothing', () => {
    const nothing = createBitColumn(2);
    expect(bootstrapShare(nothing, nothing, { weights: null, clusters: Int32Array.of(0, 1) })).toBeNull();
  });
});
