import { describe, expect, it } from 'vitest';

import { findTextLinks } from './text-links.ts';

const urls = (text: string): string[] => findTextLinks(text).map(({ url }) => url);

describe('findTextLinks', () => {
  it('finds links by scheme and by www', () => {
    expect(urls('see http://a.example/x?y=1 and HTTPS://b.example or www.c.example, mailto:d@e.example')).toEqual([
      'http://a.example/x?y=1',
      'HTTPS://b.example',
      'www.c.example',
      'mailto:d@e.example',
    ]);
  });
  it('leaves punctuation that ends a sentence outside', () => {
    expect(urls('(http://a.example/x). <http://b.example>! "www.c.example"')).toEqual([
      'http://a.example/x',
      'http://b.example',
      'www.c.example',
    ]);
  });
  it('gives the link itself as its text', () => {
    expect(findTextLinks('ftp://a.example')).toEqual([
      { url: 'ftp://a.example', text: 'ftp://a.example', kind: 'text' },
    ]);
  });
  it('finds no link in a scheme alone or in the tail of a word', () => {
    expect(urls('http:// and mailto: and awww.nice and http://...')).toEqual([]);
  });
  it('finds one link in a run of www', () => {
    expect(urls('www.'.repeat(100_000))).toHaveLength(1);
  });
  it('keeps at most 500 links of at most 2,048 characters', () => {
    const links = findTextLinks(`http://a.example/${'x'.repeat(3_000)} `.repeat(600));
    expect(links).toHaveLength(500);
    expect(links[0]?.url).toHaveLength(2_048);
  });
});
