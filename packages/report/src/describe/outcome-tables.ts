import type { GateTest, SuiteFigures } from '@clamor/evaluation';

import { type FigureFormat, shareCell } from '../figure-format.ts';
import { type FigureTable, leftColumn, rightColumn, withoutEmptyColumns } from '../figure-table.ts';
import { formatProbability } from '../format-figure.ts';
import type { Shown } from '../rounding/shown.ts';

/** The suite before and after in one table, narrow enough for a telephone. */
export interface BeforeAfterOptions {
  readonly before: Shown<SuiteFigures>;
  readonly after: Shown<SuiteFigures>;
  /** Headings: `without it`, `with it`. */
  readonly headings: readonly [before: string, after: string];
  readonly format: FigureFormat;
}

/** Precision, recall, F1 and the counts behind them, before and after. */
export function beforeAfterTable({ before, after, headings, format }: BeforeAfterOptions): FigureTable {
  const shares = [
    ['precision', 'precision', 'precisionInterval'],
    ['recall', 'recall', 'recallInterval'],
    ['F1', 'f1', 'f1Interval'],
  ] as const;
  const counts = [
    ['true positives', 'truePositives'],
    ['false positives', 'falsePositives'],
  ] as const;
  return {
    caption: `The suite ${headings[0]} and ${headings[1]}; 95% intervals`,
    columns: [leftColumn('suite', 16), rightColumn(headings[0], 18), rightColumn(headings[1], 18)],
    rows: [
      ...shares.map(([name, share, interval]) => ({
        cells: [
          { text: name },
          shareCell(format, before[share], before[interval]),
          shareCell(format, after[share], after[interval]),
        ],
      })),
      ...counts.flatMap(([name, count]) =>
        before[count] === null || after[count] === null
          ? []
          : [{ cells: [{ text: name }, { text: format.count(before[count]) }, { text: format.count(after[count]) }] }],
      ),
    ],
  };
}

/** A test with its name for people: `harm: P(s ≥ o − δ)`. */
export interface NamedTest {
  readonly name: string;
  readonly test: Shown<GateTest>;
}

/** The probabilities against the confidence asked of each. */
export function testsTable(tests: readonly NamedTest[], format: FigureFormat): FigureTable {
  return withoutEmptyColumns({
    caption: 'Each probability against the confidence asked of it: passed from there on, failed at 1 − that and below',
    columns: [leftColumn('test', 34), rightColumn('probability', 11), rightColumn('asked', 6), leftColumn('result', 8)],
    rows: tests.map(({ name, test }) => ({
      cells: [
        { text: name },
        { text: format.probability(test.probability) },
        { text: formatProbability(test.confidence).replace(/0+$/, '') },
        { text: test.result },
      ],
    })),
  });
}
