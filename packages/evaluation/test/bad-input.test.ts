import { column, scoreColumn } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsToTable,
  estimability,
  evaluate,
  type JudgementTable,
  type Label,
  numberClusters,
  positiveSets,
  precisionAtRates,
  sliceReport,
  toBitTable,
} from '../src/index.ts';
import { arbitraryTable } from './arbitrary-table.ts';

const gate = { lossBudget: 0.01, meritFloor: 0.9 };

function codesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return (error as { faults: { code: string }[] }).faults.map(({ code }) => code);
  }
  return [];
}

/** Everything that this package says of one table. */
function everything(table: JudgementTable, clusters: (string | null)[]): unknown {
  const evaluation = evaluate(table, { gate, clusters, required: table.members.slice(0, 1).map(({ name }) => name) });
  return {
    evaluation,
    alone: evaluate(table, { gate }),
    slices: sliceReport(table, [{ name: 'cluster', values: clusters }], { clusters }),
    notEstimable: estimability(table),
    selective: estimability(table, { labelling: 'selective' }),
    there: precisionAtRates(evaluation, [0, 1]),
    sets: positiveSets(table),
  };
}

describe('what is said of any table', () => {
  const clusterNames = fc.infiniteStream(fc.constantFrom('a', 'b', 'c', null));

  it('comes through JSON as it is: no NaN, no infinity, nothing undefined', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(arbitraryTable(), clusterNames, (table, names) => {
        const said = everything(table, table.labels.map(() => names.next().value as string | null)); // prettier-ignore
        expect(JSON.parse(JSON.stringify(said))).toStrictEqual(said);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, JudgementTable]>([
    ['no example', { labels: [], members: [{ name: 'a', judgements: [] }] }],
    ['no member', { labels: [1, 0, null], members: [] }],
    ['no label', { labels: [null, null], members: [{ name: 'a', judgements: [1, 0] }] }],
    ['no positive label', { labels: [0, 0], members: [{ name: 'a', judgements: [1, 0] }] }],
    ['nobody positive', { labels: [1, 0], members: [{ name: 'a', judgements: [0, null] }] }],
    ['everything failed', { labels: [1, 0], members: [{ name: 'a', judgements: ['failed', 'failed'] }] }],
    ['extreme weights', { labels: [1, 0], weights: [1e100, 1e-100], members: [{ name: 'a', judgements: [1, 1] }] }],
    ['large weights', { labels: [1, 1], weights: [1e100, 1e100], members: [{ name: 'a', judgements: [1, 0] }] }],
    ['small weights', { labels: [1, 0], weights: [1e-100, 1e-100], members: [{ name: 'a', judgements: [1, 1] }] }],
  ])('is finite or null with %s', (_, table) => {
    const said = everything(
      table,
      table.labels.map(() => 'a'),
    );
    expect(JSON.parse(JSON.stringify(said))).toStrictEqual(said);
  });

  it('has null, not 0 and not 1, where there is nothing to divide by', () => {
    const { suite, members } = evaluate({ labels: [0, null], members: [{ name: 'a', judgements: [0, 1] }] }, { gate });
    expect(suite).toMatchObject({ precision: null, recall: null, f1: null, precisionInterval: null, f1Interval: null });
    expect(members[0]).toMatchObject({
      uniquePrecision: null,
      uniqueRecall: null,
      precisionWithout: null,
      gate: { atLeastOthers: null, harm: null, merit: null },
    });
  });
});

describe('bad input', () => {
  const members = [{ name: 'a', judgements: [1, 0] as const }];

  it.each([2, -1, 0.5, true, '1', '', undefined, Number.NaN])('refuses the label %j', (label) => {
    expect(codesOf(() => toBitTable({ labels: [label as Label, 0], members }))).toEqual(['EVAL_LABEL_INVALID']);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e101, 1e-101])('refuses the weight %d', (weight) => {
    expect(codesOf(() => toBitTable({ labels: [1, 0], weights: [1, weight], members }))).toEqual([
      'EVAL_WEIGHT_INVALID',
    ]);
    const bits = toBitTable({ labels: [1, 0], weights: [1, 1], members });
    expect(codesOf(() => evaluate({ ...bits, weights: Float64Array.of(1, weight) }))).toEqual(['EVAL_WEIGHT_INVALID']);
  });

  it('refuses a bit table with an example that is labelled both 1 and 0', () => {
    const bits = toBitTable({ labels: [1, 0], members });
    expect(codesOf(() => evaluate({ ...bits, labelledNegative: Uint32Array.of(0b11) }))).toEqual([
      'EVAL_LABEL_INVALID',
    ]);
  });

  it('takes infinite and missing scores for failures, and refuses a column that calls them scored', () => {
    const failed = column([Number.POSITIVE_INFINITY, 0.9], (score) => score);
    const table = columnsToTable({ labels: [1, 1], members: [{ name: 'a', column: failed, threshold: 0.5 }] });
    expect(evaluate(table).members[0]).toMatchObject({ failed: 1, positives: 1 });
    const wrong = scoreColumn([Number.NEGATIVE_INFINITY, 0.9], [0, 0]);
    const asScored = { ...wrong, status: Uint8Array.of(0, 0), scores: Float32Array.of(Number.NEGATIVE_INFINITY, 0.9) };
    const columns = [{ name: 'a', column: asScored, threshold: 0.5 }];
    expect(codesOf(() => columnsToTable({ labels: [1, 1], members: columns }))).toEqual(['EVAL_STATUS_INVALID']);
  });

  it('refuses lengths that differ and a member that is there twice, all together', () => {
    const twice = [...members, { name: 'a', judgements: [1] as const }];
    expect(codesOf(() => evaluate({ labels: [1, 0], weights: [1], members: twice }))).toEqual([
      'EVAL_MEMBER_DUPLICATE',
      'EVAL_LENGTH_MISMATCH',
      'EVAL_LENGTH_MISMATCH',
    ]);
    expect(codesOf(() => numberClusters([], 2))).toEqual(['EVAL_LENGTH_MISMATCH']);
  });

  it('refuses a slice column with 100,000 values', () => {
    const labels = Array.from({ length: 100_000 }, (): Label => 1);
    const values = labels.map((_, i) => `sender ${i}`);
    expect(codesOf(() => sliceReport({ labels, members: [] }, [{ name: 'sender', values }]))).toEqual([
      'EVAL_SLICE_TOO_MANY',
    ]);
  });
});
