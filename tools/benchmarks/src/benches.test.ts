import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findBenches, selectBenches } from './benches.ts';

const benches = [
  { file: 'packages/runtime/bench/judge.bench.ts', root: 'packages/runtime', name: 'judge' },
  { file: 'tools/benchmarks/bench/evaluation.bench.ts', root: 'tools/benchmarks', name: 'evaluation' },
];

describe('selectBenches', () => {
  it('takes all without a word', () => {
    expect(selectBenches(benches, [])).toEqual(benches);
  });

  it.each(['judge', 'runtime', 'packages/runtime', '@clamor/runtime'])(
    'takes "%s" for the bench or its package',
    (word) => {
      expect(selectBenches(benches, [word])).toEqual([benches[0]]);
    },
  );

  it('refuses a word that names nothing, and says which would', () => {
    expect(() => selectBenches(benches, ['judge', 'speed'])).toThrow(/"speed" names no bench.*evaluation \(tools/);
  });
});

describe('findBenches', () => {
  it('finds the benches of this workspace', () => {
    const workspace = fileURLToPath(new URL('../../..', import.meta.url));
    expect(findBenches(workspace).map(({ name }) => name)).toEqual(expect.arrayContaining(['evaluation', 'judge']));
  });
});
