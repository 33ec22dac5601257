import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, indicesOf, intersection, sizeOf, sizeOfBoth, sizeOfDifference, sizeOfRest } from './bit-column.ts';

/** Pairs of columns of 0 to 40 words: below, at and beyond the eight words of one round. */
const columns = fc.nat({ max: 40 }).chain((words) => {
  const column = fc
    .array(fc.nat({ max: 0xffffffff }), { minLength: words, maxLength: words })
    .map((all) => Uint32Array.from(all));
  return fc.tuple(column, column);
});

describe('sizeOf', () => {
  it('counts 1,000 full words and the rest beyond the last round', () => {
    expect(sizeOf(new Uint32Array(1003).fill(0xffffffff), null)).toEqual({ weight: 32_096, squares: 32_096 });
  });

  it('takes squares from weights that carry them', () => {
    const weights = Object.assign(Float64Array.of(3, 4), { squares: Float64Array.of(5, 8) });
    expect(sizeOf(Uint32Array.of(0b11), weights)).toEqual({ weight: 7, squares: 13 });
  });
});

describe('sizeOfBoth, sizeOfDifference and sizeOfRest', () => {
  it('are the numbers of examples of the sets that they do not make', () => {
    fc.assert(
      fc.property(columns, ([a, b]) => {
        const both = indicesOf(intersection(a, b)).length;
        const rest = indicesOf(difference(a, b)).length;
        const sized = { column: a, size: sizeOf(a, null) };
        expect(sizeOfBoth(a, b, null).weight).toBe(both);
        expect(sizeOfDifference(a, b, null).weight).toBe(rest);
        expect(sizeOfRest(sized, { column: b, size: sizeOfBoth(a, b, null) }, null).weight).toBe(rest);
      }),
    );
  });

  it('are the same with weights of 1', () => {
    fc.assert(
      fc.property(columns, ([a, b]) => {
        const weights = new Float64Array(a.length * 32).fill(1);
        expect(sizeOfBoth(a, b, weights)).toEqual(sizeOfBoth(a, b, null));
        expect(sizeOfDifference(a, b, weights)).toEqual(sizeOfDifference(a, b, null));
      }),
    );
  });
});
