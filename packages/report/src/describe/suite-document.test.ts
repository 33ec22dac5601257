import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';

import { fullSection } from '../../test/full-section.ts';
import { vectorReport } from '../../test/fixtures.ts';
import { type ReportSection, renderHtml, renderJson, renderMarkdown, renderTerminal } from '../index.ts';

const FULL = vectorReport('typical', fullSection());
const REASON = 'Only positives of the suite have a label: 56 of 56, and 0 of 144 others.';
const NOT_ESTIMABLE: Partial<ReportSection> = {
  notEstimable: [
    { figure: 'recall', member: null, reason: REASON },
    { figure: 'uniquePrecision', member: 'm0', reason: 'None of its unique positives has a label.' },
  ],
};

describe('the page of a section with everything', () => {
  const { document } = parseHTML(renderHtml(FULL));
  const titles = [...document.querySelectorAll('figure h4')].map((title) => title.textContent);

  it('draws every plot, in the order in which a reader asks', () => {
    expect(titles).toEqual([
      'Unique precision of each member',
      'Precision and recall while thresholds move',
      'Unique precision and suite precision over the threshold',
      'Which members are positive together',
      'How much two members overlap',
      'Precision by slice, the worst first',
      'Recall by slice, the worst first',
      'Precision beside the baselines',
      'Recall beside the baselines',
    ]);
  });

  it('says the operating point of the suite and of every member to those who do not see it', () => {
    const said = document.querySelectorAll('figure')[1]?.querySelector('svg')?.getAttribute('aria-label') ?? '';
    expect(said).toMatch(/suite: precision \d+\.\d% at recall \d+\.\d%; words: precision/);
    expect(said.split('; ')).toHaveLength(8);
  });

  it('says at every threshold of today what the curve is there', () => {
    const said = document.querySelectorAll('figure')[2]?.querySelector('svg')?.getAttribute('aria-label') ?? '';
    const { evaluation } = fullSection();
    const words = evaluation.members[0]!;
    expect(said).toContain(`words at 1.9: unique precision ${(words.uniquePrecision! * 100).toFixed(1)}%`);
  });

  it('labels its axes with units and its rows with n', () => {
    const text = document.querySelectorAll('figure')[2]?.textContent ?? '';
    expect(text).toContain('precision (%)');
    expect(text).toContain('threshold');
    expect(text).toMatch(/words · n \d+/);
  });

  it('lists the moves with the suite before and after each', () => {
    const rows = [...document.querySelectorAll('tr')].map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim());
    expect(rows.some((row) => row?.includes('1. remove caps') && row.includes('98.5% → 99.4%'))).toBe(true);
  });

  it('has slices and advice in terminal and Markdown, too', () => {
    for (const render of [renderTerminal, renderMarkdown]) {
      expect(render(FULL)).toContain('Slices, the worst first');
      expect(render(FULL)).toContain('remove caps');
      expect(render(FULL)).toMatch(/Where 5% of the examples are positive/);
    }
  });
});

describe('a figure that cannot be estimated', () => {
  const report = vectorReport('typical', NOT_ESTIMABLE);

  it('is null in JSON, with the reason, and so is what goes with it', () => {
    const value = JSON.parse(renderJson(report));
    expect([value.suite.recall, value.suite.recallInterval, value.members[1].recall]).toEqual([null, null, null]);
    expect([value.members[0].uniquePrecision, value.baselines[0].recall]).toEqual([null, null]);
    expect(value.members[1].uniquePrecision).not.toBeNull();
    expect(value.notEstimable[0].reason).toBe(REASON);
  });

  it('takes the curves that need it along', () => {
    const section = { ...fullSection(), ...NOT_ESTIMABLE };
    expect(renderHtml(vectorReport('typical', section))).not.toContain('Where thresholds could be');
  });

  it.each([
    ['terminal', renderTerminal],
    ['Markdown', renderMarkdown],
    ['HTML', renderHtml],
  ])('is replaced by the reason: %s', (_, render) => {
    const text = render(report).replaceAll(/\s+/g, ' ').replaceAll('&#58;', ':');
    expect(text).toContain('Only positives of the suite have a label');
    expect(text).toContain('How much the suite misses cannot be estimated here.');
    expect(text).toContain('not estimable');
    // Recall of the suite and unique precision of m0, as the vectors have them.
    expect(text).not.toContain('90.9%');
    expect(text).not.toContain('25.0%');
  });
});
