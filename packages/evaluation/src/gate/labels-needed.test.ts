import { describe, expect, it } from 'vitest';
import { evidenceTable } from '../../test/evidence-table.ts';
import { gate } from './gate.ts';
import type { LabelsNeeded } from './outcome.ts';

const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };

function curve(unique: readonly [number, number], others: readonly [number, number]): readonly LabelsNeeded[] | null {
  return gate(evidenceTable({ unique, others }), { candidate: 'candidate', rules }).labelsNeeded;
}

describe('labelsNeeded', () => {
  it('is asked of inconclusive gates only', () => {
    expect(curve([8, 0], [534, 8])).toBeNull();
    expect(curve([17, 4], [517, 4])).toBeNull();
  });

  it('runs from the floor to 1, from never to five labels for 3/0, because 8/0 is the first that passes', () => {
    const labels = curve([3, 0], [534, 8])!;
    expect(labels.map((one) => one.assumedUniquePrecision)).toEqual([0.9, 0.92, 0.94, 0.96, 0.98, 1]);
    expect(labels[0]).toEqual({ assumedUniquePrecision: 0.9, labels: null, decision: null });
    expect(labels.at(-1)).toEqual({ assumedUniquePrecision: 1, labels: 5, decision: 'pass' });
    const wanted = labels.slice(1).map((one) => one.labels!);
    expect(wanted).toEqual(wanted.toSorted((a, b) => b - a));
  });

  it('is five for 3/0 again when nobody else has positives, where the floor alone is asked', () => {
    expect(curve([3, 0], [0, 0])!.at(-1)).toEqual({ assumedUniquePrecision: 1, labels: 5, decision: 'pass' });
  });

  // 40/3 beside 534/8: harm is open, too. At u = .9 the suite would lose .0734 · (.985 − .9) = .0062, more than the budget,
  // so labels come to a failure; at .92 it would lose .0048, and what is not known of the others keeps it open for ever.
  it(
    'comes to a failure where the assumed u loses more than the budget, and to "never" beside the boundary',
    { tags: ['slow'] },
    () => {
      const [floor, next, ...above] = curve([40, 3], [534, 8])!;
      expect(floor).toMatchObject({ decision: 'fail' });
      expect(next).toMatchObject({ labels: null, decision: null });
      expect(above.map(({ decision }) => decision)).toEqual(['pass', 'pass', 'pass', 'pass']);
    },
  );

  it('counts a label of copies by what it is worth', () => {
    // Ten copies of each example: 30 labels are worth three, and five more examples cost up to fifty labels.
    const table = evidenceTable({ unique: [30, 0], others: [5340, 80] });
    const clusters = Int32Array.from(table.labels, (_, i) => Math.floor(i / 10));
    const { labels } = gate(table, { candidate: 'candidate', rules, clusters }).labelsNeeded!.at(-1)!;
    expect(labels).toBeGreaterThan(40);
    expect(labels).toBeLessThanOrEqual(50);
  });
});
