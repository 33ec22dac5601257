import { describe, expect, it } from 'vitest';

import { parseMail } from './parse-mail.ts';
import { readSubject } from './read-subject.ts';

describe('readSubject', () => {
  it.each([
    ['Subject: Hello', 'Hello'],
    ['From: a@b\r\nSUBJECT: =?utf-8?Q?caf=C3=A9?=\r\n\r\nx', 'café'],
    ['Subject: [LIST] one\n  two\nX: y\n\nz', 'one  two'],
    ['From: a@b\n\nSubject: not this', ''],
    ['no headers\nSubject: not this', ''],
    ['From a@b Thu\nSubject: a\n\nb', 'a'],
  ])('reads "%s" as the parser does', async (mail, subject) => {
    expect(readSubject(mail)).toBe(subject);
    expect((await parseMail(mail)).subject).toBe(subject);
  });
  it('reads latin-1', () => {
    expect(readSubject(Uint8Array.from(Buffer.from('Subject: café\n\nx', 'latin1')))).toBe('café');
  });
  it('reads { raw } and fields', () => {
    expect(readSubject({ raw: 'Subject: a\n\nb' })).toBe('a');
    expect(readSubject({ subject: '[x] a' })).toBe('a');
    expect(readSubject({ text: 'a' })).toBe('');
  });
  it('returns nothing for a mail of one huge line', () => {
    expect(readSubject('a'.repeat(1_000_000))).toBe('');
  });
});
