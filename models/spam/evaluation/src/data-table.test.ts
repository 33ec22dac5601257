import { describe, expect, it } from 'vitest';

import type { LabelledExample } from '@clamor/store';

import { corpusTable, leakTable, sliceTable, splitTable } from './data-table.ts';
import type { CorpusMail } from './dataset.ts';

describe('splitTable', () => {
  it('has the mails and labels of each split', () => {
    const lines = splitTable().split('\n');
    expect(lines[3]).toMatch(/^test +1662 +1106 +556 +\d+ +gate, test$/);
    expect(lines[6]).toMatch(/^later +1577 +1344 +233 +\d+ +test$/);
  });
  it('says how many later mails are in the splits by cluster', () => {
    expect(splitTable()).toContain(
      'Of the mails of later, 699 in train, 331 in valid, 547 in test. 406 mails are in no split by date.',
    );
  });
});

async function* corpus(): AsyncIterable<CorpusMail> {
  const senders = { 'easy-ham-1/00001': 'a@b', 'easy-ham-1/99998': 'rssfeeds@b', 'spam-1/99999': 'rssfeeds@b' };
  for (const [id, sender] of Object.entries(senders))
    yield { id, input: new TextEncoder().encode(`From: ${sender}\n\nc`) };
}

describe('corpusTable', () => {
  it('counts what is left out and how much of it is from the feed reader', async () => {
    expect(await corpusTable(corpus())).toBe(
      'The corpus has 3 mails, 2 are left out, 1 of those are ham from rssfeeds, and 1 remain.',
    );
  });
});

describe('leakTable', () => {
  it('counts header blocks with a giveaway by label, and no bodies', async () => {
    const mails: [0 | 1, string][] = [
      [0, 'Subject: Re: [x] a\nReferences: <1>\n\nSender: b'],
      [0, 'X-BeenThere: a\r\nReceived: from a\r\n by phobos\r\n\r\nb'],
      [1, 'Subject: a [x]\n\nb'],
    ];
    async function* examples(): AsyncIterable<LabelledExample<Uint8Array>> {
      for (const [i, [label, text]] of mails.entries())
        yield { id: `${i}`, label, input: new TextEncoder().encode(text) };
    }
    expect((await leakTable(examples())).split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['on the raw mails', 'ham', 'spam'],
      ['all', '2', '1'],
      ['In-Reply-To or References', '1', '0'],
      ['headers of mailing lists', '1', '0'],
      ['a tag in the subject', '1', '0'],
      ["the collector's hosts in Received", '1', '0'],
    ]);
  });
});

async function* sliced(): AsyncIterable<LabelledExample<Uint8Array>> {
  const input = new Uint8Array();
  yield { id: 'a', label: 1, slices: { size: 'big' }, input };
  yield { id: 'b', label: 0, slices: { size: 'big' }, input };
  yield { id: 'c', label: 0, slices: { size: 'small' }, input };
}

describe('sliceTable', () => {
  it('counts the mails of each value by label', async () => {
    expect(await sliceTable(sliced())).toBe('slice        ham  spam\nsize: big      1     1\nsize: small    1     0');
  });
});
