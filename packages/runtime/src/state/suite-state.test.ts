import { describe, expect, it } from 'vitest';
import { DEFAULT_SLOT, EMPTY_STATE, createState, isSameState, slotState, stateOfModes } from './suite-state.ts';

describe('slotState', () => {
  it('gives what was decided, and the default where nothing was', () => {
    const state = stateOfModes({ words: 'shadow' });
    expect(slotState(state, 'words')).toEqual({ mode: 'shadow', rollout: 100, version: null, base: null });
    expect(slotState(state, 'headers')).toBe(DEFAULT_SLOT);
  });

  it('is not misled by a member that is called like a part of every object', () => {
    expect(slotState(EMPTY_STATE, 'constructor')).toBe(DEFAULT_SLOT);
    expect(slotState(createState(1, [['__proto__', { ...DEFAULT_SLOT, mode: 'off' }]]), '__proto__').mode).toBe('off');
  });
});

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
});

describe('isSameState', () => {
  it('takes a missing member for one with the defaults', () => {
    expect(isSameState(EMPTY_STATE, { revision: 0, members: { words: { ...DEFAULT_SLOT } } })).toBe(true);
    expect(isSameState(EMPTY_STATE, stateOfModes({ words: 'off' }))).toBe(false);
    expect(isSameState(EMPTY_STATE, { revision: 1, members: {} })).toBe(false);
  });
});
