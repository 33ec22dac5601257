import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ExamplesHash } from './examples-hash.ts';

function hashOf(...examples: [id: string, input: unknown][]): string | null {
  const hash = new ExamplesHash();
  for (const [id, input] of examples) hash.add({ id, input });
  return hash.digest();
}

const plain = fc.anything({ withDate: true, withBigInt: true, withTypedArray: false, withNullPrototype: true });

describe('ExamplesHash', () => {
  it('is the same for equal inputs, and for bytes and texts that are copies', () => {
    fc.assert(
      fc.property(fc.string(), plain, (id, input) => {
        expect(hashOf([id, structuredClone(input)])).toBe(hashOf([id, input]));
      }),
    );
    expect(hashOf(['a', Buffer.from('xy')])).toBe(hashOf(['a', Uint8Array.of(120, 121)]));
  });

  it('does not mind the order of fields', () => {
    expect(hashOf(['a', { x: 1, y: [2] }])).toBe(hashOf(['a', { y: [2], x: 1 }]));
  });

  it('tells inputs apart that only look alike', () => {
    const inputs = [
      '1',
      1,
      1n,
      true,
      'true',
      null,
      'null',
      undefined,
      0,
      -0,
      Number.NaN,
      '',
      '\ud800',
      '\ufffd',
      'ab',
      Uint8Array.of(97, 0, 98, 0),
      new Date(0),
      [],
      {},
      [[]],
      ['a', 'b'],
      ['ab'],
      { a: 'b' },
      { ab: '' },
      [['a', 'b']],
    ];
    expect(new Set(inputs.map((input) => hashOf(['a', input]))).size).toBe(inputs.length);
  });

  it('changes with ids, their order, and where one example ends', () => {
    const hashes = [
      hashOf(['a', 'x'], ['b', 'y']),
      hashOf(['b', 'y'], ['a', 'x']),
      hashOf(['b', 'x'], ['a', 'y']),
      hashOf(['a', 'x']),
      hashOf(['ax', '']),
      hashOf(),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('knows no hash of what is no plain data: functions, maps, instances, circles', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    for (const input of [() => 1, Symbol('x'), new Map(), /x/, [new Set()], circle, Float32Array.of(1)]) {
      expect(hashOf(['a', 'x'], ['b', input], ['c', 'y'])).toBeNull();
    }
  });

  it('goes on after a digest', () => {
    const hash = new ExamplesHash();
    hash.add({ id: 'a', input: 'x' });
    expect(hash.digest()).toBe(hashOf(['a', 'x']));
    hash.add({ id: 'b', input: 'y' });
    expect(hash.digest()).toBe(hashOf(['a', 'x'], ['b', 'y']));
  });
});
