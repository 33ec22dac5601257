import { describe, expect, it } from 'vitest';

import { CASE_NAMES, JOINT, vectorReport } from '../test/fixtures.ts';
import { renderMarkdown } from './index.ts';

describe('renderMarkdown', () => {
  it('prints a row per member', () => {
    const row = renderMarkdown(vectorReport('typical'))
      .split('\n')
      .find((line) => line.startsWith('| <code>m0</code>'));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      '<code>m0</code>',
      '19',
      '73.7%',
      '42.4%',
      '96.5%',
      '4',
      '25.0% <sub>&#91;4.5–70.0&#93;</sub>',
      '3.0%',
      '6.8',
      '4',
      '',
    ]);
  });

  it('keeps pipes, HTML, links and mentions in names text', () => {
    const name = 'a|b <img src=x onerror=alert(1)> [x](http://evil) `c` @team www.evil.example';
    const text = renderMarkdown(vectorReport('typical', { baselines: [{ ...JOINT, name }] }));
    expect(text).not.toContain('<img');
    expect(text).not.toContain('a|b');
    expect(text).not.toMatch(/\[x\]|http:|`|@team|www\./);
    expect(text).toContain('a&#124;b &#60;img');
  });

  it('keeps a name with line feeds in its cell', () => {
    const report = vectorReport('typical');
    const owner = 'one\n\n# two';
    const packages = [{ name: 'p', version: '1', kind: 'classifier', owner, status: 'loaded' } as const];
    expect(renderMarkdown({ ...report, packages })).toContain('<code>one &#35; two</code>');
  });

  it.each(CASE_NAMES)('has as many cells in every row of a table as in its heading, and no NaN: %s', (name) => {
    const text = renderMarkdown(vectorReport(name));
    for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
      const counts = block.split('\n').map((line) => line.split('|').length);
      expect(new Set(counts).size).toBe(1);
    }
    expect(text).not.toMatch(/NaN|Infinity/);
  });
});
