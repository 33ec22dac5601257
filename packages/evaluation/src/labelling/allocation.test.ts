import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllocationProblem, allocateLabels, fewestLabels, largestVariance } from './allocation.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Every whole allocation within the bounds. */
function everyAllocation(sizes: readonly number[], budget: number): number[][] {
  const [size, ...others] = sizes;
  if (size === undefined) return budget === 0 ? [[]] : [];
  const found: number[][] = [];
  for (let n = Math.min(2, size); n <= Math.min(size, budget); n++) {
    for (const rest of everyAllocation(others, budget - n)) found.push([n, ...rest]);
  }
  return found;
}

const arbitraryProblem: fc.Arbitrary<AllocationProblem> = fc
  .record({ strata: fc.integer({ min: 1, max: 4 }), figures: fc.integer({ min: 1, max: 4 }) })
  .chain(({ strata, figures }) =>
    fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: strata, maxLength: strata }),
      coefficients: fc.array(
        fc.array(fc.constantFrom(0, 0.1, 0.5, 1, 4, 30), { minLength: strata, maxLength: strata }),
        { minLength: figures, maxLength: figures },
      ),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  )
  .map(({ sizes, coefficients, part }) => {
    const fewest = fewestLabels(sizes);
    return { sizes, coefficients, budget: fewest + Math.round(part * (sum(sizes) - fewest)) };
  });

describe('fewestLabels', () => {
  it('is two per stratum, and all of a smaller one', () => {
    expect(fewestLabels([10, 2, 1])).toBe(5);
  });
});

describe('allocateLabels', () => {
  it('is Neyman’s allocation for one figure: in proportion to the roots', () => {
    // √(100, 400, 900) = 10, 20, 30 of 60.
    expect(allocateLabels({ sizes: [1000, 1000, 1000], coefficients: [[100, 400, 900]], budget: 60 })).toEqual([
      10, 20, 30,
    ]);
  });

  it('makes the variances of two figures equal when each needs a stratum of its own', () => {
    // a₁ ÷ n₁ = a₂ ÷ n₂ without the sizes: 1 : 3.
    const sizes = [1e9, 1e9];
    expect(
      allocateLabels({
        sizes,
        coefficients: [
          [1, 0],
          [0, 3],
        ],
        budget: 40,
      }),
    ).toEqual([10, 30]);
  });

  it('labels all of a small stratum and gives the rest to the others', () => {
    expect(allocateLabels({ sizes: [5, 1000], coefficients: [[1e6, 1]], budget: 50 })).toEqual([5, 45]);
  });

  it('gives two labels where no figure asks for any, and all that the others cannot take', () => {
    expect(allocateLabels({ sizes: [100, 20], coefficients: [[0, 1]], budget: 12 })).toEqual([2, 10]);
    expect(allocateLabels({ sizes: [100, 20], coefficients: [[0, 1]], budget: 60 })).toEqual([40, 20]);
  });

  it('is proportional to the sizes when no figure asks for anything', () => {
    expect(allocateLabels({ sizes: [100, 300], coefficients: [[0, 0]], budget: 40 })).toEqual([10, 30]);
    expect(allocateLabels({ sizes: [100, 300], coefficients: [], budget: 40 })).toEqual([10, 30]);
  });

  it('labels everything when the budget is as large', () => {
    expect(allocateLabels({ sizes: [3, 4], coefficients: [[1, 1]], budget: 9 })).toEqual([3, 4]);
  });

  it('rounds to the largest remainders, the earlier stratum first', () => {
    expect(allocateLabels({ sizes: [100, 100, 100], coefficients: [[1, 1, 1]], budget: 10 })).toEqual([4, 3, 3]);
  });

  it('keeps the budget and the bounds (property)', () => {
    fc.assert(
      fc.property(arbitraryProblem, (problem) => {
        const labels = allocateLabels(problem);
        expect(sum(labels)).toBe(problem.budget);
        for (const [h, n] of labels.entries()) {
          expect(Number.isInteger(n)).toBe(true);
          expect(n).toBeGreaterThanOrEqual(Math.min(2, problem.sizes[h]!));
          expect(n).toBeLessThanOrEqual(problem.sizes[h]!);
        }
      }),
      { seed: 1 },
    );
  });

  it('is no worse than the best of all whole allocations with one label less per stratum (property)', () => {
    // Rounding takes less than one label from a stratum, and the search stops within 4e-5 of the optimum.
    fc.assert(
      fc.property(arbitraryProblem, (problem) => {
        const budget = problem.budget - problem.sizes.length;
        fc.pre(budget >= fewestLabels(problem.sizes));
        const best = Math.min(
          ...everyAllocation(problem.sizes, budget).map((labels) => largestVariance(problem, labels)),
        );
        expect(largestVariance(problem, allocateLabels(problem))).toBeLessThanOrEqual(best * 1.001 + 1e-9);
      }),
      { seed: 2 },
    );
  });
});
