import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectBatches, cutBatches, dealMembers } from './batches.ts';

describe('cutBatches', () => {
  it('gives every worker as many batches of nearly equal size', () => {
    expect(cutBatches([1, 2, 3, 4, 5], { workers: 2, batchSize: 32 })).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('makes one batch of one example and none of none', () => {
    expect(cutBatches(['a'], { workers: 8, batchSize: 32 })).toEqual([['a']]);
    expect(cutBatches([], { workers: 8, batchSize: 32 })).toEqual([]);
  });

  it('keeps every example, in order, within the largest batch (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (examples, workers, batchSize) => {
          const batches = cutBatches(examples, { workers, batchSize });
          expect(batches.flat()).toEqual(examples);
          for (const batch of batches) {
            expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(batchSize);
          }
        },
      ),
    );
  });
});

describe('collectBatches', () => {
  it('yields full batches and what is left', async () => {
    expect(await Array.fromAsync(collectBatches([1, 2, 3, 4, 5], 2))).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe('dealMembers', () => {
  it('puts the dearest member by itself when the others cost as much together', () => {
    expect(dealMembers([0, 1, 2], [6, 3, 3], 2)).toEqual([[0], [1, 2]]);
  });

  it('makes no empty group', () => {
    expect(dealMembers([4], [1], 3)).toEqual([[4]]);
  });
});
