import { describe, expect, it } from 'vitest';

import { cleanSubject } from './clean-subject.ts';

describe('cleanSubject', () => {
  it.each([
    ['[ILUG] hello', 'hello'],
    ['Re: [ILUG] hello', 'Re: hello'],
    ['[ILUG] Re: [ILUG] re:hello', 'Re: re: hello'],
    ['[a][b] [c]hello', 'hello'],
    ['CDR: hello', 'hello'],
    ['Fwd: hello', 'Fwd: hello'],
    ['  hello  ', 'hello'],
    ['hello [world]', 'hello [world]'],
    ['', ''],
  ])('makes of "%s" "%s"', (subject, cleaned) => {
    expect(cleanSubject(subject)).toBe(cleaned);
  });
  it("keeps a sender's own [ADV]", () => {
    expect(cleanSubject('[ADV] cheap')).toBe('[ADV] cheap');
    expect(cleanSubject('[ Adv ] cheap')).toBe('[ Adv ] cheap');
  });
  it('takes brackets around more than 30 characters for words', () => {
    const subject = `[${'x'.repeat(31)}] hello`;
    expect(cleanSubject(subject)).toBe(subject);
  });
  it('leaves brackets that do not close', () => {
    expect(cleanSubject('[[[[ hello')).toBe('[[[[ hello');
  });
  it.each([['['], ['[a]'], ['Re:'], [' '], ['[ ']])('gets through a megabyte of "%s"', (unit) => {
    const subject = unit.repeat(1_000_000 / unit.length);
    expect(cleanSubject(subject).length).toBeLessThanOrEqual(2 * subject.length);
  });
});
