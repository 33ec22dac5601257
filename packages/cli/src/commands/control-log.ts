import {
  type AuditEntry,
  describeSlot,
  readAuditLog,
  readState,
  slotNamed,
  slotState,
  type StartingSlot,
  stateVersion,
  type SuiteState,
} from '@clamor/runtime';

import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { findStateDirectory } from '../state-directory.ts';
import { textTable } from '../text-table.ts';
import type { ControlOptions } from './control.ts';

/** What a look at the state takes; `member` limits it to one. */
export type ControlViewOptions = Pick<ControlOptions, 'suite' | 'state' | 'json'> & { readonly member?: string };

/**
 * `clamor control`: what the state says of every member, and which versions are installed.
 *
 * @throws {RuntimeError} `STATE_LOG_INVALID`, `STATE_IO_FAILED`
 */
export async function showState(options: ControlViewOptions, io: Io): Promise<ExitCode> {
  const { dir, slots } = findStateDirectory(options, io);
  const state = await readState(dir);
  const installed = slots.map(({ member }) => member);
  const gone = Object.keys(state.members).filter((member) => !installed.includes(member));
  const versions = (name: string): readonly string[] => slots.find(({ member }) => member === name)?.versions ?? [];
  const rows = [...installed, ...gone].map((member) => ({
    member,
    ...slotState(state, slotNamed(slots, member)),
    installed: versions(member),
  }));
  if (options.json === true) {
    const document = { dir, revision: state.revision, stateVersion: stateVersion(state), members: rows };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return EXIT_CODES.ok;
  }
  const header = ['member', 'mode', 'rollout', 'version', 'base', 'installed'];
  const cells = rows.map((row) => [
    row.member,
    row.mode,
    `${row.rollout} %`,
    row.version ?? 'own',
    row.base ?? 'none',
    row.installed.join(', ') || 'no',
  ]);
  io.stdout.write(
    `${textTable([header, ...cells])}\n\n${printable(`Revision ${state.revision}, state version ${stateVersion(state)}, in ${dir}.`)}\n`,
  );
  return EXIT_CODES.ok;
}

/**
 * `clamor control --log`: who changed what, when and why, oldest first.
 *
 * @throws {CliError} `CLI_MEMBER_UNKNOWN`; {RuntimeError} `STATE_LOG_INVALID`, `STATE_IO_FAILED`
 */
export async function showLog(options: ControlViewOptions, io: Io): Promise<ExitCode> {
  const { dir, slots, memberOf } = findStateDirectory(options, io);
  const member = options.member === undefined ? null : memberOf(options.member);
  const entries = await readAuditLog(dir);
  const told = member === null ? entries : entries.filter((entry) => concerns(entry, member));
  if (member !== null && told.length === 0 && !slots.some((slot) => slot.member === member)) {
    const names = slots.map((slot) => slot.member).join(', ') || 'none';
    throw new CliError(
      'CLI_MEMBER_UNKNOWN',
      `Neither the suite nor the log has a member "${member}"; there are: ${names}. Check the name.`,
    );
  }
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify({ dir, entries: told }, null, 2)}\n`);
    return EXIT_CODES.ok;
  }
  if (told.length === 0) io.stdout.write(`${printable(`No change is recorded in ${dir}.`)}\n`);
  else
    io.stdout.write(
      `${textTable([['#', 'when (UTC)', 'who', 'what', 'why'], ...told.map((entry) => toCells(entry, slots))])}\n`,
    );
  return EXIT_CODES.ok;
}

function toCells(entry: AuditEntry, slots: readonly StartingSlot[]): string[] {
  const { seq, at, by, why } = entry;
  const changes = changedSlots(entry, slots);
  const what = `${'edited' in entry.change ? 'edit: ' : ''}${changes.join(', ') || 'nothing'}`;
  return [String(seq), at.slice(0, 19).replace('T', ' '), by, what, why];
}

function concerns(entry: AuditEntry, member: string): boolean {
  return ('member' in entry.change && entry.change.member === member) || changedMembers(entry).includes(member);
}

/** What a change left its members as, each on one line: `words off`. */
export function changedSlots(entry: AuditEntry, slots: readonly StartingSlot[]): string[] {
  return changedMembers(entry).map(
    (member) => `${member} ${describeSlot(slotState(entry.after, slotNamed(slots, member)))}`,
  );
}

/** The members that a change is about. */
function changedMembers({ change, before, after }: AuditEntry): string[] {
  if ('member' in change) return [change.member];
  const names = new Set([...Object.keys(before.members), ...Object.keys(after.members)]);
  return [...names].filter((name) => said(before, name) !== said(after, name));
}

/** What a state says itself: of a member that it does not name, nothing. */
function said({ members }: SuiteState, member: string): string | null {
  const slot = Object.hasOwn(members, member) ? members[member] : undefined;
  return slot === undefined ? null : describeSlot(slot);
}
