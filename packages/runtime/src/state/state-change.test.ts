import { describe, expect, it } from 'vitest';
import { type StateChange, applyChange } from './state-change.ts';
import { EMPTY_STATE, type SuiteState, stateOfModes } from './suite-state.ts';

const SLOTS = [
  { member: 'words', versions: ['1.0.0', '1.1.0'] },
  { member: 'headers', versions: ['2.0.0'] },
];
const WHO = { by: 'ann', why: 'a wave of loans' };

function codeOf(change: object, state: SuiteState = EMPTY_STATE): unknown {
  try {
    applyChange(state, { ...WHO, ...change } as StateChange, SLOTS);
  } catch (error) {
    return (error as { code: unknown }).code;
  }
  return 'none';
}

describe('applyChange', () => {
  it('changes what the change gives, leaves the rest, and raises the revision', () => {
    const first = applyChange(EMPTY_STATE, { member: 'words', rollout: 10, version: '1.1.0', ...WHO }, SLOTS);
    const second = applyChange(first, { member: 'words', base: '1.0.0', ...WHO }, SLOTS);
    expect(second).toEqual({
      revision: 2,
      members: { words: { mode: 'active', rollout: 10, version: '1.1.0', base: '1.0.0' } },
    });
    expect(first.members['words']?.base).toBeNull();
  });

  it('forgets a member that is back at its defaults', () => {
    const off = applyChange(EMPTY_STATE, { member: 'words', mode: 'off', ...WHO }, SLOTS);
    expect(applyChange(off, { member: 'words', mode: 'active', ...WHO }, SLOTS)).toEqual({ revision: 2, members: {} });
  });

  it('begins at what a member ships as, and keeps what was decided about one that ships as shadow', () => {
    const slots = [{ member: 'meaning', versions: ['0.1.0'], startMode: 'shadow' }] as const;
    const tenth = applyChange(EMPTY_STATE, { member: 'meaning', rollout: 10, ...WHO }, slots);
    expect(tenth.members['meaning']).toMatchObject({ mode: 'shadow', rollout: 10 });
    const active = applyChange(tenth, { member: 'meaning', mode: 'active', rollout: 100, ...WHO }, slots);
    expect(active.members).toEqual({ meaning: { mode: 'active', rollout: 100, version: null, base: null } });
  });

  it.each([
    [{ member: 'wrods', mode: 'off' }, 'STATE_MEMBER_UNKNOWN'],
    [{ member: 'constructor', mode: 'off' }, 'STATE_MEMBER_UNKNOWN'],
    [{ member: 'words', version: '3.0.0' }, 'STATE_VERSION_UNKNOWN'],
    [{ member: 'words', base: '3.0.0' }, 'STATE_VERSION_UNKNOWN'],
    [{ member: 'words', rollout: 100.1 }, 'STATE_ROLLOUT_RANGE'],
    [{ member: 'words', rollout: -1 }, 'STATE_ROLLOUT_RANGE'],
    [{ member: 'words', rollout: Number.NaN }, 'STATE_ROLLOUT_RANGE'],
    [{ member: 'words', rollout: '10' }, 'STATE_CHANGE_INVALID'],
    [{ member: 'words', mode: 'on' }, 'STATE_CHANGE_INVALID'],
    [{ member: 'words', version: '' }, 'STATE_VERSION_UNKNOWN'],
    [{ member: 'words' }, 'STATE_CHANGE_INVALID'],
    [{ member: 'words', mode: 'off', why: ' ' }, 'STATE_REASON_MISSING'],
    [{ member: 'words', mode: 'off', by: undefined }, 'STATE_REASON_MISSING'],
    [{ member: 'words', mode: 'off', rollout: 0, version: '1.0.0', base: null }, 'none'],
  ])('answers %j with %s', (change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it('lists all that is wrong, with what there is', () => {
    const change = { member: 'wrods', rollout: 101, by: '', why: '' };
    expect(() => applyChange(EMPTY_STATE, change, SLOTS)).toThrow(
      /there are: words, headers[\s\S]*from 0 to 100[\s\S]*"by"[\s\S]*"why"/,
    );
  });

  it('lets what was said of a removed member be taken back, and no version of it be named', () => {
    const state = stateOfModes({ gone: 'off' });
    expect(codeOf({ member: 'gone', mode: 'active' }, state)).toBe('none');
    expect(codeOf({ member: 'gone', version: '1.0.0' }, state)).toBe('STATE_MEMBER_UNKNOWN');
  });
});
