import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PositiveKeys } from './positive-keys.ts';

describe('PositiveKeys', () => {
  it('is the newest of a plain list (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 400 }), fc.integer({ min: 1, max: 90 }), (gaps, limit) => {
        const keys = new PositiveKeys(limit);
        let [list, example]: [number[], number] = [[], 0];
        for (const gap of gaps) {
          example += gap + 1;
          keys.add(example, `${example}`);
          list = [...list, example].slice(-limit);
          if (gap !== 3) continue;
          keys.dropBefore(example - 20);
          list = list.filter((entry) => entry >= example - 20);
        }
        expect(keys.size).toBe(list.length);
        expect(keys.since(0)).toEqual(list.map(String));
        expect(keys.since(example - 5)).toEqual(list.filter((entry) => entry >= example - 5).map(String));
      }),
    );
  });
});
