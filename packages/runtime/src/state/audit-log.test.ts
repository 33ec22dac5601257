import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder } from '../../test/state-fixture.ts';
import {
  type AuditEntry,
  appendEntry,
  auditLogFile,
  nextEntry,
  readAuditLog,
  readLastEntry,
  readState,
} from './audit-log.ts';
import { EMPTY_STATE } from './suite-state.ts';

/** A log of n entries with reasons of a length. */
async function writeLog(dir: string, n: number, length: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let end = 0;
  for (let i = 0; i < n; i++) {
    const last = entries.at(-1) ?? null;
    const before = last?.after ?? EMPTY_STATE;
    const after = { ...before, revision: before.revision + 1 };
    const why = 'ü'.repeat(length);
    const entry = nextEntry({ last, before, after, by: 'ann', why, change: { member: 'words', mode: 'active' } });
    end = await appendEntry(dir, entry, end);
    entries.push(entry);
  }
  return entries;
}

describe('readLastEntry', () => {
  it('finds the last line, however long lines are', async () => {
    for (const length of [1, 40_000, 300_000]) {
      const dir = folder();
      const entries = await writeLog(dir, 3, length);
      expect((await readLastEntry(dir)).entries).toEqual([entries[2]]);
      appendFileSync(auditLogFile(dir), `{"seq": 4, "why": "${'x'.repeat(100_000)}`);
      expect((await readLastEntry(dir)).entries).toEqual([entries[2]]);
    }
  });

  it('finds none where there is none', async () => {
    const dir = folder();
    expect(await readLastEntry(dir)).toEqual({ entries: [], endBytes: 0 });
    writeFileSync(auditLogFile(dir), '{"seq": 1');
    expect(await readLastEntry(dir)).toEqual({ entries: [], endBytes: 0 });
  });
});

describe('readAuditLog', () => {
  it('leaves out a line that does not end', async () => {
    const dir = folder();
    const entries = await writeLog(dir, 2, 10);
    appendFileSync(auditLogFile(dir), '{"seq": 3');
    expect(await readAuditLog(dir)).toEqual(entries);
  });

  it('names the change whose line cannot be read', async () => {
    const dir = folder();
    await writeLog(dir, 1, 10);
    appendFileSync(auditLogFile(dir), 'x\n');
    await expect(readAuditLog(dir)).rejects.toMatchObject({
      code: 'STATE_LOG_INVALID',
      message: expect.stringContaining('the line of change 2 is no JSON') as string,
    });
  });

  it('says what the disk said', async () => {
    await expect(readAuditLog('/dev/null')).rejects.toMatchObject({ code: 'STATE_IO_FAILED' });
  });
});

describe('readState', () => {
  it('is the state after the last change, and empty before the first', async () => {
    const dir = folder();
    expect(await readState(dir)).toBe(EMPTY_STATE);
    await writeLog(dir, 2, 10);
    expect(await readState(dir)).toEqual({ revision: 2, members: {} });
  });

  it('does not take a state for one whose field is missing or wrong', async () => {
    const dir = folder();
    const [entry] = await writeLog(dir, 1, 10);
    writeFileSync(
      auditLogFile(dir),
      `${JSON.stringify({ ...entry, after: { revision: 1, members: { words: { mode: 'on' } } } })}\n`,
    );
    await expect(readState(dir)).rejects.toMatchObject({ code: 'STATE_LOG_INVALID' });
    await expect(readAuditLog(dir)).rejects.toMatchObject({ code: 'STATE_LOG_INVALID' });
  });
});
