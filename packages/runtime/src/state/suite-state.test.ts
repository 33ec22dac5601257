import { describe, expect, it } from 'vitest';
import { DEFAULT_SLOT, EMPTY_STATE, createState, isSameState, slotState, stateOfModes } from './suite-state.ts';

const SHIPPED = { member: 'meaning', startMode: 'shadow' } as const;

describe('slotState', () => {
  it('gives what was decided, and the default where nothing was', () => {
    const state = stateOfModes({ words: 'shadow' });
    expect(slotState(state, { member: 'words' })).toEqual({ mode: 'shadow', rollout: 100, version: null, base: null });
    expect(slotState(state, { member: 'headers' })).toBe(DEFAULT_SLOT);
  });

  it('is not misled by a member that is called like a part of every object', () => {
    expect(slotState(EMPTY_STATE, { member: 'constructor' })).toBe(DEFAULT_SLOT);
    const state = createState(1, [['__proto__', { ...DEFAULT_SLOT, mode: 'off' }]]);
    expect(slotState(state, { member: '__proto__' }).mode).toBe('off');
  });
});

describe('slotState of a member that ships as shadow', () => {
  it('is in shadow until somebody decides, and then what was decided', () => {
    expect(slotState(EMPTY_STATE, SHIPPED)).toEqual({ mode: 'shadow', rollout: 100, version: null, base: null });
    expect(slotState(stateOfModes({ meaning: 'active' }, [SHIPPED]), SHIPPED).mode).toBe('active');
    expect(slotState(stateOfModes({ meaning: 'off' }, [SHIPPED]), SHIPPED).mode).toBe('off');
  });
});

function decide(mode: 'active' | 'shadow'): unknown {
  return createState(1, [['meaning', { ...DEFAULT_SLOT, mode }]], { slots: [SHIPPED] }).members['meaning'];
}

describe('createState', () => {
  it('orders members by name and leaves out those that say nothing', () => {
    const off = { ...DEFAULT_SLOT, mode: 'off' } as const;
    const state = createState(3, [
      ['b', off],
      ['c', { ...DEFAULT_SLOT }],
      ['a', off],
    ]);
    expect(JSON.stringify(state)).toBe(JSON.stringify({ revision: 3, members: { a: off, b: off } }));
  });

  it('keeps both decisions about a member that ships as shadow', () => {
    expect(decide('active')).toEqual(DEFAULT_SLOT);
    expect(decide('shadow')).toEqual({ ...DEFAULT_SLOT, mode: 'shadow' });
  });
});

describe('isSameState', () => {
  it('takes a missing member for one with the defaults', () => {
    expect(isSameState(EMPTY_STATE, { revision: 0, members: { words: { ...DEFAULT_SLOT } } })).toBe(true);
    expect(isSameState(EMPTY_STATE, stateOfModes({ words: 'off' }))).toBe(false);
    expect(isSameState(EMPTY_STATE, { revision: 1, members: {} })).toBe(false);
  });

  it('tells a decision from none where a member ships as shadow', () => {
    const active = stateOfModes({ meaning: 'active' }, [SHIPPED]);
    expect(isSameState(EMPTY_STATE, active, [SHIPPED])).toBe(false);
    expect(isSameState(active, stateOfModes({ meaning: 'active' }, [SHIPPED]), [SHIPPED])).toBe(true);
    // A later version ships as active: what was decided is what it says by itself.
    expect(isSameState(EMPTY_STATE, active, [{ member: 'meaning' }])).toBe(true);
  });
});
