import { column, scoreColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { columnsToTable, type MemberColumn } from '../table/columns-to-table.ts';
import { createBitColumn, setBit } from '../table/bit-column.ts';
import { designEffect } from '../statistics/design-effect.ts';
import { evaluate } from '../figures/evaluate.ts';
import { evidenceSize } from './sweep-point.ts';
import { numberClusters } from '../statistics/clusters.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { sweepContext, sweepMember } from './member-sweep.ts';
import { thresholdCurve } from './threshold-curve.ts';
import { uniquePositives } from '../figures/unique-positives.ts';

const scored = (name: string, threshold: number, scores: readonly (number | null)[]): MemberColumn => ({
  name,
  threshold,
  column: column(scores, (score) => score),
});

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function withThreshold(table: ScoredTable, name: string, threshold: number): ScoredTable {
  return {
    ...table,
    members: table.members.map((member) => (member.name === name ? { ...member, threshold } : member)),
  };
}

// Of a's scores, .9 (true) is also b's; .7 (true), .5 (false) and .3 (true) are nobody else's.
const table: ScoredTable = {
  labels: [1, 1, 0, 1, 0],
  members: [scored('a', 0.6, [0.9, 0.7, 0.5, 0.3, null]), scored('b', 0.5, [1, 0, 0, 0, 1])],
};

describe('thresholdCurve', () => {
  it('goes from nobody to everybody, others frozen', () => {
    const { member, points } = thresholdCurve(table, 'a', { floor: 0.5 });
    expect(member).toBe('a');
    expect(points.map((point) => [point.uniqueTruePositives, point.uniqueFalsePositives])).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(points.map(({ uniquePrecision }) => uniquePrecision)).toEqual([null, null, 1, 1 / 2, 2 / 3]);
    expect(points.map(({ precision }) => precision)).toEqual([1 / 2, 1 / 2, 2 / 3, 2 / 4, 3 / 5]);
    expect(points.map(({ recall }) => recall)).toEqual([1 / 3, 1 / 3, 2 / 3, 2 / 3, 1]);
  });

  it('has thresholds between the scores, the present one as it is, and the lowest score at the end', () => {
    const thresholds = thresholdCurve(table, 'a').points.map(({ threshold }) => threshold);
    expect(thresholds[0]).toBeGreaterThan(Math.fround(0.9));
    expect(thresholds[1]).toBeCloseTo(0.8, 6);
    expect(thresholds[2]).toBe(Math.fround(0.6));
    expect(thresholds[3]).toBeCloseTo(0.4, 6);
    expect(thresholds[4]).toBe(Math.fround(0.3));
  });

  it('is at every point what evaluate says of the table with that threshold', () => {
    const floor = 0.6;
    fc.assert(
      fc.property(arbitraryScoredTable({ minMembers: 1 }), (arbitrary) => {
        for (const point of thresholdCurve(arbitrary, 'm0', { floor }).points) {
          const moved = columnsToTable(withThreshold(arbitrary, 'm0', point.threshold));
          const { suite, members } = evaluate(moved, { gate: { lossBudget: 0, meritFloor: floor } });
          const { uniqueTruePositives, uniqueFalsePositives, uniquePrecision, uniquePrecisionInterval } = members[0]!;
          const { truePositives, falsePositives, precision, recall } = suite;
          const { threshold: _threshold, merit, ...figures } = point;
          expect(figures).toEqual({
            uniqueTruePositives,
            uniqueFalsePositives,
            uniquePrecision,
            uniquePrecisionInterval,
            truePositives,
            falsePositives,
            precision,
            recall,
          });
          expect(merit === null).toBe(uniquePrecision === null);
          // The gate has no merit where nobody else is positive; a threshold still has.
          expect(members[0]!.gate.merit ?? merit ?? 0).toBeCloseTo(merit ?? 0, 12);
        }
      }),
    );
  });

  it('parts the examples in every way in which a threshold can', () => {
    fc.assert(
      fc.property(arbitraryScoredTable({ minMembers: 1 }), (arbitrary) => {
        const { scores } = arbitrary.members[0]!.column;
        const sizes = (thresholds: readonly number[]): number[] => [
          ...new Set(thresholds.map((threshold) => scores.filter((score) => score >= threshold).length)),
        ];
        const points = thresholdCurve(arbitrary, 'm0').points.map(({ threshold }) => threshold);
        const judged = scores.filter((score) => !Number.isNaN(score));
        expect(sizes(points)).toEqual(sizes([Infinity, ...judged.toSorted((a, b) => b - a)]));
        expect(points).toEqual(points.toSorted((a, b) => b - a));
      }),
    );
  });

  it('divides the evidence by the design effect of the unique positives', () => {
    const clustered = arbitraryScoredTable({ minMembers: 1 }).chain((arbitrary) =>
      fc
        .array(fc.constantFrom('a', 'b', 'c', 'd', null), {
          minLength: arbitrary.labels.length,
          maxLength: arbitrary.labels.length,
        })
        .map((clusters): ScoredTable => ({ ...arbitrary, clusters })),
    );
    fc.assert(
      fc.property(clustered, (arbitrary) => {
        const bits = columnsToTable(arbitrary);
        const sweep = sweepMember(sweepContext(arbitrary), 'm0');
        const [part, rest] = [createBitColumn(bits.examples), createBitColumn(bits.examples)];
        for (const i of uniquePositives(bits, 'm0')) {
          if (arbitrary.labels[i] !== null) setBit(arbitrary.labels[i] === 1 ? part : rest, i);
        }
        const clusters = numberClusters(arbitrary.clusters!, bits.examples);
        const effect = designEffect(part, rest, { weights: bits.weights, clusters });
        const plain = sweepMember(
          sweepContext({ labels: arbitrary.labels, weights: arbitrary.weights ?? null, members: arbitrary.members }),
          'm0',
        );
        expect(evidenceSize(sweep, sweep.current)).toBeCloseTo(evidenceSize(plain, plain.current) / effect, 9);
      }),
    );
  });

  it('keeps the ends, the present threshold and the number of points asked for', () => {
    const scores = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const long: ScoredTable = { labels: scores.map((s) => (s > 0.5 ? 1 : 0)), members: [scored('a', 0.1235, scores)] };
    const { points } = thresholdCurve(long, 'a', { points: 10 });
    expect(points).toHaveLength(10);
    expect([points[0]!.recall, points.at(-1)!.recall]).toEqual([0, 1]);
    expect(points.some(({ threshold }) => threshold === Math.fround(0.1235))).toBe(true);
    expect(thresholdCurve(long, 'a', { points: 5000 }).points).toHaveLength(1001);
  });

  it('has one point, the present threshold, for a member that scored nothing', () => {
    const silent: ScoredTable = { labels: [1], members: [scored('a', 0.5, [null])] };
    expect(thresholdCurve(silent, 'a').points).toMatchObject([{ threshold: 0.5, recall: 0, precision: null }]);
  });

  it('begins with the highest score when no float32 lies above it', () => {
    const largest: ScoredTable = {
      labels: [1, 0],
      members: [{ name: 'a', threshold: 0.5, column: scoreColumn([3.4028234663852886e38, 0]) }],
    };
    expect(thresholdCurve(largest, 'a').points.map(({ recall }) => recall)).toEqual([1, 1]);
  });

  it('has no merit without a floor', () => {
    expect(thresholdCurve(table, 'a').points.every(({ merit }) => merit === null)).toBe(true);
  });

  it('refuses an unknown member, a floor that is no precision and a curve of fewer points than it must have', () => {
    expect(codeOf(() => thresholdCurve(table, 'c'))).toBe('EVAL_MEMBER_UNKNOWN');
    expect(codeOf(() => thresholdCurve(table, 'a', { floor: 1.1 }))).toBe('EVAL_GATE_INVALID');
    expect(codeOf(() => thresholdCurve(table, 'a', { floor: Number.NaN }))).toBe('EVAL_GATE_INVALID');
    expect(codeOf(() => thresholdCurve(table, 'a', { points: 3 }))).toBe('EVAL_COUNT_INVALID');
    expect(codeOf(() => thresholdCurve({ ...table, clusters: ['x'] }, 'a'))).toBe('EVAL_LENGTH_MISMATCH');
  });
});
