import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';

import { CANDIDATE, POINT, queueReport } from '../../test/queue.ts';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '../index.ts';

const terminal = (fields: Parameters<typeof queueReport>[0] = {}): string => renderTerminal(queueReport(fields));

describe('a report of kind queue', () => {
  it('says in one sentence how many are open and ready, how many at once, and how long it took', () => {
    expect(terminal().replaceAll(/\s+/g, ' ')).toContain(
      '2 candidates are open, 1 of them ready to be merged. At most 2 were open at the same time. Of 3 that came in by a merge, half took at most 3 d from branch to merge.',
    );
  });

  it('has a row per candidate with its age, and what it lacks in a few words', () => {
    const text = terminal();
    expect(text).toMatch(/^pills +ready to merge +feature\/pills +text-team +added +2 d +3 h +3 +12$/m);
    expect(text).toMatch(/^words +not gated, broken, +words-2 +text-team +changed +2 d +3 h +3 +–$/m);
  });

  it('gives the commands that clear the blocks, what they share once', () => {
    expect(terminal()).toContain(
      [
        'words on words-2: not gated, broken, changeset missing',
        '',
        '- It was not gated on this branch.',
        '- assets/record.json is no JSON object.',
        '- No changeset names it.',
        '- Something beside it.',
        '',
        'git switch words-2',
        'npx clamor gate words',
        'npx changeset',
      ].join('\n'),
    );
  });

  it('marks a fall, says what is not comparable, and which members came between', () => {
    const text = terminal();
    expect(text).toContain('! precision on test of spam@1 fell by 2.00 points with suite version fedcba9876543210');
    expect(text).toMatch(
      /^2026-03-08 +fedcba98 +88\.0% \[85\.0–94\.0\] +▼ −2\.00 +80\.0% \[74\.0–85\.0\] +same +\+pills, ~words$/m,
    );
    expect(text.replaceAll(/\s+/g, ' ')).toContain('not comparable: other');
  });

  it('says why a time is not known, and nothing of a median of one', () => {
    const text = terminal();
    expect(text).toMatch(/^ready to merge +1 +– +2 d +2 d$/m);
    expect(text).toMatch(/^urls +added +links-team +2026-03-01 +2026-03-02 +2026-03-04 +– +–$/m);
    expect(text).toContain('- Not known: There is no tag of a release of it (name@version).');
  });

  it('has a sentence instead of a table of dashes where no step is known', () => {
    const leadTimes = [
      { step: 'branch to merge', count: 0, medianMs: null, shortestMs: null, longestMs: null },
    ] as const;
    expect(terminal({ leadTimes })).toContain('Of no step are both ends known; the reasons stand below.');
    expect(terminal({ leadTimes })).not.toContain('branch to merge');
  });

  it('is whole when there is nothing to tell', () => {
    const nothing = { candidates: [], members: [], trends: [], landed: [], leadTimes: [], notes: [], faults: [] };
    const concurrency = { steps: [], most: 0, mean: null, now: 0 };
    const text = terminal({ ...nothing, concurrency });
    expect(text).toContain('No candidate is open. No candidates have come in.');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(renderHtml(queueReport({ ...nothing, concurrency }))).not.toMatch(/NaN|Infinity|>undefined<|>null</);
  });

  it('lets no name of a branch and no subject of a commit steer a screen, a comment or a page', () => {
    const hostile = '<img src=x onerror=alert(1)>|`x`@team$(reboot)';
    const report = queueReport({
      candidates: [
        {
          ...CANDIDATE,
          branch: hostile,
          subject: 'a\u001B[2J\u202Eb</details><script>alert(1)</script>\n# head',
          author: '[x](http://evil.example)',
          owner: '\u0007bell',
          blocks: [
            {
              kind: 'not gated',
              reason: `not gated: ${hostile}`,
              next: `git switch '${hostile}' && npx clamor gate x`,
            },
          ],
        },
      ],
      trends: [{ dataset: hostile, split: '\u001B]0;x\u0007', openings: [{ ...POINT, suiteVersion: hostile }] }],
      faults: [`pills: ${hostile}\u001B[31m`],
    });
    const screen = renderTerminal(report);
    expect(screen.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    const comment = renderMarkdown(report);
    // What is to be copied stands in a fenced block, as it is.
    const outside = comment.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<img|<script|\]\(http|@team|`x`/);
    expect(comment).toMatch(/^```\ngit switch '<img/m);
    const page = renderHtml(report);
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
  });

  it('draws the figures and how many were open, and says both to those who do not see it', () => {
    const { document } = parseHTML(renderHtml(queueReport()));
    const images = [...document.querySelectorAll('svg[role="img"]')].map((svg) => svg.getAttribute('aria-label') ?? '');
    expect(images).toHaveLength(4); // Two plots, each for two widths.
    expect(images[0]).toContain('2026-03-08: precision 88.0% [85.0–94.0], recall 80.0% [74.0–85.0]');
    expect(images[2]).toContain('From 2026-03-01 to 2026-03-20: at most 2, 2 now');
  });

  it('stops a line where the examples are other ones', () => {
    const { document } = parseHTML(renderHtml(queueReport()));
    const lines = [...document.querySelectorAll('figure svg')][0]!.querySelectorAll('path');
    // Precision and recall: a run of two openings each, and one opening that stands alone.
    expect([...lines].map((line) => line.getAttribute('d')?.match(/[ML]/g)?.length)).toEqual([2, 1, 2, 1]);
  });

  it('is for programs as it came', () => {
    const report = queueReport();
    expect(JSON.parse(renderJson(report))).toEqual({ format: 1, ...report });
  });
});
