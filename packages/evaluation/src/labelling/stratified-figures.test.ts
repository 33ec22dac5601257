import { column } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { columnsToTable } from '../table/columns-to-table.ts';
import { createRandom } from '../statistics/random.ts';
import { evaluate } from '../figures/evaluate.ts';
import { labelledSample } from './labelled-sample.ts';
import { labelPlan, type LabelPlan, type LabelPlanOptions } from './label-plan.ts';
import type { Label } from '../table/judgement-table.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { stratifiedFigures } from './stratified-figures.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';

/** 300 examples with all their labels; two members, the higher the score the likelier a positive label. */
function truthOf(seed: number, weights: readonly number[] | null = null): ScoredTable {
  const random = createRandom(seed);
  const scores = (): number[] => Array.from({ length: 300 }, () => random() - 0.8);
  const [a, b] = [scores(), scores()];
  const labels = a.map((score, i): Label => (random() < 0.5 + Math.max(score, b[i]!) * 2 ? 1 : 0));
  return {
    labels,
    weights,
    members: [
      { name: 'a', column: column(a, (score) => score), threshold: 0 },
      { name: 'b', column: column(b, (score) => score), threshold: 0 },
    ],
  };
}

/** The table when only these labels are known. */
function withLabels(truth: ScoredTable, isKnown: (i: number) => boolean): ScoredTable {
  return { ...truth, labels: truth.labels.map((label, i) => (isKnown(i) ? label : null)) };
}

/** A plan, and the table with the labels that it asked for. */
function labelled(
  truth: ScoredTable,
  options: Partial<LabelPlanOptions> & { readonly isKnown?: (i: number) => boolean } = {},
): { table: ScoredTable; plan: LabelPlan } {
  const { isKnown = () => false, ...rest } = options;
  const plan = labelPlan({ table: withLabels(truth, isKnown), budget: 60, seed: 1, ...rest });
  const asked = new Set(plan.chosen.map(({ example }) => example));
  return { table: withLabels(truth, (i) => isKnown(i) || asked.has(i)), plan };
}

/** The same three kinds of figures by `evaluate`. */
function valuesOf(table: ScoredTable): (number | null)[] {
  const { suite, members } = evaluate(columnsToTable(table));
  return [...members.map(({ uniquePrecision }) => uniquePrecision), suite.precision, suite.recall];
}

const close = (value: number | null): unknown => (value === null ? null : expect.closeTo(value, 10));

