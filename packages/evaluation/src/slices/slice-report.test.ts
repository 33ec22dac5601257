import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../test/arbitrary-table.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { JudgementCode, JudgementTable, Label } from '../table/judgement-table.ts';
import { sliceReport } from './slice-report.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';

function repeat<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

/** One member; a slice is [value, true positives, false positives, false negatives]. */
function tableOf(parts: readonly (readonly [string, number, number, number])[]): {
  table: JudgementTable;
  values: string[];
} {
  const labels = parts.flatMap(([, tp, fp, fn]): Label[] => [...repeat(tp, 1 as const), ...repeat(fp, 0 as const), ...repeat(fn, 1 as const)]); // prettier-ignore
  const judgements = parts.flatMap(([, tp, fp, fn]): JudgementCode[] => [...repeat(tp + fp, 1 as const), ...repeat(fn, 0 as const)]); // prettier-ignore
  return {
    table: { labels, members: [{ name: 'words', judgements }] },
    values: parts.flatMap(([value, tp, fp, fn]) => repeat(tp + fp + fn, value)),
  };
}

describe('sliceReport', () => {
  it('puts a slice that is bad at its best before one that looks bad because it is small', () => {
    const { table, values } = tableOf([
      ['good', 500, 5, 5],
      ['small', 1, 2, 0],
      ['bad', 60, 40, 0],
    ]);
    const { slices } = sliceReport(table, [{ name: 'language', values }]);
    expect(slices.map(({ value, precision }) => [value, precision?.toFixed(2)])).toEqual([
      ['bad', '0.60'],
      ['small', '0.33'],
      ['good', '0.99'],
    ]);
  });

  it('counts recall as much as precision', () => {
    const { table, values } = tableOf([
      ['found', 300, 10, 5],
      ['missed', 50, 0, 50],
    ]);
    const [worst] = sliceReport(table, [{ name: 'language', values }]).slices;
    expect(worst).toMatchObject({ column: 'language', value: 'missed', precision: 1, recall: 0.5, falseNegatives: 50 });
  });

  it('widens intervals by the number of looks: 5 % ÷ 4 each', () => {
    const { table, values } = tableOf([
      ['a', 8, 2, 0],
      ['b', 9, 1, 0],
    ]);
    const ends = values.map((value) => `${value}!`);
    const report = sliceReport(table, [
      { name: 'one', values },
      { name: 'two', values: ends },
    ]);
    expect([report.looks, report.confidence]).toEqual([4, 0.9875]);
    expect(report.slices.find(({ value }) => value === 'a')?.precisionInterval).toEqual(
      wilsonInterval(8, 10, { confidence: 0.9875 }),
    );
  });

  it('honours clusters: pairs of copies are worth one example each', () => {
    const { table, values } = tableOf([['a', 8, 2, 0]]);
    const clusters = values.map((_, i) => `mail ${i >> 1}`);
    const [slice] = sliceReport(table, [{ name: 'language', values }], { clusters }).slices;
    expect(slice?.precisionInterval).toEqual(wilsonInterval(4, 5)!.map((end) => expect.closeTo(end, 12)));
  });

  it('leaves an example without a value out of every slice, and knows nothing of an unlabelled slice', () => {
    const table: JudgementTable = { labels: [1, null, 1], members: [{ name: 'words', judgements: [1, 1, 0] }] };
    const { slices, suite } = sliceReport(table, [{ name: 'language', values: ['en', 'de', null] }]);
    expect(suite).toEqual({ precision: 1, recall: 0.5 });
    expect(slices.map(({ value }) => value)).toEqual(['en', 'de']);
    expect(slices[1]).toMatchObject({
      examples: 1,
      positives: 1,
      precision: null,
      precisionInterval: null,
      recall: null,
    });
  });

  it('has no slices without columns and without examples', () => {
    expect(sliceReport({ labels: [], members: [] }, [{ name: 'a', values: [] }])).toEqual({
      looks: 0,
      confidence: 0.95,
      suite: { precision: null, recall: null },
      slices: [],
    });
  });

  it('gives the figures of the suite on the examples of the slice, and they add up', () => {
    fc.assert(
      fc.property(arbitraryTable(), fc.infiniteStream(fc.constantFrom('a', 'b', 'c')), (table, stream) => {
        const values = table.labels.map(() => stream.next().value as string);
        const { slices } = sliceReport(table, [{ name: 'column', values }]);
        for (const slice of slices) {
          const isInside = (_: unknown, i: number): boolean => values[i] === slice.value;
          const { suite } = evaluate({
            labels: table.labels.filter(isInside),
            weights: table.weights?.filter(isInside) ?? null,
            members: table.members.map(({ name, judgements }) => ({ name, judgements: judgements.filter(isInside) })),
          });
          const { precision, recall, positives, truePositives, falsePositives, falseNegatives } = suite;
          expect(slice).toMatchObject({ precision, recall, positives, truePositives, falsePositives, falseNegatives });
        }
        const { suite } = evaluate(table);
        const total = slices.reduce((sum, slice) => sum + slice.truePositives + slice.falseNegatives, 0);
        expect(total).toBe(suite.truePositives + suite.falseNegatives);
      }),
    );
  });

  it('refuses a column that is a key, a wrong length and a name twice, all together', () => {
    const table = { labels: repeat(1001, 1 as const), members: [] };
    const key = { name: 'id', values: table.labels.map((_, i) => String(i)) };
    const faults = ['EVAL_SLICE_TOO_MANY', 'EVAL_SLICE_DUPLICATE', 'EVAL_LENGTH_MISMATCH'];
    expect(() => sliceReport(table, [key, { name: 'id', values: ['a'] }])).toThrow(
      expect.objectContaining({ faults: faults.map((code) => expect.objectContaining({ code })) }),
    );
    const thousand = { name: 'id', values: key.values.map((value) => (value === '1000' ? null : value)) };
    expect(sliceReport(table, [thousand]).looks).toBe(1000);
  });
});
