import { describe, expect, it } from 'vitest';

import { CASE_NAMES, vectorEvaluation, vectorReport, vectorSection } from '../test/fixtures.ts';
import { renderJson } from './index.ts';

describe('renderJson', () => {
  it.each(CASE_NAMES)('gives suite, members and overlaps back under the names of the vectors: %s', (name) => {
    const value = JSON.parse(renderJson(vectorReport(name)));
    const { suite, members, overlaps } = vectorEvaluation(name);
    expect({ suite: value.suite, members: value.members, overlaps: value.overlaps }).toEqual({
      suite,
      members,
      overlaps,
    });
  });

  it('puts the first section at the top level and all of them under sections', () => {
    const report = vectorReport('typical');
    const second = vectorSection('small', { split: 'later' });
    const value = JSON.parse(renderJson({ ...report, sections: [...report.sections, second] }));
    expect(value.split).toBe('test');
    expect(value.sections.map((each: { split: string }) => each.split)).toEqual(['test', 'later']);
    expect(value.sections[0].suite).toEqual(value.suite);
    expect(value.sections[1].suite.examples).toBe(second.evaluation.suite.examples);
  });

  it('names the suite apart from its figures', () => {
    const value = JSON.parse(renderJson(vectorReport('tiny')));
    expect(value.name).toBe('spam');
    expect(value.suiteVersion).toBe('9f2c1e07');
    expect(value.format).toBe(1);
  });

  it('refuses NaN and says where it is', () => {
    const evaluation = vectorEvaluation('tiny');
    const broken = { ...evaluation, suite: { ...evaluation.suite, f1: Number.NaN } };
    expect(() => renderJson(vectorReport('tiny', { evaluation: broken }))).toThrow(
      expect.objectContaining({
        code: 'REPORT_NOT_FINITE',
        message: expect.stringContaining('report.sections[0].evaluation.suite.f1'),
      }),
    );
  });

  it('refuses a report without sections', () => {
    expect(() => renderJson({ ...vectorReport('tiny'), sections: [] })).toThrow(
      expect.objectContaining({ code: 'REPORT_EMPTY' }),
    );
  });

  it('refuses examples to read on a split that is not for exploring, and takes them on one that is', () => {
    const uniqueExamples = [{ member: 'm0', items: [] }];
    expect(() => renderJson(vectorReport('tiny', { roles: ['test'], uniqueExamples }))).toThrow(
      expect.objectContaining({ code: 'REPORT_EXAMPLES_REFUSED' }),
    );
    expect(() => renderJson(vectorReport('tiny', { roles: ['explore'], uniqueExamples }))).not.toThrow();
  });
});
