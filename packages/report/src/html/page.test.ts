import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';

import { CASE_NAMES, JOINT, vectorReport, vectorSection } from '../../test/fixtures.ts';
import { HOSTILE_EXAMPLES } from '../../test/hostile.ts';
import { renderHtml } from '../index.ts';

const parse = (page: string): Document => parseHTML(page).document;

describe('renderHtml', () => {
  it('is one document with a policy that allows its own style sheet and nothing else', () => {
    const page = renderHtml(vectorReport('typical'));
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).toMatch(
      /content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; base-uri|content="default-src 'none'/,
    );
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=|https?:/);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  it('shows the verdict of the suite before members, and baselines after them', () => {
    const page = renderHtml(vectorReport('typical'));
    const places = ['The suite finds 90.9%', 'Who contributes what', 'Where members agree', 'Beside the baselines'].map(
      (text) => page.indexOf(text),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('gives every table a caption and scoped headings', () => {
    const document = parse(renderHtml(vectorReport('typical')));
    const tables = [...document.querySelectorAll('table')];
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      expect(table.querySelector('caption')?.textContent?.trim()).not.toBe('');
      for (const heading of table.querySelectorAll('th')) {
        expect(heading.getAttribute('scope')).toMatch(/^(col|row|colgroup)$/);
      }
    }
  });

  it('says the values of every plot to those who do not see it', () => {
    const document = parse(renderHtml(vectorReport('typical')));
    const images = [...document.querySelectorAll('svg[role="img"]')].map((svg) => svg.getAttribute('aria-label') ?? '');
    // Five plots, each for two widths.
    expect(images).toHaveLength(10);
    expect(images[0]).toContain('m0: 25.0% [4.5–70.0], n 4 · 3 FP');
  });

  it('counts the members that have no unique precision to draw', () => {
    const document = parse(renderHtml(vectorReport('typical')));
    const figure = document.querySelector('figure');
    expect(figure?.querySelector('figcaption')?.textContent).toContain(
      'Not drawn: 1 member without a unique precision, undefined or not estimable.',
    );
    expect(figure?.querySelector('svg')?.getAttribute('aria-label')).not.toContain('m2');
  });

  it('escapes hostile subjects, members and splits wherever they appear', () => {
    const name = '<img src=x onerror=alert(1)>"\'';
    const evaluation = vectorSection('typical').evaluation;
    const members = evaluation.members.map((member, index) => (index === 0 ? { ...member, name } : member));
    const overlaps = evaluation.overlaps.map((pair) => (pair.a === 'm0' ? { ...pair, a: name } : pair));
    const page = renderHtml(
      vectorReport('typical', {
        split: name,
        roles: ['explore'],
        baselines: [{ ...JOINT, name }],
        evaluation: { ...evaluation, members, overlaps },
        positiveSets: [{ members: [name], count: 3, weight: 3, truePositives: 1, falsePositives: 2, unlabelled: 0 }],
        uniqueExamples: HOSTILE_EXAMPLES,
      }),
    );
    const document = parse(page);
    expect(document.querySelectorAll('script, img, link, iframe, [onerror], [onload], [onfocus]')).toHaveLength(0);
    expect(document.querySelectorAll('meta[http-equiv]')).toHaveLength(1);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
    expect(page).toContain('&lt;script&gt;window.hacked = 1&lt;/script&gt;');
  });

  it('bounds what it shows of a subject', () => {
    const page = renderHtml(vectorReport('typical', { roles: ['explore'], uniqueExamples: HOSTILE_EXAMPLES }));
    expect(page).toContain(`${'A'.repeat(240)}…`);
    expect(page).not.toContain('A'.repeat(241));
  });

  it('isolates the direction of every subject', () => {
    const document = parse(
      renderHtml(vectorReport('typical', { roles: ['explore'], uniqueExamples: HOSTILE_EXAMPLES })),
    );
    const titles = [...document.querySelectorAll('.examples .title')];
    expect(titles).toHaveLength(HOSTILE_EXAMPLES[0]?.items.length ?? 0);
    for (const title of titles.slice(0, -1)) expect(title.querySelector('bdi')?.getAttribute('dir')).toBe('auto');
    expect(titles.at(-1)?.textContent).toBe('no title');
  });

  it('refuses examples of a split that is not for exploring', () => {
    expect(() => renderHtml(vectorReport('typical', { roles: ['gate'], uniqueExamples: HOSTILE_EXAMPLES }))).toThrow(
      expect.objectContaining({ code: 'REPORT_EXAMPLES_REFUSED' }),
    );
  });

  it('gives the same page twice', () => {
    expect(renderHtml(vectorReport('typical'))).toBe(renderHtml(vectorReport('typical')));
  });

  it.each(CASE_NAMES)('renders every case without NaN: %s', (name) => {
    expect(renderHtml(vectorReport(name))).not.toMatch(/NaN|Infinity|>undefined<|>null</);
  });
});
