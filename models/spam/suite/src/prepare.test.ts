import { describe, expect, it } from 'vitest';

import { LIMITS } from './limits.ts';
import { prepareBytes } from './prepare.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const prepared = (text: string): string => new TextDecoder().decode(prepareBytes(bytes(text)));

describe('prepareBytes', () => {
  it('leaves a mail alone', () => {
    expect(prepared('Subject: a\n\nb\n')).toBe('Subject: a\n\nb\n');
  });
  it('takes away the mbox line, quoted or not, and empty lines before it', () => {
    expect(prepared('\r\nFrom a@b Thu Aug 22 12:36:23 2002\nSubject: a\n\nb')).toBe('Subject: a\n\nb');
    expect(prepared('>From a@b\nSubject: a\n\nb')).toBe('Subject: a\n\nb');
  });
  it('keeps a From header', () => {
    expect(prepared('From: a@b\n\nc')).toBe('From: a@b\n\nc');
  });
  it('puts an empty line before a text that has no headers', () => {
    expect(prepared('Hello you: there\nb')).toBe('\nHello you: there\nb');
    expect(prepared('x'.repeat(1_000))).toBe(`\n${'x'.repeat(1_000)}`);
  });
  it('makes UTF-8 of a header block in latin-1 and leaves the body', () => {
    const mail = Uint8Array.of(...bytes('Subject: '), 0xe9, ...bytes('\n\n'), 0xe9);
    expect([...prepareBytes(mail)]).toEqual([...bytes('Subject: é\n\n'), 0xe9]);
  });
  it('leaves a header block alone that is UTF-8 when the body is not', () => {
    const mail = Uint8Array.of(...bytes('Subject: é\n\n'), 0xe9);
    expect([...prepareBytes(mail)]).toEqual([...mail]);
  });
  it('cuts after the lines, bytes, boundaries and equals signs that are read', () => {
    const head = 'Subject: a\n\n';
    expect(prepareBytes(bytes(head + '\n'.repeat(100_000))).length).toBe(head.length + LIMITS.readLines - 2);
    expect(prepareBytes(bytes(head + 'a'.repeat(5_000_000))).length).toBe(LIMITS.readBytes);
    expect(prepareBytes(bytes(head + '--\n'.repeat(5_000))).length).toBe(head.length + 3 * LIMITS.dashLines);
    expect(prepareBytes(bytes(`${head}a\n${'='.repeat(500_000)}\nb`)).length).toBe(head.length + 2);
  });
});
