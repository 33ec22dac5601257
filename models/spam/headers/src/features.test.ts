import type { Mail } from '@clamor/spam';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS, findTokens, writeTokens } from './features.ts';

type HeaderMail = Parameters<typeof findTokens>[0];
const mail = (changes: Partial<Mail> = {}): HeaderMail => ({
  headers: [],
  received: [],
  from: { name: '', address: '' },
  replyTo: { name: '', address: '' },
  ...changes,
});

describe('findTokens', () => {
  it('says which headers of the sender are there and which are not', () => {
    const tokens = findTokens(mail({ headers: [{ name: 'x-mailer', value: 'Sender 1.0' }] }));
    expect([tokens.has('has:x-mailer'), tokens.has('no:x-mailer'), tokens.has('no:user-agent')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('does not read headers that relays and lists add', () => {
    const tokens = findTokens(mail({ headers: [{ name: 'x-virus-scanned', value: 'by x' }] }));
    expect([...tokens].filter((token) => token.includes('virus'))).toEqual([]);
  });

  it('says whether there is a Received line at all', () => {
    expect(findTokens(mail()).has('received:none')).toBe(true);
    expect(findTokens(mail({ received: ['from a by b; Mon'] })).has('received:some')).toBe(true);
  });

  it('never holds a host or an address as it was', () => {
    const from = { name: 'Ann', address: 'ann@secret-host.example' };
    const tokens = findTokens(mail({ from, received: ['from secret-host.example (1.2.3.4) by b; Mon'] }));
    expect([...tokens].filter((token) => token.includes('secret-host'))).toEqual([]);
  });

  it('reads a bounded number of distinct tokens', () => {
    const headers = Array.from({ length: 2000 }, (_, i) => ({ name: `x-h${i}`, value: 'v' }));
    expect(findTokens(mail({ headers })).size).toBe(MAX_TOKENS);
  });
});

/** What the member says of a mail, and how many tokens it writes. */
function written(given: HeaderMail): { said: boolean; count: number } {
  let count = 0;
  return { said: writeTokens(given, { add: () => void count++ }), count };
}

describe('writeTokens', () => {
  it('abstains on a mail that was never sent, and writes nothing', () => {
    const fields = [
      { name: 'from', value: 'a@example.com' },
      { name: 'subject', value: 'lunch' },
    ];
    expect(written(mail({ headers: fields }))).toEqual({ said: false, count: 0 });
  });

  it('reads a mail with one header of a sender, or one Received line', () => {
    for (const sent of [{ headers: [{ name: 'date', value: '' }] }, { received: [''] }]) {
      const { said, count } = written(mail(sent));
      expect(said).toBe(true);
      expect(count).toBeGreaterThan(0);
    }
  });
});
