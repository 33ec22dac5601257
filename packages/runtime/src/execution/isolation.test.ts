import type { Isolation } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { effectiveIsolation } from './isolation.ts';

describe('effectiveIsolation', () => {
  it('is a worker when neither says anything', () => {
    expect(effectiveIsolation(undefined, {})).toBe('worker');
  });

  // The stricter of the two, by the order inline < worker < process.
  const cases: readonly [policy: Isolation, wish: Isolation, effective: Isolation][] = [
    ['inline', 'inline', 'inline'],
    ['inline', 'worker', 'worker'],
    ['inline', 'process', 'process'],
    ['worker', 'inline', 'worker'],
    ['worker', 'process', 'process'],
    ['process', 'inline', 'process'],
    ['process', 'worker', 'process'],
  ];
  it.each(cases)('lets the host say %s and the member ask for %s: %s', (policy, isolation, effective) => {
    expect(effectiveIsolation(policy, { isolation })).toBe(effective);
  });

  it('is inline only where the host says so', () => {
    expect(effectiveIsolation('inline', {})).toBe('inline');
  });
});
