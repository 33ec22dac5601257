import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRolledOut, rolloutBucket } from './rollout.ts';

const NAME = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const KEY = fc.string({ unit: 'binary', maxLength: 40 });
const PERCENT = fc.double({ min: 0, max: 100, noNaN: true });

describe('rolloutBucket', () => {
  // printf '%s\n%s' MEMBER KEY | sha256sum: the first 8 digits, ÷ 2³² · 100 in Python.
  it.each([
    ['words', 'mail-1', 0x187431c3, 9.55229855608195],
    ['words', 'mail-2', 0x447641ae, 26.74294519238174],
    ['headers', 'mail-1', 0x207949c3, 12.685071001760662],
    ['words', '', 0xff646650, 99.76257272064686],
    ['größe', 'schlüssel-✓', 0x0e61d60f, 5.618036142550409],
  ])('puts key %s %j where sha256sum puts it', (member, key, u, bucket) => {
    expect(rolloutBucket(member, key)).toBe((u / 2 ** 32) * 100);
    expect(rolloutBucket(member, key)).toBeCloseTo(bucket, 12);
  });

  it('lies in [0, 100)', () => {
    fc.assert(
      fc.property(NAME, KEY, (member, key) => {
        const bucket = rolloutBucket(member, key);
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(100);
      }),
    );
  });
});

describe('isRolledOut', () => {
  it('never leaves a key again when the percentage goes up', () => {
    fc.assert(
      fc.property(NAME, KEY, PERCENT, PERCENT, (member, key, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const before = isRolledOut({ member, percent: low }, key);
        expect(before && !isRolledOut({ member, percent: high }, key)).toBe(false);
      }),
    );
  });

  it('reaches no key at 0 % and every key at 100 %', () => {
    fc.assert(
      fc.property(NAME, KEY, (member, key) => {
        expect(isRolledOut({ member, percent: 0 }, key)).toBe(false);
        expect(isRolledOut({ member, percent: 100 }, key)).toBe(true);
      }),
    );
  });

  it('reaches a key exactly when the percentage is above its bucket', () => {
    const bucket = rolloutBucket('words', 'mail-1');
    expect(isRolledOut({ member: 'words', percent: bucket }, 'mail-1')).toBe(false);
    expect(isRolledOut({ member: 'words', percent: bucket + 1e-12 }, 'mail-1')).toBe(true);
  });

  // 20,000 keys: a share of 10 % has the standard error 0.21 %, a share of 1 % has 0.07 %; the bounds are five of them.
  it('reaches the share of keys that was asked for, and two members at 10 % share no more than chance gives', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `key-${i}`);
    const reached = (member: string): Set<string> =>
      new Set(keys.filter((key) => isRolledOut({ member, percent: 10 }, key)));
    const words = reached('words');
    const headers = reached('headers');
    expect(Math.abs(words.size / keys.length - 0.1)).toBeLessThan(0.0106);
    expect(Math.abs(headers.size / keys.length - 0.1)).toBeLessThan(0.0106);
    const both = [...words].filter((key) => headers.has(key)).length / keys.length;
    expect(Math.abs(both - 0.01)).toBeLessThan(0.0035);
  });
});
