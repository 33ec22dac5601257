import { column } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryScoredTable } from '../../test/arbitrary-scored-table.ts';
import { clusterHalves } from './cluster-halves.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { createRandom } from '../statistics/random.ts';
import { evaluate } from '../figures/evaluate.ts';
import type { ScoredTable } from '../table/scored-table.ts';
import { searchUnion, type UnionProblem, unionProblem } from './union-search.ts';
import { tuneUnion } from './tune-union.ts';

/** Members that each see a signal of their own in noise. */
function noisyTable({ examples, members, seed }: { examples: number; members: number; seed: number }): ScoredTable {
  const random = createRandom(seed);
  const labels = Array.from({ length: examples }, () => (random() < 0.4 ? 1 : 0));
  return {
    labels,
    members: Array.from({ length: members }, (_, j) => ({
      name: `m${j}`,
      threshold: 0.9,
      column: column(labels, (label, i) => random() + (label === 1 && i % members === j ? 0.5 : 0)),
    })),
  };
}

/** The most true positives of any thresholds that reach the target, by trying all; null when none does. */
function bestByTrying({ members, values, targetPrecision }: UnionProblem): number | null {
  let best: number | null = null;
  const tryFrom = (j: number, positive: ReadonlySet<number>): void => {
    if (j === members.length) {
      const sum = (sign: 1 | -1): number =>
        [...positive].reduce((total, i) => total + Math.max(0, sign * values[i]!), 0);
      const [truePositives, falsePositives] = [sum(1), sum(-1)];
      const isReached =
        truePositives > 0 && truePositives / (truePositives + falsePositives) >= targetPrecision - 1e-12;
      if (isReached && truePositives > (best ?? -1)) best = truePositives;
      return;
    }
    for (const end of members[j]!.ends) tryFrom(j + 1, new Set([...positive, ...members[j]!.order.subarray(0, end)]));
  };
  tryFrom(0, new Set());
  return best;
}

function truePositivesOf({ members, values }: UnionProblem, steps: readonly number[]): number {
  const positive = new Set(members.flatMap(({ order, ends }, j) => [...order.subarray(0, ends[steps[j]!])]));
  return [...positive].reduce((total, i) => total + Math.max(0, values[i]!), 0);
}

describe('searchUnion', () => {
  it('finds the best thresholds of 200 small tables, as trying all of them does', { tags: ['slow'] }, () => {
    let [found, problems] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const problem = unionProblem(noisyTable({ examples: 14, members: 3, seed }), 0.8);
      const steps = searchUnion(problem, 1);
      const best = bestByTrying(problem);
      expect(steps === null).toBe(best === null);
      if (steps === null) continue;
      problems += 1;
      if (truePositivesOf(problem, steps) === best) found += 1;
    }
    expect(found / problems).toBeGreaterThanOrEqual(0.98);
  });
});

describe('tuneUnion', () => {
  const table = noisyTable({ examples: 600, members: 4, seed: 7 });

  it('reaches the target on the half that it learns from, with more recall, and shows what does not carry over', () => {
    const { reached, fitted, heldOut, overfit } = tuneUnion(table, { targetPrecision: 0.9 });
    expect(reached).toBe(true);
    expect(fitted.after.precision).toBeGreaterThanOrEqual(0.9);
    expect(overfit.precision).toBeCloseTo(fitted.after.precision! - heldOut.after.precision!, 12);
    expect(overfit.recall).toBeCloseTo(fitted.after.recall! - heldOut.after.recall!, 12);
    // It has learnt some of its own half by heart: that is what the other half is for.
    expect(overfit.precision).toBeGreaterThan(0);
  });

  it('is measured as evaluate measures the halves with the thresholds that it proposes', () => {
    const { proposals, heldOut } = tuneUnion(table, { targetPrecision: 0.9, seed: 3 });
    const [, half] = clusterHalves(undefined, { examples: 600, seed: 3 });
    const members = table.members.map((member) => ({
      name: member.name,
      threshold: proposals.find((proposal) => proposal.member === member.name)?.to ?? member.threshold,
      column: column(half, (i) => member.column.scores[i]!),
    }));
    const { precision, recall, f1 } = evaluate(
      columnsToTable({ labels: half.map((i) => table.labels[i]!), members }),
    ).suite;
    expect(heldOut.after).toEqual({ precision, recall, f1 });
  });

  it('gives the same for the same seed, and draws other halves for another', () => {
    const options = { targetPrecision: 0.9, seed: 5 };
    expect(tuneUnion(table, options)).toEqual(tuneUnion(table, options));
    expect(tuneUnion(table, options).heldOut.before).not.toEqual(
      tuneUnion(table, { ...options, seed: 6 }).heldOut.before,
    );
  });

  it('is on the fitted half never worse than the present thresholds where these reach the target', () => {
    fc.assert(
      fc.property(
        arbitraryScoredTable({ minMembers: 1 }),
        fc.constantFrom(0.4, 0.7, 1),
        (arbitrary, targetPrecision) => {
          const { reached, fitted, proposals } = tuneUnion(arbitrary, { targetPrecision });
          const { before, after } = fitted;
          const wasReached = (before.precision ?? 0) >= targetPrecision;
          expect(reached || !wasReached).toBe(true);
          expect(after.recall ?? 0).toBeGreaterThanOrEqual(wasReached ? (before.recall ?? 0) : 0);
          expect(after.precision ?? 0).toBeGreaterThanOrEqual(reached ? targetPrecision - 1e-9 : 0);
          expect(reached || proposals.length === 0).toBe(true);
          for (const { from, to } of proposals) expect(to).not.toBe(from);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('says when no thresholds reach the target', () => {
    const labels = [0, 0, 0, 0] as const;
    const members = [{ name: 'a', threshold: 0.5, column: column(labels, (_, i) => i) }];
    expect(tuneUnion({ labels, members }, { targetPrecision: 0.9 })).toMatchObject({ reached: false, proposals: [] });
  });

  it('refuses a target that is no precision and a seed that is none', () => {
    expect(() => tuneUnion(table, { targetPrecision: 0.9, seed: 0 })).toThrow(
      expect.objectContaining({ code: 'EVAL_COUNT_INVALID' }),
    );
    for (const targetPrecision of [0, 1.1, Number.NaN]) {
      expect(() => tuneUnion(table, { targetPrecision })).toThrow(
        expect.objectContaining({ code: 'EVAL_RATE_INVALID' }),
      );
    }
  });
});

describe('clusterHalves', () => {
  it('keeps a cluster in one half, and the halves about as large', () => {
    const clusters = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? null : `c${i % 50}`));
    const [fitted, heldOut] = clusterHalves(clusters, { examples: 300, seed: 1 });
    expect([...fitted, ...heldOut].toSorted((a, b) => a - b)).toEqual(clusters.map((_, i) => i));
    const names = (half: readonly number[]): Set<string> => new Set(half.flatMap((i) => clusters[i] ?? []));
    expect([...names(fitted)].filter((name) => names(heldOut).has(name))).toEqual([]);
    expect(Math.abs(fitted.length - heldOut.length)).toBeLessThanOrEqual(10);
  });
});
