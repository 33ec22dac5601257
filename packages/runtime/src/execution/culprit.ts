import type { ProgressReading } from './progress-cell.ts';

/** Whose code it is that runs, or that did something: a member's or an encoder's, by its index. */
export interface Culprit {
  readonly kind: 'member' | 'encoder';
  readonly index: number;
}

/**
 * Whose code a worker was running; `null` for nobody's, or the suite's.
 *
 * @example culpritOf({ activity: 'encoding', index: 1, since: 0 }) // { kind: 'encoder', index: 1 }
 * @example culpritOf({ activity: 'parsing', index: 1, since: 0 }) // null
 */
export function culpritOf({ activity, index }: ProgressReading): Culprit | null {
  if (activity === 'scoring' || activity === 'loading') return { kind: 'member', index };
  if (activity === 'encoding' || activity === 'preparing') return { kind: 'encoder', index };
  return null;
}
