import { RuntimeError } from '../errors.ts';
import type { AuditEntry } from './audit-log.ts';
import { type KnownSlot, type StateChange, nameFaults } from './state-change.ts';
import { parseStateDocument } from './state-file.ts';
import { EMPTY_STATE, type SuiteState, isSameState, slotState } from './suite-state.ts';

/** How the state file stands to the last entry of the audit log. */
export type StateFileStanding =
  /** It says what the log says. */
  | { readonly standing: 'same' }
  /** Whoever wrote the last entry died before the file. */
  | { readonly standing: 'behind' }
  /** Somebody edited it, and the edit may count. */
  | { readonly standing: 'edited'; readonly state: SuiteState; readonly by: string; readonly why: string }
  /** Somebody edited it, and the edit may not count. */
  | { readonly standing: 'refused'; readonly error: RuntimeError };

/**
 * Compares the state file with the audit log, which is the truth.
 *
 * An edit by hand counts when it can be read, says `by` and `why`, raises the revision, and names only members and versions
 * that are installed or that the state named before.
 *
 * @param file - Path, for messages.
 * @param text - `null` when there is no file.
 * @param last - The last entry; `null` when the log is empty.
 */
export function compareStateFile(
  { file, text, last }: { file: string; text: string | null; last: AuditEntry | null },
  slots: readonly KnownSlot[],
): StateFileStanding {
  const current = last?.after ?? EMPTY_STATE;
  if (text === null) return { standing: last === null ? 'same' : 'behind' };
  const parsed = parseStateDocument(text, slots);
  const refuse = (code: RuntimeError['code'], problem: string, todo: string): StateFileStanding => ({
    standing: 'refused',
    error: new RuntimeError(
      code,
      `${file} is not taken over: ${problem}. ${todo} Until then the state stays as it was.`,
    ),
  });
  if ('problem' in parsed) return refuse('STATE_FILE_INVALID', parsed.problem, 'Correct it.');
  const { state, by, why } = parsed.value;
  if (isSameState(state, current, slots)) return { standing: 'same' };
  if (by === null && why === null && last !== null && isSameState(state, last.before, slots))
    return { standing: 'behind' };
  if (by === null || why === null) {
    const missing = by === null ? (why === null ? '"by" and "why" are' : '"by" is') : '"why" is';
    return refuse('STATE_REASON_MISSING', `${missing} missing`, 'Say beside "revision" who edits it and why.');
  }
  if (state.revision <= current.revision) {
    const wanted = `Give it revision ${current.revision + 1}, after looking at what changed since.`;
    return refuse('STATE_REVISION_STALE', `its revision is ${state.revision}, the state's ${current.revision}`, wanted);
  }
  const faults = Object.keys(state.members).flatMap((member) =>
    nameFaults(current, newNames(current, state, member), slots),
  );
  if (faults[0] !== undefined)
    return refuse(faults[0].code, faults.map((fault) => fault.message).join('\n'), 'Correct it.');
  return { standing: 'edited', state, by, why };
}

/** The versions that an edit names for a member and the state did not. */
function newNames(
  before: SuiteState,
  after: SuiteState,
  member: string,
): Pick<StateChange, 'member' | 'version' | 'base'> {
  const [was, is] = [slotState(before, { member }), slotState(after, { member })];
  return {
    member,
    version: is.version === was.version ? null : is.version,
    base: is.base === was.base ? null : is.base,
  };
}
