import { column, failedColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../figures/evaluate.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { createRandom } from '../statistics/random.ts';
import { type LabelPlan, labelPlan, type LabelPlanOptions } from './label-plan.ts';
import type { Label } from '../table/judgement-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';

/** Scores per member; positive from 0 up, `null` abstained. */
function scored(members: Readonly<Record<string, readonly (number | null)[]>>, labels: readonly Label[]): ScoredTable {
  return {
    labels,
    members: Object.entries(members).map(([name, scores]) => ({
      name,
      column: column(scores, (score) => score),
      threshold: 0,
    })),
  };
}

const open = (n: number): null[] => Array.from({ length: n }, () => null);

/** 400 examples, two members, nothing labelled. */
function randomTable(seed: number, labels: readonly Label[] = open(400)): ScoredTable {
  const random = createRandom(seed);
  const draw = (): number[] => Array.from({ length: 400 }, () => random() - 0.9);
  return scored({ a: draw(), b: draw() }, labels);
}

/** A plan for such a table. */
function planned(options: Partial<LabelPlanOptions>): LabelPlan {
  return labelPlan({ table: randomTable(1), budget: 60, seed: 1, ...options });
}

describe('labelPlan', () => {
  it('divides by unique set, other positives, and bands of the score where nobody is positive', () => {
    const table = scored({ a: [1, -1, 1, -1, -2, -3, null], b: [-9, 1, 1, -9, -9, -9, null] }, open(7));
    const plan = labelPlan({ table, budget: 7, seed: 1, bands: 2 });
    // Tails of a: 2 of 6 are positive, then 4, 5 and 6 score at least −1, −2, −3. Of the three, the upper of two bands
    // gets ⌈3 ÷ 5⌉ = 1.
    expect(plan.strata.map(({ name, examples, labels }) => [name, examples, labels])).toEqual([
      ['only a', 1, 1],
      ['only b', 1, 1],
      ['two or more', 1, 1],
      ['nobody, score -0.30', 1, 1],
      ['nobody, score -0.48 to -0.40', 2, 2],
      ['nobody, no score', 1, 1],
    ]);
    expect(plan.chosen.map(({ example, stratum }) => [example, stratum])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 4],
      [6, 5],
    ]);
  });

  it('leaves out strata that have no example without a label', () => {
    const plan = labelPlan({ table: scored({ a: [1, 1, -1] }, [1, null, 0]), budget: 1, seed: 1 });
    expect(plan.strata.map(({ name, examples }) => [name, examples])).toEqual([['only a', 1]]);
  });

  it('is empty when nothing is left to be labelled', () => {
    expect(labelPlan({ table: scored({ a: [1, -1] }, [1, 0]), budget: 5, seed: 1 })).toEqual({
      budget: 5,
      seed: 1,
      strata: [],
      chosen: [],
      figures: [],
    });
  });

  it('counts a sole positive beside a failure among the other positives', () => {
    const table: ScoredTable = {
      labels: [null],
      members: [
        { name: 'a', column: column([1], (score) => score), threshold: 0 },
        { name: 'b', column: failedColumn(1, { code: 'MEMBER_LOAD_FAILED', message: 'no model' }), threshold: 0 },
      ],
    };
    expect(labelPlan({ table, budget: 1, seed: 1 }).strata[0]).toMatchObject({
      name: 'two or more, or one beside a failure',
      kind: 'shared',
    });
  });

  it('asks for no undetermined example', () => {
    const table: ScoredTable = {
      labels: [null, null],
      members: [
        { name: 'a', column: column([-1, -1], (score) => score), threshold: 0 },
        { name: 'b', column: column([Number.NaN, -1], (score) => score), threshold: 0 },
      ],
    };
    expect(labelPlan({ table, budget: 9, seed: 1, required: ['b'] }).chosen.map(({ example }) => example)).toEqual([1]);
    expect(labelPlan({ table, budget: 9, seed: 1 }).chosen.map(({ example }) => example)).toEqual([0, 1]);
  });

  it('keeps budget, bounds and probabilities (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 14, max: 500 }), (seed, budget) => {
        const labels = Array.from(open(400), (_, i): Label => (i % 5 === 0 ? 1 : null));
        const plan = labelPlan({ table: randomTable(seed, labels), budget, seed });
        expect(plan.chosen).toHaveLength(Math.min(budget, 320));
        for (const [h, stratum] of plan.strata.entries()) {
          const chosen = plan.chosen.filter((one) => one.stratum === h);
          expect(chosen).toHaveLength(stratum.labels);
          expect(stratum.labels).toBeGreaterThanOrEqual(Math.min(2, stratum.examples));
          expect(stratum.inclusionProbability).toBe(stratum.labels / stratum.examples);
          expect(chosen.every((one) => one.inclusionProbability === stratum.inclusionProbability)).toBe(true);
        }
        expect(plan.chosen.every(({ example }) => labels[example] === null)).toBe(true);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('chooses the same with the same seed, and something else with another', () => {
    expect(planned({ seed: 1 }).chosen).toEqual(planned({ seed: 1 }).chosen);
    expect(planned({ seed: 1 }).chosen).not.toEqual(planned({ seed: 2 }).chosen);
  });

  it('moves labels to the positives when recall is of no importance', () => {
    const [without, withIt] = [0, 1].map((suiteRecall) =>
      planned({ importance: { suiteRecall } })
        .strata.filter(({ kind }) => kind === 'none')
        .reduce((sum, { labels }) => sum + labels, 0),
    );
    expect(without).toBe(8);
    expect(withIt).toBeGreaterThan(8);
  });

  it('expects smaller standard errors from more labels, and none when all are labelled', () => {
    const [few, more, all] = [40, 200, 400].map((budget) =>
      planned({ budget }).figures.map((figure) => figure.expectedStandardError),
    );
    expect(Math.max(...more!)).toBeLessThan(Math.max(...few!));
    expect(all).toEqual([0, 0, 0, 0]);
  });

  it('says how many labels it takes when there are too few', () => {
    const run = (): unknown => labelPlan({ table: randomTable(1), budget: 13, seed: 1 });
    expect(run).toThrow(expect.objectContaining({ code: 'EVAL_BUDGET_TOO_SMALL' }));
    expect(run).toThrow(/take 14/);
    expect(labelPlan({ table: randomTable(1), budget: 14, seed: 1 }).chosen).toHaveLength(14);
  });

  it('refuses options outside of their range, all of them at once', () => {
    const options = { table: randomTable(1), budget: 1.5, seed: 0, bands: 0, required: ['x'] };
    expect(() => labelPlan({ ...options, importance: { suiteRecall: -1 }, assumedRates: { none: 1 } })).toThrow(
      expect.objectContaining({ code: 'EVAL_PLAN_INVALID', faults: expect.objectContaining({ length: 6 }) }),
    );
  });

  it('has strata that add up to the figures of the table', () => {
    const table = randomTable(3);
    const { suite, members } = evaluate(columnsToTable(table));
    const { strata } = labelPlan({ table, budget: 50, seed: 1 });
    const sizeOf = (kind: string): number =>
      strata.filter((stratum) => stratum.kind === kind).reduce((sum, { weight }) => sum + weight, 0);
    expect(sizeOf('unique')).toBe(members.reduce((sum, { uniquePositives }) => sum + uniquePositives, 0));
    expect(sizeOf('unique') + sizeOf('shared')).toBe(suite.positives);
    expect(sizeOf('none')).toBe(400 - suite.positives);
  });
});
