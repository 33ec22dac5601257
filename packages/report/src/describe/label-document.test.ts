import { describe, expect, it } from 'vitest';

import { CONTEXT, GATE_CONTEXT, resultReports } from '../../test/results.ts';
import { type LabelReport, type ReportContext, renderJson, renderTerminal } from '../index.ts';

/** Before the labels are in, and after. */
function labelReports(context: ReportContext): LabelReport[] {
  return resultReports(context).filter((report) => report.kind === 'label');
}

describe('the report of a label plan', () => {
  it('says how many of which examples, and how sure that makes the figures', () => {
    const text = renderTerminal(labelReports(CONTEXT)[0]!).replaceAll(/ +/g, ' ');
    expect(text).toContain('6 labels for 130 examples without one, drawn with seed 1.');
    expect(text).toContain('only words 10 2 20.0%');
    expect(text).toContain('recall of the suite ±8.0 points');
    expect(text).not.toContain('estimate');
  });

  it('tells estimates with intervals once the labels are in, undefined ones as a dash', () => {
    const text = renderTerminal(labelReports(CONTEXT)[1]!).replaceAll(/ +/g, ' ');
    expect(text).toContain('unique precision of words ±8.0 points 90.0% [75.0–97.0]');
    expect(text).toContain('recall of the suite ±8.0 points –');
  });

  it('names no example of a split that may not be read', () => {
    const [gated] = labelReports(GATE_CONTEXT);
    const { result } = JSON.parse(renderJson(gated!)) as { result: LabelReport['result'] };
    expect([result.keys, result.chosen, result.strata[2]!.name]).toEqual([[], [], 'nobody']);
    const withKeys = { ...gated!, result: { ...gated!.result, keys: ['mail-3'] } };
    expect(() => renderJson(withKeys)).toThrow(expect.objectContaining({ code: 'REPORT_EXAMPLES_REFUSED' }));
  });
});
