import type { Link } from '@clamor/spam';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS, findTokens, writeTokens } from './features.ts';

const anchor = (url: string, text = ''): Link => ({ kind: 'anchor', url, text });
const ignore = { add() {} };

describe('findTokens', () => {
  it('names kind, scheme and a host that is an address', () => {
    const tokens = findTokens([anchor('http://10.1.2.3/order')]);
    expect([...tokens]).toEqual(expect.arrayContaining(['kind:anchor', 'scheme:http', 'host-ip']));
  });

  it('names the host of a mail link, and no path', () => {
    expect([...findTokens([anchor('mailto:out@example.com')])]).toContain('mailto-host:example.com');
  });

  it('survives what is no URL at all', () => {
    expect(() => findTokens([anchor('%%%:::///'), anchor(''), anchor('\0'.repeat(2000))])).not.toThrow();
  });

  it('reads a bounded number of distinct tokens', () => {
    const links = Array.from({ length: 3000 }, (_, i) => anchor(`http://h${i}.example${i}.com/p${i}`, `word${i}`));
    expect(findTokens(links).size).toBeLessThanOrEqual(MAX_TOKENS + 1);
  });
});

describe('writeTokens', () => {
  it('abstains on a mail without links, and on no other', () => {
    expect(writeTokens({ links: [] }, ignore)).toBe(false);
    expect(writeTokens({ links: [anchor('http://example.com/')] }, ignore)).toBe(true);
  });
});
