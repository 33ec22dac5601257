import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BitColumn, createBitColumn, setBit, type Weights } from '../table/bit-column.ts';
import { designEffect } from './design-effect.ts';

/** Two columns from one row of outcomes: 1 a success, 0 a failure, null outside. */
function setsOf(outcomes: readonly (0 | 1 | null)[]): [part: BitColumn, rest: BitColumn] {
  const columns: [BitColumn, BitColumn] = [createBitColumn(outcomes.length), createBitColumn(outcomes.length)];
  for (const [i, outcome] of outcomes.entries()) if (outcome !== null) setBit(columns[1 - outcome]!, i);
  return columns;
}

function effectOf(
  outcomes: readonly (0 | 1 | null)[],
  clusters: readonly number[] | null,
  weights: Weights = null,
): number {
  return designEffect(...setsOf(outcomes), { weights, clusters: clusters && Int32Array.from(clusters) });
}

describe('designEffect', () => {
  it('is 1 without clusters, where every example is its own, and of nothing', () => {
    expect(effectOf([1, 0, 1], null)).toBe(1);
    expect(effectOf([1, 0, 1, 1], [0, 1, 2, 3])).toBe(1);
    expect(effectOf([null, null], [0, 0])).toBe(1);
  });

  it('is the size of the clusters when copies always agree: they count as one example', () => {
    expect(effectOf([1, 1, 0, 0], [0, 0, 1, 1])).toBeCloseTo(2, 12);
    expect(effectOf([1, 1, 1, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1, 2, 2, 2])).toBeCloseTo(3, 12);
  });

  it('is at least 1: clusters whose examples disagree do not sharpen', () => {
    const outcomes = Array.from({ length: 200 }, (_, i): 0 | 1 => (i % 2 === 0 ? 1 : 0));
    expect(
      effectOf(
        outcomes,
        outcomes.map((_, i) => i >> 1),
      ),
    ).toBe(1);
  });

  // p = 4/6, e = 6 · 2/9 = 12/9, residuals 3 − 2 = 1, 0 − 4/3, 1 − 2/3 with Σ = 1 + 16/9 + 1/9 = 26/9, so seen = 26/12;
  // worst = (9 + 4 + 1)/6 = 7/3 and k = 7/6: (12/9 · 26/12 + 7/6 · 7/3) ÷ (12/9 + 7/6) = (26/9 + 49/18) ÷ (45/18) = 101/45.
  it('is the mean of what is seen and of the worst, by the rarer outcome against half a cluster', () => {
    expect(effectOf([1, 1, 1, 0, 0, 1], [0, 0, 0, 1, 1, 2])).toBeCloseTo(101 / 45, 12);
  });

  it('comes to what is seen as evidence grows', () => {
    // Pairs that always agree, one in four of them wrong: 2. Pairs of one right and one wrong, and of two right: p = 3/4,
    // residuals ± 1/2 per pair, Σ(a − pb)² = 1/4 per pair against 2 · 3/16: below 1.
    const pairs = Array.from({ length: 8000 }, (_, i) => i >> 1);
    expect(effectOf(pairs.map((pair) => (pair % 4 === 0 ? 0 : 1)), pairs)).toBeCloseTo(2, 12); // prettier-ignore
    expect(effectOf(pairs.map((pair, i) => (pair % 2 === 0 && i % 2 === 0 ? 0 : 1)), pairs)).toBe(1); // prettier-ignore
  });

  it('counts a cluster as one example where all is right, all is wrong, or there is one cluster', () => {
    // 4 examples in clusters of 3 and 1: (4)² ÷ (9 + 1) = 1.6 examples, a design effect of 2.5.
    expect(effectOf([1, 1, 1, 1], [0, 0, 0, 1])).toBeCloseTo(2.5, 12);
    expect(effectOf([0, 0, 0, 0], [0, 0, 0, 1])).toBeCloseTo(2.5, 12);
    expect(effectOf([1, 0, 0, 1], [0, 0, 0, 0])).toBe(4);
  });

  it('uses the clusters of the examples that are in the share only', () => {
    expect(effectOf([1, null, 0, null], [0, 0, 1, 1])).toBe(1);
  });

  it('is 1 for independent examples whatever their weights', () => {
    expect(effectOf([1, 0, 1, 0], [0, 1, 2, 3], Float64Array.of(1, 7, 2, 1))).toBeCloseTo(1, 12);
  });

  it('is relative to the size that weights leave: a copy twice as heavy is not two copies', () => {
    // Weights 1 and 3 in one cluster, all right: (4)² ÷ (4)² = 1 example, and Kish's size is 16 ÷ 10.
    expect(effectOf([1, 1], [0, 0], Float64Array.of(1, 3))).toBeCloseTo(1.6, 12);
  });

  it('does not depend on the scale of the weights, on which side succeeds, or on the names of the clusters', () => {
    const example = fc.record({
      outcome: fc.constantFrom<0 | 1 | null>(0, 1, null),
      cluster: fc.nat({ max: 5 }),
      weight: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(example, { minLength: 6, maxLength: 60 }), (examples) => {
        const outcomes = examples.map(({ outcome }) => outcome);
        const clusters = examples.map(({ cluster }) => cluster);
        const weights = Float64Array.from(examples, ({ weight }) => weight);
        const effect = effectOf(outcomes, clusters, weights);
        expect(effect).toBeGreaterThanOrEqual(1);
        const mirrored = outcomes.map((outcome) => (outcome === null ? null : outcome === 1 ? 0 : 1));
        expect(effectOf(mirrored, clusters, weights)).toBeCloseTo(effect, 9);
        const renamed = clusters.map((cluster) => 5 - cluster);
        expect(effectOf(outcomes, renamed, weights.map((weight) => weight * 7))).toBeCloseTo(effect, 9); // prettier-ignore
      }),
    );
  });
});
