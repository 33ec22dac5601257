import { describe, expect, it } from 'vitest';

import { html, trusted } from './markup.ts';

describe('html', () => {
  it('escapes what is put in, in text and in attributes', () => {
    expect(html`<p title="${`"'\``}">${'<script>&'}</p>`.markup).toBe(
      '<p title="&quot;&#39;&#96;">&lt;script&gt;&amp;</p>',
    );
  });

  it('does not escape what another html made, alone or in a list', () => {
    const one = html`<b>${'a<b'}</b>`;
    expect(html`<p>${one} ${[one, html`<i>${2}</i>`]}</p>`.markup).toBe('<p><b>a&lt;b</b> <b>a&lt;b</b><i>2</i></p>');
  });

  it('writes nothing for null and false', () => {
    expect(html`a${null}b${false}c${trusted('<br>')}`.markup).toBe('abc<br>');
  });
});
