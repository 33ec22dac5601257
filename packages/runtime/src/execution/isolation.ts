import type { Isolation, Marker } from '@clamor/contract';

// From the loosest to the strictest.
const STRICTNESS: readonly Isolation[] = ['inline', 'worker', 'process'];

/**
 * Where a member runs: the stricter of what the host allows and what the member asks for in its marker. A member that asks for
 * less than the host's policy does not get it.
 *
 * @param policy - What the host says of this member; default `worker`.
 * @example effectiveIsolation('worker', { kind: 'classifier', contract: 1, owner: 'x', isolation: 'process' }) // 'process'
 * @example effectiveIsolation('worker', { kind: 'classifier', contract: 1, owner: 'x', isolation: 'inline' }) // 'worker'
 */
export function effectiveIsolation(policy: Isolation | undefined, marker: Pick<Marker, 'isolation'>): Isolation {
  const allowed = STRICTNESS.indexOf(policy ?? 'worker');
  const wanted = STRICTNESS.indexOf(marker.isolation ?? 'inline');
  return STRICTNESS[Math.max(allowed, wanted)] ?? 'process';
}
