import { describe, expect, it } from 'vitest';

import { clip, tidyText } from './text.ts';

describe('tidyText', () => {
  it('keeps one empty line of many and no white space at line ends', () => {
    expect(tidyText('a \r\n\n\n\n b')).toBe('a\n\nb');
  });
  it('takes away empty lines at both ends', () => {
    expect(tidyText('\n\n a\n\n')).toBe('a');
  });
  it('takes a lone carriage return for a line end', () => {
    expect(tidyText('a\rb')).toBe('a\nb');
  });
  it('drops NUL and makes one space of tabs and no-break spaces', () => {
    expect(tidyText('a\0b\t\u00a0 c')).toBe('ab c');
  });
  it('returns nothing for white space', () => {
    expect(tidyText(' \n\t\n')).toBe('');
  });
});

describe('clip', () => {
  it('leaves a text alone that is as long as allowed', () => {
    expect(clip('abc', 3)).toBe('abc');
  });
  it('cuts a longer one', () => {
    expect(clip('abcd', 3)).toBe('abc');
  });
  it('never cuts a surrogate pair in two', () => {
    expect(clip('a😀', 2)).toBe('a');
    expect(clip('a😀', 3)).toBe('a😀');
  });
});
