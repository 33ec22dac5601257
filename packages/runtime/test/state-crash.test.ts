import { fork } from 'node:child_process';
import { truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RuntimeError } from '../src/errors.ts';
import { readAuditLog } from '../src/state/audit-log.ts';
import { WHO, editState, folder, openStore, readText } from './state-fixture.ts';

/** A directory with two changes, and what its two files held after the first and after the second. */
async function crashed(): Promise<{ dir: string; logs: string[]; files: string[] }> {
  const dir = folder();
  const store = await openStore(dir);
  const logs: string[] = [];
  const files: string[] = [];
  for (const mode of ['shadow', 'off'] as const) {
    await store.change({ member: 'words', mode, by: 'bén', why: 'größer ✓' });
    logs.push(readText(dir, 'audit.jsonl'));
    files.push(readText(dir, 'state.json'));
  }
  await store.close();
  return { dir, logs, files };
}

describe('StateStore, after a crash', () => {
  it(
    'cuts off a line that ends anywhere before its end, and the next change takes its number',
    { tags: ['slow'] },
    async () => {
      const { dir, logs, files } = await crashed();
      const [one, two] = logs.map((log) => Buffer.byteLength(log)) as [number, number];
      for (let size = one; size < two; size += 1) {
        writeFileSync(join(dir, 'audit.jsonl'), logs[1]!);
        truncateSync(join(dir, 'audit.jsonl'), size);
        writeFileSync(join(dir, 'state.json'), files[0]!);
        const store = await openStore(dir);
        expect(store.current.members['words']?.mode).toBe('shadow');
        expect(readText(dir, 'audit.jsonl')).toBe(logs[0]);
        expect(store.refusal).toBeNull();
        await store.close();
      }
      expect((await (await openStore(dir)).change({ member: 'words', mode: 'off', ...WHO })).revision).toBe(2);
      expect((await readAuditLog(dir)).map((entry) => entry.seq)).toEqual([1, 2]);
    },
  );

  it('writes a state.json that the last line was not carried into, or that is gone', async () => {
    const { dir, files } = await crashed();
    for (const lose of [
      () => writeFileSync(join(dir, 'state.json'), files[0]!),
      () => unlinkSync(join(dir, 'state.json')),
    ]) {
      lose();
      const store = await openStore(dir);
      expect(store.current.members['words']?.mode).toBe('off');
      expect(readText(dir, 'state.json')).toBe(files[1]);
    }
  });

  it('is not misled by a draft that was never published', async () => {
    const { dir } = await crashed();
    writeFileSync(join(dir, 'state.json.draft'), '{"revision": 3, "mem');
    const store = await openStore(dir);
    expect(store.current.revision).toBe(2);
    await store.change({ member: 'headers', mode: 'off', ...WHO });
    expect(JSON.parse(readText(dir, 'state.json'))).toEqual(store.current);
  });

  it('refuses a log with a line that is no entry, or with a gap', async () => {
    const { dir, logs } = await crashed();
    writeFileSync(join(dir, 'audit.jsonl'), `${logs[0]}{"seq":2}\n`);
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'STATE_LOG_INVALID' });
    writeFileSync(join(dir, 'audit.jsonl'), `${logs[0]}nonsense\n`);
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'STATE_LOG_INVALID' });
    writeFileSync(join(dir, 'audit.jsonl'), logs[1]!.slice(logs[0]!.length));
    await expect(readAuditLog(dir)).rejects.toMatchObject({ code: 'STATE_LOG_INVALID' });
  });

  it('refuses a state.json whose log is gone, unless somebody answers for it', async () => {
    const { dir } = await crashed();
    unlinkSync(join(dir, 'audit.jsonl'));
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'STATE_REASON_MISSING' });
    editState(dir, { ...(JSON.parse(readText(dir, 'state.json')) as object), by: 'ann', why: 'the log was lost' });
    const store = await openStore(dir);
    expect(store.current).toMatchObject({ revision: 2, members: { words: { mode: 'off' } } });
    expect(await readAuditLog(dir)).toMatchObject([{ seq: 1, by: 'ann', change: { edited: 'state.json' } }]);
  });

  it('goes on with what it knows when the log is cut under its feet, and says so', async () => {
    const { dir, logs, files } = await crashed();
    const refused: RuntimeError[] = [];
    const store = await openStore(dir, { onRefused: (error) => void refused.push(error) });
    truncateSync(join(dir, 'audit.jsonl'), logs[0]!.length);
    await store.refresh();
    await store.refresh();
    expect(refused.map((error) => error.code)).toEqual(['STATE_LOG_INVALID']);
    expect(store.current.members['words']?.mode).toBe('off');
    await expect(store.change({ member: 'words', mode: 'active', ...WHO })).rejects.toMatchObject({
      code: 'STATE_LOG_INVALID',
    });
    writeFileSync(join(dir, 'audit.jsonl'), logs[1]!);
    writeFileSync(join(dir, 'state.json'), files[1]!);
    await store.refresh();
    expect(store.refusal).toBeNull();
  });

  it('waits for the lock of a process that lives, and takes that of one that died', async () => {
    const { dir } = await crashed();
    const child = fork(join(import.meta.dirname, 'state-holder.ts'), [dir], {
      execArgv: ['--conditions=@clamor/source'],
      silent: true,
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('message', resolve));
    await expect(openStore(dir, { lockTimeoutMs: 50 })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      message: expect.stringContaining(`process ${child.pid}`) as string,
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect((await openStore(dir)).current.revision).toBe(2);
  });
});
