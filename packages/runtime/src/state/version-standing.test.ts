import { describe, expect, it } from 'vitest';
import type { SlotState } from './suite-state.ts';
import { standingOf } from './version-standing.ts';

const SLOT: SlotState = { mode: 'active', rollout: 100, version: null, base: null };

describe('standingOf', () => {
  const own = '1.0.0';
  it.each([
    ['its own version counts on every key by default', '1.0.0', {}, 'active', 100],
    ['a version beside it is in shadow', '1.1.0', {}, 'shadow', 0],
    ['the version that is rolled out counts on its share', '1.1.0', { version: '1.1.0', rollout: 10 }, 'active', 10],
    ['no version counts outside the rollout without a base', '1.0.0', { version: '1.1.0', rollout: 10 }, 'shadow', 0],
    ['the base counts on the rest', '1.0.0', { version: '1.1.0', rollout: 10, base: '1.0.0' }, 'active', 90],
    ['one that is both counts on all', '1.1.0', { version: '1.1.0', rollout: 10, base: '1.1.0' }, 'active', 100],
    ['a rollout of 0 is a shadow', '1.0.0', { rollout: 0 }, 'shadow', 0],
    ['a shadow counts nowhere', '1.0.0', { mode: 'shadow' }, 'shadow', 0],
    ['off is off', '1.1.0', { mode: 'off', version: '1.1.0' }, 'off', 0],
  ] as const)('%s', (_, version, slot, mode, rollout) => {
    expect(standingOf({ version, own }, { ...SLOT, ...slot })).toEqual({ mode, rollout });
  });
});
