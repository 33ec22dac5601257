import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
    expect(disagreements(figures, one.expected)).toEqual([]);
  });
});

describe('precisionAtRate', () => {
  it.each(vectors.prevalence)('maps $precision from $rateHere to $rateThere as the reference does', (one) => {
    expect(disagreements({ mapped: precisionAtRate(one.precision, one) }, { mapped: one.expected })).toEqual([]);
  });
});

/** Every place where a figure is missing, of another kind, or further from the expected one than its stated tolerance. */
function disagreements(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const tolerance = vectors.gateTolerance[path.split('.').at(-1)!] ?? vectors.tolerance;
    return Math.abs(actual - expected) <= tolerance ? [] : [`${path}: ${actual}, expected ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) {
    return actual === expected ? [] : [`${path}: ${String(actual)}, expected ${String(expected)}`];
  }
  const lengths = Array.isArray(expected) ? [[(actual as unknown[]).length, expected.length] as const] : [];
  return [
    ...lengths.filter(([a, b]) => a !== b).map(([a, b]) => `${path}: ${a} entries, expected ${b}`),
    ...Object.entries(expected).flatMap(([key, value]) =>
      disagreements((actual as Record<string, unknown>)[key], value, path === '' ? key : `${path}.${key}`),
    ),
  ];
}
