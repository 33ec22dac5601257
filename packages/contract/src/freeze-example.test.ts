import { describe, expect, it } from 'vitest';
import { freezeExample } from './freeze-example.ts';

describe('freezeExample', () => {
  it('freezes all the way down', () => {
    const example = freezeExample({ links: [{ url: 'a' }] });
    expect([example, example.links, example.links[0]].every((part) => Object.isFrozen(part))).toBe(true);
  });

  it('leaves values and bytes as they are', () => {
    const bytes = Uint8Array.of(1);
    expect(freezeExample({ bytes, n: 1, nothing: null })).toEqual({ bytes, n: 1, nothing: null });
  });
});
