import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../test/disagreements.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './figures.ts';
import type { JudgementCode, Label } from '../table/judgement-table.ts';
import { precisionAtRate } from './prevalence.ts';

/** Cases with expected values from an independent program. */
interface Vectors {
  readonly tolerance: number;
  readonly gateTolerance: { readonly [figure: string]: number };
  readonly lossBudget: number;
  readonly meritFloor: number;
  readonly cases: readonly {
    readonly name: string;
    readonly labels: readonly Label[];
    readonly weights: readonly number[] | null;
    /** Shape [n, m]. */
    readonly judgements: readonly (readonly JudgementCode[])[];
    readonly expected: Evaluation;
  }[];
  readonly prevalence: readonly {
    readonly precision: number | null;
    readonly rateHere: number;
    readonly rateThere: number;
    readonly expected: number | null;
  }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/fixtures/vectors.json', import.meta.url), 'utf8'),
) as Vectors;

const toleranceOf = (figure: string): number => vectors.gateTolerance[figure] ?? vectors.tolerance;

describe('evaluate', () => {
  it.each(vectors.cases.map((one) => [one.name, one] as const))('agrees with the reference case "%s"', (_, one) => {
    const { lossBudget, meritFloor } = vectors;
    const members = one.expected.members.map(({ name }, j) => ({
      name,
      judgements: one.judgements.map((row) => row[j]!),
    }));
    const figures = evaluate(
      { labels: one.labels, weights: one.weights, members },
      { gate: { lossBudget, meritFloor } },
    );
    expect(disagreements(figures, one.expected, toleranceOf)).toEqual([]);
  });
});

describe('precisionAtRate', () => {
  it.each(vectors.prevalence)('maps $precision from $rateHere to $rateThere as the reference does', (one) => {
    const mapped = precisionAtRate(one.precision, one);
    expect(disagreements({ mapped }, { mapped: one.expected }, toleranceOf)).toEqual([]);
  });
});
