import { describe, expect, it } from 'vitest';

import { ADVICE, CONTEXT, GATE_CONTEXT, gateOutcome, resultReports } from '../../test/results.ts';
import { vectorReport } from '../../test/fixtures.ts';
import { type Report, renderHtml, renderJson, renderMarkdown, renderTerminal } from '../index.ts';
import { roundResult } from './round-result.ts';

const RENDERERS = { renderTerminal, renderMarkdown, renderJson, renderHtml } as const;
const ROUNDED = resultReports(GATE_CONTEXT);

/** Numbers of a JSON document with the name that each stands under. */
function numbersOf(value: unknown, key = ''): [key: string, number: number][] {
  if (typeof value === 'number') return [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, each]) => numbersOf(each, Array.isArray(value) ? key : inner));
}

describe('roundResult', () => {
  it('rounds shares to whole percents, intervals outwards, probabilities down to a tenth, and withholds the rest', () => {
    expect(
      roundResult({
        precision: 0.98524,
        precisionInterval: [0.97149, 0.99251],
        probability: 0.8999,
        truePositives: 534,
        left: 0.00498,
        labels: 136,
        somethingNew: 0.123,
        confidence: 0.85,
        reason: '8 of 8',
        points: [1, 2],
      }),
    ).toEqual({
      precision: 0.99,
      precisionInterval: [0.97, 1],
      probability: 0.8,
      truePositives: null,
      left: 0.004,
      labels: 200,
      somethingNew: null,
      confidence: 0.85,
      reason: '',
      points: [],
    });
  });

  it.each([
    [1, 10],
    [10, 10],
    [11, 20],
    [50, 50],
    [51, 100],
    [1000, 1000],
    [2001, 5000],
  ])('takes %i labels up to %i', (labels, rounded) => {
    expect(roundResult({ labels }).labels).toBe(rounded);
  });

  it('keeps whole percents where they are, whatever floating point makes of them', () => {
    for (let percent = 0; percent <= 100; percent += 1) {
      const share = percent / 100;
      expect(roundResult({ precisionInterval: [share, share] }).precisionInterval).toEqual([share, share]);
    }
  });
});

describe('a rounded report', () => {
  const cases = ROUNDED.flatMap((report, index) =>
    Object.entries(RENDERERS).map(([name, render]) => [`${name} ${report.kind} ${index}`, render, report] as const),
  );

  it.each(cases)('has no figure finer than a percent and no count of true or false: %s', (name, render, report) => {
    const text = name.startsWith('renderHtml') ? withoutDrawing(render(report)) : render(report);
    // Left of the budget, the warning of the caller and costs are not figures of the split.
    // A percentage with a decimal, a probability of more than one digit, an interval that is not whole.
    const told = text.replaceAll(/0\.[45]0 points|\.49 of candidates|0\.042 ms|0\.031 ms/g, '');
    expect(told).not.toMatch(/\d\.\d+ ?%|[^\d]\.\d\d|\[\d+\.\d/);
    expect(told).not.toMatch(/\d (TP|FP)|\bn \d|534|542|537|12 unique/);
  });

  it.each(ROUNDED.map((report, index) => [`${report.kind} ${index}`, report] as const))(
    'has in JSON only whole percents, tenths and what is not a figure of the split: %s',
    (_, report) => {
      const { result } = JSON.parse(renderJson(report)) as { result: unknown };
      const free = new Set([
        'confidence',
        'assumedUniquePrecision',
        'msPerExample',
        'savesMs',
        'targetPrecision',
        'examples',
        'looks',
        'seed',
        'left',
        'labels',
      ]);
      const figures = numbersOf(result).filter(([key]) => !free.has(key));
      expect(figures).toEqual(figures.map(([key, number]) => [key, Number(number.toFixed(2))]));
    },
  );

  it('says that it is rounded, and its decision', () => {
    const text = renderTerminal(ROUNDED[0]!);
    expect(text).toContain('! rounded, because this split is held back');
    expect(text).toContain('→ pass · Decided by harm and merit.');
    expect(text).toContain('u = >99% [67–100]');
    expect(text).toMatch(/precision +>99%|precision +99% \[97–100\]/);
  });

  it('reads the same from outcomes that differ in counts only', () => {
    const context = GATE_CONTEXT;
    const result = gateOutcome(8, 0);
    const same: Report = { kind: 'gate', context, result };
    const other: Report = { kind: 'gate', context, result: { ...result, counts: gateOutcome(3, 9).counts } };
    for (const render of Object.values(RENDERERS)) expect(render(other)).toBe(render(same));
  });

  it('tells no ids and no threshold of an advice', () => {
    const json = renderJson({ kind: 'advice', context: GATE_CONTEXT, result: ADVICE });
    expect(JSON.parse(json).result.moves[0]).toMatchObject({
      reason: 'low unique precision',
      message: 'Its unique precision is below the precision of the others.',
    });
    expect(json).not.toContain('spam-2/00017');
    expect(json).not.toContain('0.63');
  });

  it('is the default of a split that gates and may not be explored, where exact is refused', () => {
    const result = gateOutcome(8, 0);
    expect(JSON.parse(renderJson({ kind: 'gate', context: GATE_CONTEXT, result })).context.precision).toBe('rounded');
    expect(() => renderJson({ kind: 'gate', context: { ...GATE_CONTEXT, precision: 'exact' }, result })).toThrow(
      expect.objectContaining({ code: 'REPORT_EXACT_REFUSED' }),
    );
    const both: Report = { kind: 'gate', context: { ...CONTEXT, roles: ['gate', 'explore'] }, result };
    expect(JSON.parse(renderJson(both)).context.precision).toBe('exact');
  });

  it('holds for the figures of a suite on a split whose one use is to gate', () => {
    const report = vectorReport('typical', { roles: ['gate'] });
    const value = JSON.parse(renderJson(report));
    expect(value.suite.truePositives).toBeNull();
    expect([value.suite.precision, value.suite.precisionInterval]).toEqual([0.54, [0.4, 0.66]]);
    expect(value.positiveSets).toEqual([]);
    for (const render of [renderTerminal, renderMarkdown]) {
      expect(render(report)).not.toMatch(/\d\.\d%|\[\d+\.\d|\d+ (TP|FP)/);
    }
    expect(JSON.parse(renderJson(vectorReport('typical', { roles: ['gate', 'test'] }))).suite.truePositives).toBe(30);
    expect(() => renderJson(vectorReport('typical', { roles: ['gate'], precision: 'exact' }))).toThrow(
      expect.objectContaining({ code: 'REPORT_EXACT_REFUSED' }),
    );
  });
});

/** A page without its style sheet and the coordinates of its drawings. */
function withoutDrawing(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/, '')
    .replace(/<meta[^>]*>/g, '')
    .replaceAll(
      / (d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|viewBox|stroke-[a-z]+|fill-opacity|dy|dx|font-size)="[^"]*"/g,
      '',
    );
}
