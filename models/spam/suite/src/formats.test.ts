import { describe, expect, it } from 'vitest';

import { eml, mbox } from './formats.ts';
import { LIMITS } from './limits.ts';
import type { MailInput } from './mail.ts';

async function* chunksOf(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function collect(inputs: AsyncIterable<MailInput>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const input of inputs) all.push(input as Uint8Array);
  return all;
}

describe('eml', () => {
  it('joins the chunks of a file to one mail', async () => {
    const mails = await collect(eml.read(chunksOf('Subj', 'ect: a\n', '\nb')));
    expect(mails.map((mail) => new TextDecoder().decode(mail))).toEqual(['Subject: a\n\nb']);
  });
  it('yields an empty mail for an empty file, so that it is counted', async () => {
    expect(await collect(eml.read(chunksOf()))).toEqual([new Uint8Array(0)]);
  });
  it('stops reading one byte behind the limit', async () => {
    let chunksRead = 0;
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) {
        chunksRead++;
        yield new Uint8Array(4 * 1024 * 1024);
      }
    }
    const [mail] = await collect(eml.read(endless()));
    expect(mail).toHaveLength(LIMITS.inputBytes + 1);
    expect(chunksRead).toBeLessThan(12);
  });
});

describe('mbox', () => {
  it('yields each mail of a folder', async () => {
    const mails = await collect(mbox.read(chunksOf('From a\nS: 1\n\n', 'From b\nS: 2\n')));
    expect(mails.map((mail) => new TextDecoder().decode(mail))).toEqual(['S: 1\n\n', 'S: 2\n']);
  });
});
