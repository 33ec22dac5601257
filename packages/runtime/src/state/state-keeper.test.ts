import { describe, expect, it } from 'vitest';
import { SLOTS, WHO } from '../../test/state-fixture.ts';
import type { AuditEntry } from './audit-log.ts';
import { createMemoryState } from './state-keeper.ts';
import { stateOfModes } from './suite-state.ts';

const now = (): Date => new Date('2026-01-02T03:04:05Z');

describe('createMemoryState', () => {
  it('begins with the state that it is given, and tells of every change as the audit log does', async () => {
    const told: AuditEntry[] = [];
    const initial = stateOfModes({ headers: 'off' });
    await using keeper = createMemoryState({ slots: SLOTS, initial, now, onChange: (entry) => void told.push(entry) });
    expect(keeper.current).toBe(initial);
    const after = await keeper.change({ member: 'words', mode: 'off', ...WHO });
    expect(keeper.current).toBe(after);
    const [before, at] = [initial, '2026-01-02T03:04:05.000Z'];
    expect(told).toMatchObject([{ seq: 1, at, ...WHO, change: { member: 'words', mode: 'off' }, before, after }]);
  });

  it('checks changes against what is loaded now', async () => {
    const keeper = createMemoryState({ slots: SLOTS });
    keeper.useSlots([]);
    await expect(keeper.change({ member: 'words', mode: 'off', ...WHO })).rejects.toMatchObject({
      code: 'STATE_MEMBER_UNKNOWN',
    });
    expect(keeper.current.revision).toBe(0);
  });
});
