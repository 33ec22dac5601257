import { resolve } from 'node:path';
import { RuntimeError } from '../errors.ts';
import type { AuditEntry } from '../state/audit-log.ts';
import type { KnownSlot } from '../state/state-change.ts';
import { type StateKeeper, createMemoryState } from '../state/state-keeper.ts';
import { StateStore } from '../state/state-store.ts';
import { stateOfModes } from '../state/suite-state.ts';
import type { LoadSuiteOptions } from './options.ts';

/** What a running suite does when its state changes; set after the state is open, since the suite is loaded by it. */
export interface StateHooks {
  changed: (entry: AuditEntry) => void;
  refused: (error: RuntimeError) => void;
}

/**
 * Opens the state that a suite is loaded with: the one of its directory, or one in memory that begins with `modes`.
 *
 * @param slots - What is installed.
 * @throws {RuntimeError} `STATE_MEMBER_UNKNOWN` for modes of members that are not installed; `STATE_CHANGE_INVALID` for
 * modes beside a directory, and the codes of {@link StateStore.open}
 */
export async function openState(
  { modes = {}, stateDir, from }: LoadSuiteOptions,
  slots: readonly KnownSlot[],
  hooks: StateHooks,
): Promise<StateKeeper> {
  const members = slots.map((slot) => slot.member);
  const unknown = Object.keys(modes).filter((name) => !members.includes(name));
  if (unknown.length > 0) {
    throw new RuntimeError(
      'STATE_MEMBER_UNKNOWN',
      `Modes are given for ${unknown.join(', ')}, and the members found are ${members.join(', ') || 'none'}. Correct the names.`,
    );
  }
  const onChange = (entry: AuditEntry): void => hooks.changed(entry);
  if (stateDir === undefined) return createMemoryState({ slots, initial: stateOfModes(modes, slots), onChange });
  if (Object.keys(modes).length > 0) {
    throw new RuntimeError(
      'STATE_CHANGE_INVALID',
      `Modes are given beside the state directory ${stateDir}, which holds them. Leave one of the two out; to change a mode there, use control().`,
    );
  }
  const dir = resolve(from ?? process.cwd(), stateDir);
  return StateStore.open({ dir, slots, onChange, onRefused: (error) => hooks.refused(error) });
}
