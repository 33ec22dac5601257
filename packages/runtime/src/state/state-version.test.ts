import { describe, expect, it } from 'vitest';
import { stateVersion } from './state-version.ts';
import {
  DEFAULT_SLOT,
  EMPTY_STATE,
  type SlotState,
  type SuiteState,
  createState,
  stateOfModes,
} from './suite-state.ts';

const state = (words: Partial<SlotState>): SuiteState => ({
  revision: 0,
  members: { words: { ...DEFAULT_SLOT, ...words } },
});
const SHIPPED = { member: 'meaning', startMode: 'shadow' } as const;

describe('stateVersion', () => {
  // printf 'TEXT' | sha256sum: the first 16 digits.
  it.each([
    ['', EMPTY_STATE, 'e3b0c44298fc1c14'],
    ['cash=off\\n', stateOfModes({ cash: 'off' }), '8f1520a183bf29f9'],
    ['cash=off\\npills=shadow\\n', stateOfModes({ pills: 'shadow', cash: 'off', words: 'active' }), 'f39c0cf83491033c'],
    [
      'cash=active rollout=10 version=1.1.0 base=1.0.0\\n',
      { revision: 7, members: { cash: { mode: 'active', rollout: 10, version: '1.1.0', base: '1.0.0' } } },
      'b58f757258904869',
    ],
  ] as const)('is the hash of %j', (_, value, version) => {
    expect(stateVersion(value)).toBe(version);
  });

  it('differs with every field of a slot', () => {
    const slots: Partial<SlotState>[] = [
      {},
      { mode: 'shadow' },
      { mode: 'off' },
      { rollout: 0 },
      { rollout: 99.9 },
      { version: '1.0.0' },
      { base: '1.0.0' },
      { version: '1.0.0', base: '1.0.0' },
    ];
    expect(new Set(slots.map((slot) => stateVersion(state(slot)))).size).toBe(slots.length);
  });

  it('is the one from before when a change is undone, whatever the revision', () => {
    const undone = createState(12, Object.entries(state({}).members));
    expect(stateVersion(undone)).toBe(stateVersion(EMPTY_STATE));
  });

  it('knows that a member which ships as shadow was made active', () => {
    // printf 'meaning=active\n' | sha256sum
    expect(stateVersion(stateOfModes({ meaning: 'active' }, [SHIPPED]))).toBe('5d13e446c7e17149');
  });

  it('does not depend on the order of the members', () => {
    const members = { b: { ...DEFAULT_SLOT, mode: 'off' }, a: { ...DEFAULT_SLOT, mode: 'shadow' } } as const;
    expect(stateVersion({ revision: 0, members })).toBe(stateVersion(stateOfModes({ a: 'shadow', b: 'off' })));
  });
});
