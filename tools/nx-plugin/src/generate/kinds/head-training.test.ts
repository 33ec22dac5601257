import { describe, expect, it } from 'vitest';
import { type FitExample, fitModel, logLoss } from '../../../templates/encoder-head/training/fit.ts';
import { scoreRow, writeLinearGraph } from '../../../templates/trained/training/linear-graph.ts';
import { chooseThreshold, scoreOutOfFold } from '../../../templates/trained/training/out-of-fold.ts';

const example = (label: 0 | 1, ...row: number[]): FitExample => ({ row: Float32Array.from(row), label });

const scored = ([score, label]: readonly [number, 0 | 1]) => ({ score, label });

describe('fitModel of a head', () => {
  it('is the least of log loss and penalty: of 1 and −1 the weight is ln 3 at a strength of 1 ÷ (2 ln 3)', () => {
    // By hand: the column has mean 0 and deviation 1 already, the bias is 0 by symmetry, and 2 · 1 ÷ (1 + exp(w)) = strength · w at w = ln 3.
    const { weights, bias } = fitModel([example(1, 1), example(0, -1)], 1 / (2 * Math.log(3)));
    expect(weights[0]).toBeCloseTo(Math.log(3), 6);
    expect(bias).toBeCloseTo(0, 6);
  });

  it('gives the same scores whatever the origin of a column and the scale of all', () => {
    const rows = [3, 1, 4, 1, 5, 9, 2, 6].map((x, i) => [x, (i * i) % 5] as const);
    const labels = [0, 1, 0, 1, 1, 1, 0, 1] as const;
    const fitted = fitModel(
      rows.map(([a, b], i) => example(labels[i]!, a, b)),
      1,
    );
    const moved = fitModel(
      rows.map(([a, b], i) => example(labels[i]!, 8 * a - 16, 8 * b + 4)),
      1,
    );
    for (const [a, b] of rows) {
      const score = scoreRow(fitted, Float32Array.of(a, b));
      expect(scoreRow(moved, Float32Array.of(8 * a - 16, 8 * b + 4))).toBeCloseTo(score, 4);
    }
  });

  it('takes a column that is the same everywhere for nothing, and one label for its bias', () => {
    const { weights } = fitModel([example(1, 5, 1), example(0, 5, -1)], 1);
    expect(weights[0]).toBe(0);
    const { weights: none, bias } = fitModel([example(1, 1), example(1, 2)], 1);
    expect(Math.abs(none[0]!)).toBeLessThan(1e-3);
    expect(bias).toBeGreaterThan(5);
  });
});

describe('logLoss', () => {
  it('is ln 2 at 0, and finite far out', () => {
    expect(logLoss(0, 1)).toBeCloseTo(Math.LN2, 12);
    expect(logLoss(-1e6, 1)).toBe(1e6);
    expect(logLoss(1e6, 1)).toBe(0);
  });
});

describe('scoreRow', () => {
  it('is a float32: 2 · 0.5 − 1 · 3 + 0.25', () => {
    const model = { weights: Float64Array.of(0.5, -1), bias: 0.25 };
    expect(scoreRow(model, Float32Array.of(2, 3))).toBe(-1.75);
    expect(writeLinearGraph(model).length).toBeGreaterThan(200);
  });
});

describe('chooseThreshold', () => {
  it('is half-way below the lowest score at which the precision is the floor', () => {
    const scores = (
      [
        [5, 1],
        [4, 1],
        [3, 0],
        [2, 1],
        [1, 0],
      ] as const
    ).map(scored);
    expect(chooseThreshold(scores, 0.75)).toBe(1.5);
    expect(chooseThreshold(scores, 1)).toBe(3.5);
  });

  it('never parts scores that are the same, and says the best when no threshold has the floor', () => {
    const scores = (
      [
        [5, 1],
        [5, 0],
        [4, 0],
      ] as const
    ).map(scored);
    expect(() => chooseThreshold(scores, 0.9)).toThrow('the best has 0.500');
  });
});

describe('scoreOutOfFold', () => {
  it('scores every example by a fit without it and without its cluster', () => {
    const examples = Array.from({ length: 60 }, (_, i) => ({ id: i, label: (i % 2) as 0 | 1, cluster: `c${i >> 1}` }));
    const outOfFold = scoreOutOfFold(examples, (others) => {
      const seen = new Set(others.map(({ cluster }) => cluster));
      return ({ id, cluster }) => (seen.has(cluster) ? -1 : id);
    });
    expect(outOfFold.map(({ score }) => score).toSorted((a, b) => a - b)).toEqual(examples.map(({ id }) => id));
    expect(outOfFold.every(({ score, label }) => score % 2 === label)).toBe(true);
  });
});
