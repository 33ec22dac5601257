import { errorMessage } from '@clamor/contract';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, createCheck } from '../discovery/validate.ts';
import { type StagedFile, ignoreMissing, stageFile } from './durable-files.ts';
import {
  STATE_SCHEMA,
  type SlotState,
  type StartingSlot,
  type SuiteState,
  createState,
  slotNamed,
  startOf,
} from './suite-state.ts';

/** What stands in `state.json`. */
export interface StateDocument {
  readonly state: SuiteState;
  /** Who edited the file by hand; `null` in one that a change has written. */
  readonly by: string | null;
  /** Why; `null` likewise. */
  readonly why: string | null;
}

/**
 * Where a host keeps the state of a suite unless it says otherwise: `.clamor/state/SUITE` beside its package.json. It belongs to a
 * machine, so keep it out of git.
 *
 * @param host - Folder of the host.
 * @example defaultStateDir('/srv/mail', 'spam') // '/srv/mail/.clamor/state/spam'
 */
export function defaultStateDir(host: string, suite: string): string {
  return join(host, '.clamor', 'state', suite);
}

/** The state file of a state directory. */
export function stateFile(dir: string): string {
  return join(dir, 'state.json');
}

/** The text of the state file; `null` when there is none. */
export async function readStateFile(dir: string): Promise<string | null> {
  return (await readFile(stateFile(dir), 'utf8').catch(ignoreMissing)) ?? null;
}

/** Writes the next state beside the state file; see {@link stageFile}. The caller holds the lock of the directory. */
export function stageState(dir: string, state: SuiteState): Promise<StagedFile> {
  return stageFile(stateFile(dir), `${JSON.stringify(state, null, 2)}\n`);
}

/** Keeps an edit that was refused, before the file is written over. */
export async function keepRefusedEdit(dir: string): Promise<void> {
  await copyFile(stateFile(dir), join(dir, 'state.refused.json')).catch(ignoreMissing);
}

/**
 * Reads a state file's text; fields of a slot that are left out are as the member ships.
 *
 * @param slots - What is installed.
 */
export function parseStateDocument(
  text: string,
  slots: readonly StartingSlot[],
): { readonly value: StateDocument } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return { problem: `it is no JSON (${errorMessage(cause)})` };
  }
  const checked = checkDocument(json);
  if ('problem' in checked) return checked;
  const { revision, members, by, why } = checked.value;
  const start = (member: string): SlotState => startOf(slotNamed(slots, member));
  const decisions = Object.entries(members).map(([member, slot]) => [member, { ...start(member), ...slot }] as const);
  return { value: { state: createState(revision, decisions, { slots }), by: by ?? null, why: why ?? null } };
}

interface WrittenState {
  readonly revision: number;
  readonly members: { readonly [member: string]: Partial<SlotState> };
  readonly by?: string;
  readonly why?: string;
}

const checkDocument: Check<WrittenState> = createCheck<WrittenState>(STATE_SCHEMA);
