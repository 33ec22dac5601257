import { describe, expect, it } from 'vitest';

import { readHtml } from './html.ts';

describe('readHtml', () => {
  it('makes a line of each block', () => {
    expect(readHtml('<p>One</p><p>Two<br>Three</p><ul><li>Four</ul>').text).toBe('One\n\nTwo\nThree\n\nFour');
  });
  it('joins words that tags and comments split', () => {
    expect(readHtml('Vi<!-- x -->ag<b></b>ra').text).toBe('Viagra');
  });
  it('decodes entities', () => {
    expect(readHtml('&lt;b&gt; &euro;5 &#8364;6 &nosuch;').text).toBe('<b> €5 €6 &nosuch;');
  });
  it('shows no script, style, title or comment', () => {
    const html = '<title>T</title><style>p{}</style><script>var a = "<p>x";</script><!-- c -->seen';
    expect(readHtml(html).text).toBe('seen');
  });
  it('shows what follows a hidden element', () => {
    expect(readHtml('<script>x</script>a<style>y</style>b').text).toBe('ab');
  });
  it('gives an anchor with what the reader sees of it', () => {
    expect(readHtml('<A HREF="http://a.example/?x=1&amp;y">click <b>here</b></A>').links).toEqual([
      { url: 'http://a.example/?x=1&y', text: 'click here', kind: 'anchor' },
    ]);
  });
  it('gives images, forms, frames and areas with their kind', () => {
    const html =
      '<img src=http://i.example/1.gif><form action="http://f.example"><iframe src="//r.example"></iframe>' +
      '<area href="http://m.example">';
    expect(readHtml(html).links.map(({ url, kind }) => [kind, url])).toEqual([
      ['image', 'http://i.example/1.gif'],
      ['form', 'http://f.example'],
      ['frame', '//r.example'],
      ['anchor', 'http://m.example'],
    ]);
  });
  it('leaves out anchors within the page and empty targets', () => {
    expect(readHtml('<a href="#top">up</a><a href="">x</a><a name="top">y</a>').links).toEqual([]);
  });
  it('takes the first of two targets', () => {
    expect(readHtml('<a href="http://one.example" href="http://two.example">x</a>').links[0]?.url).toBe(
      'http://one.example',
    );
  });
  it('ends an anchor where the next begins, and at the end', () => {
    expect(readHtml('<a href=http://a.example>one<a href=http://b.example>two').links.map(({ text }) => text)).toEqual([
      'one',
      'two',
    ]);
  });
  it('returns text that is not HTML as it is', () => {
    expect(readHtml('1 < 2 and 3 > 2')).toEqual({ text: '1 < 2 and 3 > 2', links: [] });
  });
  it('knows no tag by the name of something that every object has', () => {
    expect(readHtml('<constructor href=y>a<valueOf>b<tostring>').text).toBe('ab');
  });
  it('keeps at most 500 links of at most 2,048 characters', () => {
    const { links } = readHtml(`<a href="http://a.example/${'x'.repeat(5_000)}">x</a>`.repeat(600));
    expect(links).toHaveLength(500);
    expect(links[0]?.url).toHaveLength(2_048);
  });
  it.each([
    ['angle brackets', '<'.repeat(200_000)],
    ['open tags', '<b>'.repeat(60_000)],
    ['closing tags that never opened', '<i>'.repeat(30_000) + '</b>'.repeat(30_000)],
    ['open anchors', '<a href=x>'.repeat(20_000)],
    ['attributes', `<a ${'b=c '.repeat(50_000)}>`],
    ['open comments', '<!--'.repeat(50_000)],
    ['open scripts', '<script>'.repeat(25_000)],
    ['ampersands', '&'.repeat(200_000)],
    ['half entities', '&am'.repeat(60_000)],
  ])('gets through 200,000 characters of %s', (_, html) => {
    expect(readHtml(html).links.length).toBeLessThanOrEqual(500);
  });
});
