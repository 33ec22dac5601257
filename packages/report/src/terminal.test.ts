import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';

import { CASE_NAMES, JOINT, vectorReport } from '../test/fixtures.ts';
import { renderTerminal } from './index.ts';

const lines = (text: string): string[] => text.split('\n');
const rowOf = (text: string, start: string): string =>
  (lines(text).find((line) => line.startsWith(start)) ?? '').replaceAll(/ +/g, ' ');

describe('renderTerminal', () => {
  it('prints precision, recall and F1 of the suite with intervals and counts', () => {
    const text = renderTerminal(vectorReport('typical'));
    expect(rowOf(text, 'precision ')).toBe('precision 53.6% [40.7–66.0] n 56 labelled positives: 30 TP, 26 FP');
    expect(rowOf(text, 'recall ')).toBe('recall 90.9% [76.4–96.9] n 33 positive labels: 30 TP, 3 FN');
    expect(rowOf(text, 'F1 ')).toBe('F1 67.4% [55.5–77.5] n 59: TP, FP and FN together');
  });

  it('prints a row per member: own figures, unique figures, fair shares', () => {
    const text = renderTerminal(vectorReport('typical'));
    expect(rowOf(text, 'm0 ')).toBe('m0 19 73.7% 42.4% 96.5% 4 25.0% [4.5–70.0] 3.0% 6.8 4');
  });

  it('prints an undefined figure as a dash with a legend', () => {
    const text = renderTerminal(vectorReport('typical'));
    expect(rowOf(text, 'm2 ')).toBe('m2 12 100% 36.4% 93.0% 0 – 0% 5.2 0');
    expect(text).toContain('– undefined: nothing to divide by.');
  });

  it('says in a sentence that a baseline does better', () => {
    const text = renderTerminal(vectorReport('typical')).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Joint model does better than the suite here: precision 60.8% against 53.6%');
    expect(text).toContain('OR does not promise the better score.');
  });

  it('does not print the promise of OR when no baseline does better', () => {
    const worse = { ...JOINT, precision: 0.5, recall: 0.5 };
    const text = renderTerminal(vectorReport('typical', { baselines: [worse] }));
    expect(text).toContain('The suite does better than joint model here');
    expect(text).not.toContain('OR does not promise');
  });

  it.each(CASE_NAMES)('stays within its width and prints no NaN: %s', (name) => {
    for (const width of [100, 80, 60]) {
      const text = renderTerminal(vectorReport(name, { unreadable: 3, marks: ['threshold in sample'] }), { width });
      expect(Math.max(...lines(text).map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/NaN|Infinity|undefined:? \[|null/);
    }
  });

  it('says the same with colour and without', () => {
    const plain = renderTerminal(vectorReport('typical'));
    const coloured = renderTerminal(vectorReport('typical'), { colour: true });
    expect(coloured).not.toBe(plain);
    // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
    expect(coloured.replaceAll(/\u001B\[\d+m/g, '').replaceAll(/ +$/gm, '')).toBe(plain);
  });

  it('replaces control characters in names, so that no table header steers the terminal', () => {
    const report = vectorReport('typical', { split: '\u001B[2Jgone\u202E' });
    const text = renderTerminal(report);
    expect(text).not.toContain('\u001B');
    expect(text).toContain('\uFFFD[2Jgone⟨U+202E⟩');
  });

  it('counts what was unreadable and prints marks', () => {
    const text = renderTerminal(vectorReport('typical', { unreadable: 2, marks: ['threshold in sample'] }));
    expect(text).toContain('! threshold in sample');
    expect(text).toContain('! 2 examples could not be read and are in no figure');
  });

  it('names members that failed and what that leaves unknown', () => {
    const text = renderTerminal(vectorReport('failed judgements'));
    expect(text).toContain('! 75 judged while at least one member failed');
    expect(text).toContain('! members failed: m0 on 17 (4 of its positives may be unique), m1 on');
  });

  it('refuses a width that is not a positive whole number', () => {
    expect(() => renderTerminal(vectorReport('typical'), { width: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'REPORT_WIDTH_INVALID' }),
    );
    expect(() => renderTerminal(vectorReport('typical'), { width: 300 })).not.toThrow();
  });
});
