import { describe, expect, it } from 'vitest';
import { FEATURE_NAMES, type LayoutMail, writeLayout } from './features.ts';

const mail = (html: string, text = 'text'): LayoutMail => ({
  html,
  text,
  links: [],
  parts: [],
  sizeBytes: html.length,
});
const row = () => new Float32Array(FEATURE_NAMES.length);
function feature(name: string, of: LayoutMail): number | undefined {
  const written = row();
  writeLayout(of, written);
  return written[FEATURE_NAMES.indexOf(name)];
}

describe('writeLayout', () => {
  it('abstains on plain text, and not on HTML', () => {
    expect(writeLayout(mail(''), row())).toBe(false);
    expect(writeLayout(mail('<p>hello</p>'), row())).toBe(true);
  });

  it('rises with the number of tags of a kind, and with no other kind', () => {
    const [one, three] = ['<td>a', '<td>a<td>b<td>c'].map((html) => feature('tag td', mail(html)));
    expect(one).toBeGreaterThan(0);
    expect(three).toBeGreaterThan(one!);
    expect(feature('tag td', mail('<p>td</p>'))).toBe(0);
  });

  it('fills the whole row with finite numbers, whatever the HTML', () => {
    for (const html of ['<', '<p'.repeat(5000), '&'.repeat(5000), 'a\0b<div>']) {
      const written = row().fill(Number.NaN);
      writeLayout(mail(html, ''), written);
      expect(written.every(Number.isFinite)).toBe(true);
    }
  });

  it('has a name for every number once', () => {
    expect(new Set(FEATURE_NAMES).size).toBe(FEATURE_NAMES.length);
  });
});
