import { describe, expect, it } from 'vitest';

import type { LabelledExample } from '@clamor/store';

import { leakTable, splitTable } from './data-table.ts';

describe('splitTable', () => {
  it('has the mails and labels of each split', () => {
    const lines = splitTable().split('\n');
    expect(lines[3]).toMatch(/^test +1662 +1106 +556 +\d+ +gate, test$/);
    expect(lines[6]).toMatch(/^later +1577 +1344 +233 +\d+ +test$/);
  });
  it('says how many later mails are in the splits by cluster', () => {
    expect(splitTable()).toContain('Of the mails of later, 699 in train, 331 in valid, 547 in test.');
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
