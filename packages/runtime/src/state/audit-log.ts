import { type JsonSchema, errorMessage } from '@clamor/contract';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, createCheck } from '../discovery/validate.ts';
import { RuntimeError } from '../errors.ts';
import { appendDurably, ignoreMissing, sizeOf, stateError } from './durable-files.ts';
import type { StateChange } from './state-change.ts';
import { stateVersion } from './state-version.ts';
import { EMPTY_STATE, STATE_SCHEMA, type SuiteState } from './suite-state.ts';

/** What was changed: fields of one member, or the file as a whole, by hand. */
export type RecordedChange = Omit<StateChange, 'by' | 'why'> | { readonly edited: 'state.json' };

/** One line of the audit log: who changed what, when and why, with the states before and after. */
export interface AuditEntry {
  /** 1 for the first change; goes up by one. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly why: string;
  readonly change: RecordedChange;
  readonly before: SuiteState;
  readonly after: SuiteState;
  /** Hash of the state after the change. */
  readonly stateVersion: string;
}

/** What {@link nextEntry} is told. */
export interface EntryParts extends Pick<AuditEntry, 'by' | 'why' | 'change' | 'before' | 'after'> {
  /** `null` before the first change. */
  readonly last: AuditEntry | null;
}

/** The entry that follows another one. */
export function nextEntry({ last, by, why, change, before, after }: EntryParts, at: Date = new Date()): AuditEntry {
  const seq = (last?.seq ?? 0) + 1;
  return { seq, at: at.toISOString(), by, why, change, before, after, stateVersion: stateVersion(after) };
}

const CHANGE_FIELDS = ['member', 'mode', 'rollout', 'version', 'base'] as const;

/** A change as it is recorded: its own fields, and nothing else that an object may carry. */
export function recordChange(change: StateChange): RecordedChange {
  const given = CHANGE_FIELDS.filter((field) => change[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, change[field]])) as unknown as RecordedChange;
}

/** The complete lines of a log from some place on. */
export interface LogPart {
  readonly entries: readonly AuditEntry[];
  /** Where the complete lines end; whatever follows is a line that was not written to its end. */
  readonly endBytes: number;
}

/** The audit log of a state directory. */
export function auditLogFile(dir: string): string {
  return join(dir, 'audit.jsonl');
}

/**
 * All entries of the audit log, oldest first.
 *
 * @param dir - The state directory.
 * @returns Empty when there is no log.
 * @throws {RuntimeError} `STATE_LOG_INVALID`, `STATE_IO_FAILED`
 */
export async function readAuditLog(dir: string): Promise<readonly AuditEntry[]> {
  try {
    return (await readLog(dir, { startBytes: 0, last: null })).entries;
  } catch (error) {
    throw stateError(dir, error);
  }
}

/**
 * The state in a directory, for a look: nothing is repaired, watched or waited for.
 *
 * @param dir - The state directory.
 * @returns The empty state when there is no log.
 * @throws {RuntimeError} `STATE_LOG_INVALID`, `STATE_IO_FAILED`
 */
export async function readState(dir: string): Promise<SuiteState> {
  try {
    return (await readLastEntry(dir)).entries[0]?.after ?? EMPTY_STATE;
  } catch (error) {
    throw stateError(dir, error);
  }
}

/**
 * The entries after one that is known.
 *
 * @param startBytes - Where that entry's line ends.
 * @throws {RuntimeError} `STATE_LOG_INVALID` when a complete line is no entry, when a number is missing, or when the log is
 * shorter than it was
 */
export async function readLog(
  dir: string,
  { startBytes, last }: { startBytes: number; last: AuditEntry | null },
): Promise<LogPart> {
  const bytes = await readFrom(dir, startBytes);
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  const first = (last?.seq ?? 0) + 1;
  return { entries: lines.map((line, i) => parseLine(dir, line, first + i)), endBytes: startBytes + end };
}

/**
 * The last entry, without reading the whole log.
 *
 * @throws {RuntimeError} As {@link readLog}.
 */
