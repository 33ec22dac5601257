import { describe, expect, it } from 'vitest';

import { CONTEXT, GATE_CONTEXT, resultReports } from '../../test/results.ts';
import { type CompareReport, type Report, renderJson, renderMarkdown, renderTerminal } from '../index.ts';

function comparisons(context = CONTEXT): CompareReport[] {
  return resultReports(context).filter((report) => report.kind === 'compare');
}

const [MEMBER, SUITE] = comparisons() as [CompareReport, CompareReport];

describe('the document of a comparison', () => {
  it('says which bump follows, why, and what to write', () => {
    const text = renderTerminal(MEMBER);
    expect(text).toContain('What changes from npm:1.2.0 to @clamor/spam-urls as it is?');
    expect(text).toContain('→ major, and not said so · The range of suites changed: at least a major.');
    expect(text).toContain('- major: the range of suites, ^1.0.0 → ^2.0.0\n- minor: 8 of 1,570 judgements changed');
    expect(text).toContain('The changesets say patch: brave-lions-sing. That is less than what changed; write:');
    expect(text).toContain('---\n"@clamor/spam-urls": major\n---\n\nWhat was done, in a sentence.');
    expect(text).toContain('Scores: 47 of 1,570 differ by more than');
  });

  it('gives the changeset in a block of a comment that nothing in it ends', () => {
    expect(renderMarkdown(MEMBER)).toContain(
      '```\n---\n"@clamor/spam-urls": major\n---\n\nWhat was done, in a sentence.\n```',
    );
    const changeset = { ...MEMBER.result.changeset!, write: ['````', '## not a heading'] };
    const hostile: Report = { ...MEMBER, result: { ...MEMBER.result, changeset } };
    expect(renderMarkdown(hostile)).toContain('`````\n````\n## not a heading\n`````');
  });

  it('shows titles to whoever asked at a terminal, without what steers it, and only keys in a comment', () => {
    const text = renderTerminal(MEMBER);
    expect(text).toContain('⟨U+202E⟩money');
    expect(text).not.toContain('\u202E');
    const comment = renderMarkdown(MEMBER);
    expect(comment).toContain('<code>mail&#45;17</code>'.replace('&#45;', '-'));
    expect(comment).not.toContain('everyone');
  });

  it('shows no example, no count and no score of a split that gates', () => {
    const [rounded] = comparisons(GATE_CONTEXT) as [CompareReport];
    const json = JSON.parse(renderJson(rounded)) as CompareReport;
    expect(json.result.member).toMatchObject({ changed: null, ways: [], shown: [], scores: { differing: null } });
    expect(renderTerminal(rounded)).toContain('- minor: judgements\n');
    const shown = MEMBER.result.member!.shown;
    const member = { ...rounded.result.member!, shown };
    expect(() => renderJson({ ...rounded, result: { ...rounded.result, member } })).toThrow(
      expect.objectContaining({ code: 'REPORT_EXAMPLES_REFUSED' }),
    );
  });

  it('counts outputs of a suite or an encoder', () => {
    const text = renderTerminal(SUITE);
    expect(text).toContain('→ major, and said so · Outputs changed: at least a major.');
    expect(text).toContain('- major: 3 of 500 outputs differ');
    expect(text).toContain(
      'No changeset names @clamor/spam. Its version number has taken a major already. That is enough.',
    );
  });

  it('says so where nothing changed', () => {
    const outputs = { unit: 'example', compared: 500, differing: 0, keys: [] } as const;
    const same: Report = { ...SUITE, result: { ...SUITE.result, bump: 'patch', causes: [], outputs, changeset: null } };
    expect(renderTerminal(same)).toContain(
      '→ patch · All outputs of 500 examples are the same, bit for bit. Nothing asks for more than a patch.',
    );
  });
});
