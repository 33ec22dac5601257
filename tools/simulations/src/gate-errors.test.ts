import { createRandom, gate, type JudgementTable } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { createAskedGate, RULES } from './asked-gate.ts';
import { drawPositives, type DrawnPositives } from './clustered-positives.ts';
import { BUDGET, effectiveEvidence, FLOOR, type GateErrors, simulateBoundary } from './gate-errors.ts';

/** The drawn positives as examples that a gate can be asked with. */
function tableOf({ unique, others, clusters }: DrawnPositives): JudgementTable {
  const examples = Array.from(clusters, (_, i) => i);
  const isUnique = examples.map((i) => has(unique.true, i) || has(unique.false, i));
  return {
    labels: examples.map((i) => (has(unique.true, i) || has(others.true, i) ? 1 : 0)),
    members: [
      { name: 'others', judgements: isUnique.map((one) => (one ? 0 : 1)) },
      { name: 'candidate', judgements: isUnique.map((one) => (one ? 1 : 0)) },
    ],
  };
}

function has(column: Uint32Array, i: number): boolean {
  return ((column[i >>> 5]! >>> (i & 31)) & 1) === 1;
}

function meanPass(errors: readonly GateErrors[], mode: GateErrors['mode'], uniquePrecision: number): number {
  const rows = errors.filter((row) => row.mode === mode && row.uniquePrecision === uniquePrecision);
  return rows.reduce((sum, { shares }) => sum + shares.pass, 0) / rows.length;
}

describe('createAskedGate', () => {
  it('decides as gate does, near-copies included', { tags: ['slow'] }, () => {
    const random = createRandom(5);
    const asked = createAskedGate(RULES);
    for (const uniquePrecision of [0.6, 0.8, 0.9, 1]) {
      const truth = { uniquePrecision, precisionWithout: 0.985, uniqueShare: 0.2, positives: 600, isClustered: true };
      const drawn = drawPositives(truth, random);
      const { decision } = gate(tableOf(drawn), { candidate: 'candidate', rules: RULES, clusters: drawn.clusters });
      expect(asked(effectiveEvidence(drawn))).toBe(decision);
    }
  });
});

describe('simulateBoundary', () => {
  it.each([
    ['floor', FLOOR, 0.2],
    ['budget', BUDGET, 0.1],
  ] as const)(
    'finds the gate calibrated at the %s, misled by near-copies, and put right by the design effect',
    { tags: ['slow'] },
    (_, boundary, asked) => {
      const errors = simulateBoundary(boundary, { seed: 1, scale: 0.1 }, createRandom(1));
      const [below, at, above] = boundary.uniquePrecisions as [number, number, number];
      // 4 × 40 splits: four standard errors are about .12.
      expect(Math.abs(meanPass(errors, 'independent', at) - asked)).toBeLessThan(0.12);
      expect(meanPass(errors, 'independent', below)).toBeLessThan(asked / 2);
      expect(meanPass(errors, 'independent', above)).toBeGreaterThan(0.5);
      expect(meanPass(errors, 'near-copies, not told', at)).toBeGreaterThan(asked + 0.12);
      expect(meanPass(errors, 'near-copies, design effect', at)).toBeLessThan(asked + 0.05);
    },
  );
});
