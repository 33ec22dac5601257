import { describe, expect, it } from 'vitest';
import { countingVersion, modesFor } from './modes-for.ts';
import { rolloutBucket } from './rollout.ts';
import { DEFAULT_SLOT, type Mode, type SlotState } from './suite-state.ts';

const VERSIONS = ['1.0.0', '1.1.0', '2.0.0'];
const OWN = '1.0.0';
// Buckets by sha256sum: 9.55 and 26.7, so a rollout of 20 % reaches the first and not the second.
const INSIDE = 'mail-1';
const OUTSIDE = 'mail-2';

const slot = (state: SlotState) => ({ member: 'words', versions: VERSIONS, own: OWN, state });

/** The table of the documentation, written a second time: who counts for a key in the rollout, and for one that is not. */
function expected({ mode, rollout, version, base }: SlotState, key: string): string | null {
  if (mode === 'off' || mode === 'shadow') return null;
  const reached = rollout === 100 || (rollout === 20 && key === INSIDE);
  return reached ? (version === null ? OWN : version) : base;
}

const STATES = (['active', 'shadow', 'off'] as const).flatMap((mode) =>
  [0, 20, 100].flatMap((rollout) =>
    [null, ...VERSIONS, '9.9.9'].flatMap((version) =>
      [null, ...VERSIONS, '9.9.9'].map((base): SlotState => ({ mode, rollout, version, base })),
    ),
  ),
);

describe('countingVersion', () => {
  it('says which version counts, for every mode, rollout, version and base', () => {
    expect([rolloutBucket('words', INSIDE), rolloutBucket('words', OUTSIDE)].map(Math.floor)).toEqual([9, 26]);
    for (const state of STATES) {
      for (const key of [INSIDE, OUTSIDE])
        expect(countingVersion(slot(state), key), `${JSON.stringify(state)} ${key}`).toBe(expected(state, key));
    }
  });
});

describe('modesFor', () => {
  it('gives every version its mode, for every mode, rollout, version and base', () => {
    for (const state of STATES) {
      for (const key of [INSIDE, OUTSIDE]) {
        const counts = expected(state, key);
        const modes = VERSIONS.map((version): Mode => {
          if (state.mode === 'off') return 'off';
          if (state.mode === 'shadow') return 'shadow';
          return version === counts ? 'active' : 'shadow';
        });
        expect(modesFor(slot(state), key), `${JSON.stringify(state)} ${key}`).toEqual(modes);
      }
    }
  });

  it('lets the own version count by default and the others shadow', () => {
    expect(modesFor(slot(DEFAULT_SLOT), INSIDE)).toEqual(['active', 'shadow', 'shadow']);
  });

  it('moves from base to version, key by key, while a new version is rolled out', () => {
    const state: SlotState = { mode: 'active', rollout: 20, version: '1.1.0', base: '1.0.0' };
    expect(modesFor(slot(state), INSIDE)).toEqual(['shadow', 'active', 'shadow']);
    expect(modesFor(slot(state), OUTSIDE)).toEqual(['active', 'shadow', 'shadow']);
  });

  it('lets no other version step in for one that is not installed', () => {
    const state: SlotState = { ...DEFAULT_SLOT, version: '9.9.9' };
    expect(modesFor(slot(state), INSIDE)).toEqual(['shadow', 'shadow', 'shadow']);
    expect(countingVersion(slot(state), INSIDE)).toBe('9.9.9');
  });
});
