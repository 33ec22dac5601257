import { assert, asyncProperty, constantFrom, integer, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitMbox } from './mbox.ts';

async function split(text: string, { chunkBytes = 1_000, maxBytes = 1_000_000 } = {}): Promise<string[]> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (let i = 0; i < bytes.length; i += chunkBytes) yield bytes.subarray(i, i + chunkBytes);
  }
  const mails: string[] = [];
  for await (const mail of splitMbox(chunks(), { maxBytes })) mails.push(new TextDecoder().decode(mail));
  return mails;
}

const TWO = 'From a@b Thu Aug 22\nSubject: 1\n\none\n\nFrom c@d Thu Aug 22\nSubject: 2\n\ntwo\n';

describe('splitMbox', () => {
  it('splits at mbox lines and leaves them out', async () => {
    expect(await split(TWO)).toEqual(['Subject: 1\n\none\n\n', 'Subject: 2\n\ntwo\n']);
  });
  it.each([1, 2, 3, 5, 7, 100])('gives the same in chunks of %i bytes', async (chunkBytes) => {
    expect(await split(TWO, { chunkBytes })).toEqual(await split(TWO));
  });
  it('splits files with CRLF', async () => {
    expect(await split(TWO.replaceAll('\n', '\r\n'), { chunkBytes: 1 })).toEqual([
      'Subject: 1\r\n\r\none\r\n\r\n',
      'Subject: 2\r\n\r\ntwo\r\n',
    ]);
  });
  it('does not split at a sentence that starts with From', async () => {
    expect(await split('From a\nSubject: 1\n\none\nFrom here on\n')).toEqual(['Subject: 1\n\none\nFrom here on\n']);
  });
  it('takes one > off quoted mbox lines and off nothing else', async () => {
    expect(await split('From a\nS: 1\n\n>From x\n>>From y\n> From z\n>Fro\n')).toEqual([
      'S: 1\n\nFrom x\n>From y\n> From z\n>Fro\n',
    ]);
  });
  it('reads a file without an mbox line as one mail', async () => {
    expect(await split('Subject: 1\n\none')).toEqual(['Subject: 1\n\none']);
  });
  it('yields a mail without content, so that it is counted', async () => {
    expect(await split('From a\n\nFrom b\nS: 1\n')).toEqual(['\n', 'S: 1\n']);
    expect(await split('From a')).toEqual(['']);
  });
  it('yields nothing for an empty file', async () => {
    expect(await split('')).toEqual([]);
  });
  it('cuts a mail that is too large and goes on with the next', async () => {
    const mails = await split(`From a\n${'x'.repeat(5_000)}\n\nFrom b\nS: 2\n`, { maxBytes: 100 });
    expect(mails.map((mail) => mail.length)).toEqual([100, 5]);
  });
  it('gets through a line of > and a file that ends in the middle of From', async () => {
    expect(await split('>'.repeat(100_000))).toEqual(['>'.repeat(100_000)]);
    expect(await split('From a\nb\n\nFro')).toEqual(['b\n\nFro']);
  });
  it('never loses or invents a byte, however a file without mbox lines is cut', async () => {
    const text = string({ unit: constantFrom('F', 'r', 'o', 'm', '>', '\n', '\r', 'x'), maxLength: 60 });
    await assert(
      asyncProperty(text, integer({ min: 1, max: 7 }), async (body, chunkBytes) => {
        expect((await split(body, { chunkBytes })).join('')).toBe(body);
      }),
    );
  });
});
