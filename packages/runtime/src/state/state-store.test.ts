import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WHO, editState, folder, openStore, readText } from '../../test/state-fixture.ts';
import { type AuditEntry, readAuditLog, readState } from './audit-log.ts';
import { stateVersion } from './state-version.ts';
import { EMPTY_STATE } from './suite-state.ts';

describe('StateStore', () => {
  it('begins empty, and makes its directory', async () => {
    const dir = join(folder(), 'state', 'spam');
    const store = await openStore(dir);
    expect(store.current).toEqual(EMPTY_STATE);
    expect(readdirSync(dir).filter((name) => !name.startsWith('lock'))).toEqual([]);
  });

  it.each(['/dev/null/spam', '/proc/none/spam'])('says that it cannot make its directory: %s', async (dir) => {
    await expect(openStore(dir)).rejects.toMatchObject({
      code: 'STATE_IO_FAILED',
      message: expect.stringContaining(dir) as unknown,
    });
  });

  it('writes who, when, why, before and after, and then the state', async () => {
    const dir = folder();
    const store = await openStore(dir, { now: () => new Date('2026-01-02T03:04:05Z') });
    const after = await store.change({ member: 'words', mode: 'off', ...WHO });
    const off = { mode: 'off', rollout: 100, version: null, base: null };
    expect(after).toEqual({ revision: 1, members: { words: off } });
    expect(JSON.parse(readText(dir, 'state.json'))).toEqual(after);
    expect(
      readText(dir, 'audit.jsonl')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        seq: 1,
        at: '2026-01-02T03:04:05.000Z',
        ...WHO,
        change: { member: 'words', mode: 'off' },
        before: EMPTY_STATE,
        after,
        stateVersion: stateVersion(after),
      },
    ]);
  });

  it('records of a change nothing but its own fields', async () => {
    const dir = folder();
    const store = await openStore(dir);
    const change = { member: 'words', mode: 'off', ticket: 7n, ...WHO } as const;
    await store.change(change);
    expect((await readAuditLog(dir))[0]?.change).toEqual({ member: 'words', mode: 'off' });
  });

  it('is where it was when it is opened again', async () => {
    const dir = folder();
    const first = await openStore(dir);
    await first.change({ member: 'words', rollout: 10, version: '1.1.0', base: '1.0.0', ...WHO });
    await first.change({ member: 'headers', mode: 'shadow', ...WHO });
    await first.close();
    expect((await openStore(dir)).current).toEqual(first.current);
    expect(await readState(dir)).toEqual(first.current);
  });

  it('writes nothing for a change that is refused', async () => {
    const dir = folder();
    const store = await openStore(dir);
    await expect(store.change({ member: 'wrods', mode: 'off', ...WHO })).rejects.toMatchObject({
      code: 'STATE_MEMBER_UNKNOWN',
    });
    expect(await readAuditLog(dir)).toEqual([]);
    expect(store.current).toBe(EMPTY_STATE);
  });

  it('checks changes against the members that are loaded now', async () => {
    const store = await openStore(folder());
    store.useSlots([{ member: 'new', versions: ['0.1.0'] }]);
    expect((await store.change({ member: 'new', mode: 'off', ...WHO })).revision).toBe(1);
    await expect(store.change({ member: 'words', mode: 'off', ...WHO })).rejects.toMatchObject({
      code: 'STATE_MEMBER_UNKNOWN',
    });
  });

  it('refuses changes after it was closed', async () => {
    const store = await openStore(folder());
    const last = store.change({ member: 'words', mode: 'off', ...WHO });
    await store.close();
    await store.close();
    expect((await last).revision).toBe(1);
    await expect(store.change({ member: 'words', mode: 'off', ...WHO })).rejects.toMatchObject({
      code: 'STATE_CLOSED',
    });
  });

  it('tells of every change once and in order, whoever made it', async () => {
    const dir = folder();
    const told: AuditEntry[] = [];
    const store = await openStore(dir, { onChange: (entry) => void told.push(entry) });
    const other = await openStore(dir);
    await store.change({ member: 'words', mode: 'off', ...WHO });
    await other.change({ member: 'words', mode: 'shadow', ...WHO });
    await other.change({ member: 'headers', mode: 'off', ...WHO });
    await store.change({ member: 'words', mode: 'active', ...WHO });
    await store.refresh();
    expect(told.map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
    expect(told).toEqual(await readAuditLog(dir));
  });

  it('loses nothing when many changes are made at once through two stores', { tags: ['slow'] }, async () => {
    const dir = folder();
    const stores = [await openStore(dir), await openStore(dir)];
    const changes = Array.from({ length: 40 }, (_, i) =>
      stores[i % 2]!.change({ member: 'words', rollout: i, by: 'ann', why: `change ${i}` }),
    );
    const revisions = (await Promise.all(changes)).map((state) => state.revision);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    const log = await readAuditLog(dir);
    for (const [i, revision] of revisions.entries()) expect(log[revision - 1]?.why).toBe(`change ${i}`);
    expect(log.every((entry, i) => i === 0 || entry.before.revision === log[i - 1]?.after.revision)).toBe(true);
  });
});

describe('StateStore, watching', () => {
  it.each([
    ['by what the file system tells', 600_000],
    ['by looking', 20],
  ])('sees %s what another store and what an edit changed', async (_, pollMs) => {
    const dir = folder();
    const told: (() => void)[] = [];
    const next = (): Promise<void> => new Promise((resolve) => told.push(resolve));
    const watching = await openStore(dir, { watch: true, pollMs, onChange: () => told.shift()?.() });
    const other = await openStore(dir);
    let seen = next();
    const state = await other.change({ member: 'words', mode: 'off', ...WHO });
    await seen;
    expect(watching.current).toEqual(state);
    seen = next();
    editState(dir, { revision: 2, by: 'bob', why: 'w', members: {} });
    await seen;
    expect(watching.current).toEqual({ revision: 2, members: {} });
  });

  it('keeps no process alive', { tags: ['slow'] }, async () => {
    const store = new URL('state-store.ts', import.meta.url).href;
    const source = `import { StateStore } from '${store}'; await StateStore.open({ dir: process.argv[1], slots: [] });`;
    const args = ['--conditions=@clamor/source', '--input-type=module', '--eval', source, folder()];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it('leaves no handle or timer open', async () => {
    const before = process.getActiveResourcesInfo();
    const store = await openStore(folder(), { watch: true });
    await store.close();
    const left = process.getActiveResourcesInfo().filter((kind) => /FSEvent|FSReq/.test(kind));
    expect(left).toEqual(before.filter((kind) => /FSEvent|FSReq/.test(kind)));
  });
});