export async function readLastEntry(dir: string): Promise<LogPart> {
  for (let tailBytes = 2 ** 16; ; tailBytes *= 8) {
    const startBytes = Math.max(0, (await sizeOf(auditLogFile(dir))) - tailBytes);
    const tail = await readFrom(dir, startBytes);
    const end = tail.lastIndexOf(LINE_FEED) + 1;
    const begin = tail.subarray(0, Math.max(0, end - 1)).lastIndexOf(LINE_FEED) + 1;
    // The line begins in what was read: after another line, or where the log begins.
    if (end > 0 && (begin > 0 || startBytes === 0)) {
      const line = tail.subarray(begin, end - 1).toString('utf8');
      return { entries: [parseLine(dir, line)], endBytes: startBytes + end };
    }
    if (startBytes === 0) return { entries: [], endBytes: 0 };
  }
}

/** Cuts off what follows the complete lines: it was never acknowledged. The caller holds the lock of the directory. */
export async function cutTornLine(dir: string, endBytes: number): Promise<void> {
  const file = auditLogFile(dir);
  if ((await sizeOf(file)) <= endBytes) return;
  await using handle = await open(file, 'r+');
  await handle.truncate(endBytes);
  await handle.sync();
}

/**
 * Appends an entry, and returns when it is on the disk. The caller holds the lock of the directory and has cut a torn line.
 *
 * @param endBytes - Where the log ends.
 * @returns Where it ends now.
 */
export async function appendEntry(dir: string, entry: AuditEntry, endBytes: number): Promise<number> {
  return appendDurably(auditLogFile(dir), Buffer.from(`${JSON.stringify(entry)}\n`), endBytes);
}

const LINE_FEED = 0x0a;

/** The bytes of a file from a place on; none when there is no file. */
async function readFrom(dir: string, startBytes: number): Promise<Buffer> {
  const file = auditLogFile(dir);
  const handle = await open(file, 'r').catch(ignoreMissing);
  const size = (await handle?.stat())?.size ?? 0;
  try {
    if (size < startBytes) throw invalidLog(file, `it has ${size} bytes, and had ${startBytes}`);
    const bytes = Buffer.alloc(size - startBytes);
    const { bytesRead } = (await handle?.read(bytes, 0, bytes.byteLength, startBytes)) ?? { bytesRead: 0 };
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle?.close();
  }
}

function parseLine(dir: string, line: string, seq?: number): AuditEntry {
  const file = auditLogFile(dir);
  const place = seq === undefined ? 'its last line' : `the line of change ${seq}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw invalidLog(file, `${place} is no JSON (${errorMessage(cause)})`, cause);
  }
  const checked = checkEntry(value);
  if ('problem' in checked) throw invalidLog(file, `${place} is no entry: ${checked.problem}`);
  const entry = checked.value;
  if (seq !== undefined && entry.seq !== seq) throw invalidLog(file, `change ${seq} is missing before ${entry.seq}`);
  return entry;
}

function invalidLog(file: string, problem: string, cause?: unknown): RuntimeError {
  const todo = 'Restore it from a copy, or move it away together with state.json and make the changes again.';
  return new RuntimeError('STATE_LOG_INVALID', `${file} cannot be trusted: ${problem}. ${todo}`, { cause });
}

const { $schema: _draft, title: _title, ...STATE } = STATE_SCHEMA;

/** JSON Schema of an {@link AuditEntry}. */
const ENTRY_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['seq', 'at', 'by', 'why', 'change', 'before', 'after', 'stateVersion'],
  properties: {
    seq: { type: 'integer', minimum: 1 },
    at: { type: 'string' },
    by: { type: 'string' },
    why: { type: 'string' },
    change: { type: 'object' },
    before: STATE,
    after: STATE,
    stateVersion: { type: 'string' },
  },
};
const checkEntry: Check<AuditEntry> = createCheck<AuditEntry>(ENTRY_SCHEMA);
