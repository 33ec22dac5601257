import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { printable, printableLine } from './io.ts';

describe('printable', () => {
  it('replaces controls and marks of direction, and keeps lines and letters', () => {
    expect(printable('é\u001b]0;x\u0007\n\u009b2J\u202eabc\r😀')).toBe('é�]0;x�\n�2J�abc�😀');
  });

  it('leaves nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(/[^\P{Cc}\n]/u.test(printable(text))).toBe(false);
      }),
    );
  });
});

describe('printableLine', () => {
  it('is one line of bounded length', () => {
    expect(printableLine('a\n\n b\tc')).toBe('a b c');
    expect(printableLine('x'.repeat(50_000_000), 5)).toBe('xxxx…');
    expect(printableLine('😀😀😀', 3)).toBe('😀😀😀');
  });
});
