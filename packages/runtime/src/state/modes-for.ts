import { isRolledOut } from './rollout.ts';
import type { Mode, SlotState } from './suite-state.ts';

/** A slot as it is installed, with what the state says of it. */
export interface StatedSlot {
  /** The member's name. */
  readonly member: string;
  /** The installed versions, at least one. */
  readonly versions: readonly string[];
  /** The version that counts when the state names none. */
  readonly own: string;
  readonly state: SlotState;
}

/**
 * The one version of a slot that counts for a key.
 *
 *     mode     rollout reaches the key   counts
 *     off      either                    none
 *     shadow   either                    none
 *     active   yes                       `version`; where that is null, the own version
 *     active   no                        `base`; where that is null, none
 *
 * @returns A version, which need not be installed: when it is not, the member counts as failed, never as negative. `null` when
 * none counts.
 * @example
 * const state = { mode: 'active', rollout: 10, version: '1.1.0', base: '1.0.0' };
 * countingVersion({ member: 'words', versions: ['1.0.0', '1.1.0'], own: '1.0.0', state }, 'mail-1')
 * // '1.1.0'
 */
export function countingVersion({ member, own, state }: Omit<StatedSlot, 'versions'>, key: string): string | null {
  if (state.mode !== 'active') return null;
  return isRolledOut({ member, percent: state.rollout }, key) ? (state.version ?? own) : state.base;
}

/**
 * The mode of each installed version of a slot for a key.
 *
 *     mode     the version that counts   every other version
 *     off                                off
 *     shadow                             shadow
 *     active   active                    shadow
 *
 * At most one version is active, by {@link countingVersion}; when the one that should count is not installed, none is.
 *
 * @returns In the order of `versions`.
 * @example
 * const state = { mode: 'active', rollout: 100, version: '1.1.0', base: null };
 * modesFor({ member: 'words', versions: ['1.0.0', '1.1.0'], own: '1.0.0', state }, 'mail-1')
 * // ['shadow', 'active']
 */
export function modesFor(slot: StatedSlot, key: string): Mode[] {
  const { mode } = slot.state;
  const counting = countingVersion(slot, key);
  return slot.versions.map((version) => (mode === 'active' && version !== counting ? 'shadow' : mode));
}