describe('stratifiedFigures', () => {
  it('scales every stratum up to its size', () => {
    // Six unique positives of a, of which four are labelled, three of them 1: TP = 6 · ¾ = 4.5. Six where nobody is
    // positive, two labelled, one of them 1: 3 missed. Recall is .6 less its bias: variances 36 · 3⁄16 · 4⁄3 (¼ − 1⁄6) = ¾ and
    // 36 · ¼ · 2 (½ − 1⁄6) = 6, so (4.5 · 6 − 3 · ¾) ÷ 7.5³ = .058667.
    const truth: ScoredTable = {
      labels: Array.from({ length: 12 }, () => 0),
      members: [{ name: 'a', column: column([1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1], (x) => x), threshold: 0 }],
    };
    const { plan } = labelled(truth, { budget: 6, bands: 1, assumedRates: { none: 0.5 } });
    expect(plan.strata.map(({ labels }) => labels)).toEqual([4, 2]);
    const wrong = [plan.chosen[0]!.example, plan.chosen[4]!.example];
    const labels = truth.labels.map((_, i): Label => {
      if (!plan.chosen.some(({ example }) => example === i)) return null;
      return wrong.includes(i) ? 0 : 1;
    });
    const figures = stratifiedFigures({ ...truth, labels }, plan);
    expect(figures.map(({ kind, member, value }) => [kind, member, value])).toEqual([
      ['uniquePrecision', 'a', expect.closeTo(0.75, 12)],
      ['suitePrecision', null, expect.closeTo(0.75, 12)],
      ['suiteRecall', null, expect.closeTo(0.6 - 24.75 / 421.875, 12)],
    ]);
  });

  it('has the interval of as many examples as labels where one stratum is all there is', () => {
    const { table, plan } = labelled(truthOf(1));
    const { labels } = plan.strata.find(({ member }) => member === 'a')!;
    const { value, interval } = stratifiedFigures(table, plan)[0]!;
    const [lower, upper] = wilsonInterval(value! * labels, labels)!;
    expect(interval).toEqual([expect.closeTo(lower, 10), expect.closeTo(upper, 10)]);
  });

  it('is exact about these examples when all of them are labelled, and not about their source', () => {
    const truth = truthOf(2);
    const { table, plan } = labelled(truth, { budget: 300 });
    const values = valuesOf(truth);
    const exact = stratifiedFigures(table, plan, { population: 'examples' });
    expect(exact.map(({ value }) => value)).toEqual(values.map(close));
    expect(exact.map(({ standardError }) => standardError)).toEqual([0, 0, 0, 0]);
    expect(exact[3]!.interval).toEqual([exact[3]!.value, exact[3]!.value]);
    // About the source they are what `evaluate` says, but for half an example in the variance.
    const { precisionInterval } = evaluate(columnsToTable(truth)).suite;
    const ofSource = stratifiedFigures(table, plan)[2]!.interval!;
    expect(ofSource[0]).toBeCloseTo(precisionInterval![0], 3);
    expect(ofSource[1]).toBeCloseTo(precisionInterval![1], 3);
  });

  it('takes labels that were there before for themselves', () => {
    const truth = truthOf(3);
    const { table, plan } = labelled(truth, { isKnown: (i) => i % 3 === 0, budget: 200 });
    expect(stratifiedFigures(table, plan).map(({ value }) => value)).toEqual(valuesOf(truth).map(close));
  });

  it('leaves out what could not be labelled, and is null where a stratum has no label', () => {
    const { table, plan } = labelled(truthOf(1));
    const ofA = plan.chosen.filter(({ stratum }) => stratum === 0).map(({ example }) => example);
    const labels = (missing: readonly number[]): ScoredTable => withLabels(table, (i) => !missing.includes(i));
    expect(stratifiedFigures(labels(ofA.slice(1)), plan)[0]!.value).toBe(table.labels[ofA[0]!]);
    const none = stratifiedFigures(labels(ofA), plan);
    expect(none[0]).toEqual({ kind: 'uniquePrecision', member: 'a', value: null, standardError: null, interval: null });
    expect(none.map(({ value }) => value === null)).toEqual([true, false, true, true]);
  });

  it('is null for a member without unique positives, and for a recall without positive labels', () => {
    const truth: ScoredTable = {
      labels: [0, 0],
      members: [{ name: 'a', column: column([-1, -1], (x) => x), threshold: 0 }],
    };
    const { table, plan } = labelled(truth, { budget: 2 });
    expect(stratifiedFigures(table, plan).map(({ value }) => value)).toEqual([null, null, null]);
  });

  it('refuses other thresholds, other members, and labels that were not asked for', () => {
    const truth = truthOf(1);
    const { table, plan } = labelled(truth);
    const [a, b] = table.members;
    const mismatch = expect.objectContaining({ code: 'EVAL_PLAN_MISMATCH' });
    expect(() => stratifiedFigures({ ...table, members: [{ ...a!, threshold: 0.1 }, b!] }, plan)).toThrow(mismatch);
    expect(() => stratifiedFigures({ ...table, members: [a!] }, plan)).toThrow(mismatch);
    expect(() => stratifiedFigures(truth, plan)).toThrow(mismatch);
    const chosen = [{ example: 300, stratum: 0, inclusionProbability: 1 }];
    expect(() => stratifiedFigures(table, { ...plan, chosen })).toThrow(mismatch);
  });

  it('is right on average over many draws', { tags: ['slow'] }, () => {
    const truth = truthOf(5);
    const targets = valuesOf(truth);
    const draws = 1500;
    const errors = targets.map((): number[] => []);
    for (let seed = 1; seed <= draws; seed++) {
      const { table, plan } = labelled(truth, { seed, isKnown: (i) => i % 10 === 0 });
      for (const [f, { value }] of stratifiedFigures(table, plan).entries()) errors[f]!.push(value! - targets[f]!);
    }
    for (const figure of errors) {
      const bias = figure.reduce((sum, error) => sum + error, 0) / draws;
      const spread = Math.sqrt(figure.reduce((sum, error) => sum + (error - bias) ** 2, 0) / draws);
      expect(Math.abs(bias) / spread).toBeLessThan(0.1);
    }
  });
});

describe('labelledSample', () => {
  it('gives the precisions of the stratified figures, by way of evaluate, and their recall but for its bias', () => {
    const { table, plan } = labelled(truthOf(4), { isKnown: (i) => i % 7 === 0 });
    const figures = stratifiedFigures(table, plan);
    const values = valuesOf(labelledSample(table, plan));
    expect(values.slice(0, -1)).toEqual(figures.slice(0, -1).map(({ value }) => close(value)));
    // But for the bias of the ratio, a small part of its standard error.
    const { value, standardError } = figures.at(-1)!;
    expect(values.at(-1)).toBeGreaterThan(value!);
    expect(values.at(-1)! - value!).toBeLessThan(0.2 * standardError!);
  });

  it('stands for all examples of the table', () => {
    const { table, plan } = labelled(truthOf(4), { isKnown: (i) => i % 7 === 0 });
    const sample = labelledSample(table, plan);
    expect(sample.labels).not.toContain(null);
    expect(evaluate(columnsToTable(sample)).suite.weight).toBeCloseTo(300, 9);
  });

  it('multiplies by the sampling weights of the table', () => {
    const weights = Array.from({ length: 300 }, (_, i) => 1 + (i % 3));
    const truth = truthOf(4, weights);
    const { table, plan } = labelled(truth, { budget: 300 });
    expect(labelledSample(table, plan).weights).toEqual(weights);
    expect(stratifiedFigures(table, plan).map(({ value }) => value)).toEqual(valuesOf(truth).map(close));
  });
});
