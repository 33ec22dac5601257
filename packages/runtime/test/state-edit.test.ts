import { describe, expect, it } from 'vitest';
import type { RuntimeError } from '../src/errors.ts';
import { readAuditLog } from '../src/state/audit-log.ts';
import { SLOTS, WHO, editState, folder, openStore, readText } from './state-fixture.ts';

describe('StateStore, edited by hand', () => {
  const OFF = { words: { mode: 'off' } };

  it('takes over an edit that says who and why and raises the revision, and writes it down', async () => {
    const dir = folder();
    const store = await openStore(dir);
    await store.change({ member: 'headers', mode: 'shadow', ...WHO });
    editState(dir, { revision: 5, by: 'bob', why: 'INC-7', members: OFF });
    await store.refresh();
    const off = { mode: 'off', rollout: 100, version: null, base: null };
    expect(store.current).toEqual({ revision: 5, members: { words: off } });
    expect((await readAuditLog(dir))[1]).toMatchObject({
      seq: 2,
      by: 'bob',
      why: 'INC-7',
      change: { edited: 'state.json' },
      after: { revision: 5 },
    });
    // The next edit has to say again who and why.
    expect(JSON.parse(readText(dir, 'state.json'))).toEqual(store.current);
  });

  it('leaves alone an edit that was taken over and is written again, as tools do', async () => {
    const dir = folder();
    const store = await openStore(dir);
    for (let i = 0; i < 3; i++) {
      editState(dir, { revision: 1, by: 'ansible', why: 'commit 3f2a', members: OFF });
      await store.refresh();
    }
    expect(await readAuditLog(dir)).toHaveLength(1);
    expect(store.refusal).toBeNull();
  });

  it.each([
    ['no JSON', '{"revision": 2, "mem', 'STATE_FILE_INVALID'],
    ['another field', { revision: 2, by: 'b', why: 'w', members: {}, extra: 1 }, 'STATE_FILE_INVALID'],
    [
      'a mode that is none',
      { revision: 2, by: 'b', why: 'w', members: { words: { mode: 'on' } } },
      'STATE_FILE_INVALID',
    ],
    [
      'a rollout above 100',
      { revision: 2, by: 'b', why: 'w', members: { words: { rollout: 101 } } },
      'STATE_FILE_INVALID',
    ],
    ['an empty reason', { revision: 2, by: 'b', why: ' ', members: OFF }, 'STATE_FILE_INVALID'],
    ['no reason', { revision: 2, by: 'b', members: OFF }, 'STATE_REASON_MISSING'],
    ['nobody who answers', { revision: 2, members: OFF }, 'STATE_REASON_MISSING'],
    ['the same revision', { revision: 1, by: 'b', why: 'w', members: OFF }, 'STATE_REVISION_STALE'],
    [
      'a member that is not there',
      { revision: 2, by: 'b', why: 'w', members: { wrods: { mode: 'off' } } },
      'STATE_MEMBER_UNKNOWN',
    ],
    [
      'a version that is not there',
      { revision: 2, by: 'b', why: 'w', members: { words: { version: '3.0.0' } } },
      'STATE_VERSION_UNKNOWN',
    ],
  ])('refuses one with %s, once, and stays as it was until it is corrected', async (_, document, code) => {
    const dir = folder();
    const refused: RuntimeError[] = [];
    const store = await openStore(dir, { onRefused: (error) => void refused.push(error) });
    const before = await store.change({ member: 'headers', mode: 'shadow', ...WHO });
    editState(dir, document);
    await store.refresh();
    await store.refresh();
    expect(refused.map((error) => error.code)).toEqual([code]);
    expect(store.refusal?.code).toBe(code);
    expect(store.current).toBe(before);
    editState(dir, { revision: 2, by: 'b', why: 'w', members: OFF });
    await store.refresh();
    expect([store.refusal, store.current.revision]).toEqual([null, 2]);
  });

  it('keeps a refused edit beside the file when a change writes over it', async () => {
    const dir = folder();
    const store = await openStore(dir);
    await store.change({ member: 'headers', mode: 'shadow', ...WHO });
    editState(dir, { revision: 2, members: OFF });
    await store.change({ member: 'headers', mode: 'off', ...WHO });
    expect(JSON.parse(readText(dir, 'state.refused.json'))).toEqual({ revision: 2, members: OFF });
    expect(JSON.parse(readText(dir, 'state.json'))).toEqual(store.current);
    expect(store.refusal).toBeNull();
  });

  it('takes over an edit that was made while nobody looked', async () => {
    const dir = folder();
    await (await openStore(dir)).change({ member: 'headers', mode: 'shadow', ...WHO });
    editState(dir, { revision: 2, by: 'bob', why: 'w', members: OFF });
    expect((await openStore(dir)).current.revision).toBe(2);
    editState(dir, { revision: 9, members: {} });
    const later = await openStore(dir);
    expect([later.refusal?.code, later.current.revision]).toEqual(['STATE_REASON_MISSING', 2]);
  });

  it('lets a removed member stay as it was, or be taken back', async () => {
    const dir = folder();
    const store = await openStore(dir);
    await store.change({ member: 'words', version: '1.1.0', ...WHO });
    store.useSlots([SLOTS[1]!]);
    editState(dir, { revision: 2, by: 'b', why: 'w', members: { words: { version: '1.1.0', mode: 'off' } } });
    await store.refresh();
    expect(store.current.members['words']).toMatchObject({ mode: 'off', version: '1.1.0' });
    editState(dir, { revision: 3, by: 'b', why: 'w', members: {} });
    await store.refresh();
    expect(store.current).toEqual({ revision: 3, members: {} });
  });
});
