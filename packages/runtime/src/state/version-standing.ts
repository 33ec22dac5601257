import type { Mode, SlotState } from './suite-state.ts';

/** How much one of several versions counts. */
export interface VersionStanding {
  readonly mode: Mode;
  /** Percent of keys on which it counts. */
  readonly rollout: number;
}

/**
 * How much an installed version of a member counts, by the state of its slot.
 *
 * @param found - `own` is the version that counts when the state names none.
 * @example
 * const slot = { mode: 'active', rollout: 10, version: '1.1.0', base: '1.0.0' };
 * standingOf({ version: '1.0.0', own: '1.0.0' }, slot)
 * // { mode: 'active', rollout: 90 }
 */
export function standingOf(
  { version, own }: { readonly version: string; readonly own: string },
  slot: SlotState,
): VersionStanding {
  if (slot.mode !== 'active') return { mode: slot.mode, rollout: 0 };
  const inside = version === (slot.version ?? own) ? slot.rollout : 0;
  const outside = version === slot.base ? 100 - slot.rollout : 0;
  return { mode: inside + outside > 0 ? 'active' : 'shadow', rollout: inside + outside };
}
