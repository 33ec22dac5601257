import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterSums, numberClusters } from './clusters.ts';

describe('numberClusters', () => {
  it('numbers names as they occur, each null by itself', () => {
    expect([...numberClusters(['a', null, 'a', null, 'b'], 5)]).toEqual([0, 1, 0, 2, 3]);
  });

  it('takes the empty name for a name', () => {
    expect([...numberClusters(['', ''], 2)]).toEqual([0, 0]);
  });

  it('returns numbers as they are', () => {
    const clusters = Int32Array.of(1, 0, 1);
    expect(numberClusters(clusters, 3)).toBe(clusters);
  });

  it('keeps who shares a cluster with whom', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom('a', 'b', 'c'))), (names) => {
        const numbers = numberClusters(names, names.length);
        expect([...numberClusters(numbers, names.length)]).toEqual([...numbers]);
        for (const [i, a] of names.entries()) {
          for (const [j, b] of names.entries()) {
            expect(numbers[i] === numbers[j]).toBe(i === j || (a !== null && a === b));
          }
        }
      }),
    );
  });

  it('refuses a wrong length and numbers outside 0 to n − 1', () => {
    expect(() => numberClusters(['a'], 2)).toThrow(expect.objectContaining({ code: 'EVAL_LENGTH_MISMATCH' }));
    expect(() => numberClusters(Int32Array.of(0, 2), 2)).toThrow(
      expect.objectContaining({ code: 'EVAL_CLUSTER_INVALID' }),
    );
    expect(() => numberClusters(Int32Array.of(-1), 1)).toThrow(
      expect.objectContaining({ code: 'EVAL_CLUSTER_INVALID' }),
    );
  });
});

describe('clusterSums', () => {
  it('adds weights by cluster and leaves out clusters that the whole does not touch', () => {
    const sets = { part: Uint32Array.of(0b0001), rest: Uint32Array.of(0b0110) };
    const sums = clusterSums(sets, { weights: Float64Array.of(2, 3, 5, 7), clusters: Int32Array.of(0, 0, 2, 1) });
    expect(sums).toEqual({ part: Float64Array.of(2, 0), whole: Float64Array.of(5, 5) });
  });
});
