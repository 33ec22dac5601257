import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { castFaults } from './cast.ts';
import { FAULTS } from './faults.ts';

describe('castFaults', () => {
  it('gives every fault exactly one part', () => {
    const { switched, swapped, unloadable, unreloadable } = castFaults(FAULTS, createRandom(1));
    const names = [...switched, ...swapped, ...unloadable, unreloadable];
    expect(names.toSorted()).toEqual(FAULTS.map(({ name }) => name).toSorted());
  });

  it('deals the same parts for the same seed', () => {
    expect(castFaults(FAULTS, createRandom(7))).toEqual(castFaults(FAULTS, createRandom(7)));
    expect(castFaults(FAULTS, createRandom(8))).not.toEqual(castFaults(FAULTS, createRandom(7)));
  });
});
