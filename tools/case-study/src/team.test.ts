import { createRandom } from '@clamor/evaluation';
import { describe, expect, it } from 'vitest';
import { baseName, kindsOf, runName, subsetOf } from './fit-sets.ts';
import { KINDS } from './kinds.ts';
import type { StudyMail } from './mails.ts';
import { GENERAL, REPEATS } from './plan.ts';
import { simulateTeam } from './simulate-team.ts';
import { teamRows } from './team-figures.ts';

// 300 hams and 300 spams, 20 of each kind, half of them measured; scores are drawn, higher for the spam that a model knows.
const MAILS: StudyMail[] = Array.from({ length: 600 }, (_, i) => ({
  id: String(i),
  label: i < 300 ? 0 : 1,
  cluster: String(i),
  role: i % 2 === 0 ? 'train' : 'measured',
  kind: i < 300 ? null : (KINDS[Math.floor((i - 300) / 20)]?.name ?? 'other'),
}));
const random = createRandom(7);
const column = (known: readonly string[]) =>
  Float32Array.from(MAILS, ({ kind }) => random() * 4 + (kind === null ? 0 : known.includes(kind) ? 4 : 1.5));
const SETS = new Map([
  ['team-base', new Map(GENERAL.map((name) => [baseName(name, 0), column(['other'])]))],
  ['team-joint-0', new Map(Array.from({ length: 64 }, (_, s) => [String(s), column([...kindsOf(s), 'other'])]))],
  ...KINDS.map(({ name }) => [`new-${name}`, new Map([[runName('all', 0), column([name])]])] as const),
]);
const POLICY = { precisionFloor: 0.95, uniquePrecisionFloor: 0.8 };
const RUNS = simulateTeam({
  mails: MAILS,
  repeats: REPEATS,
  columns: (name) => SETS.get(name)!,
  rules: { policy: POLICY, spendShare: 2 / 3 },
  gateRules: { lossBudget: 0.02, meritFloor: 0.8, harmConfidence: 0.8, meritConfidence: 0.7 },
  orders: 6,
});

describe('simulateTeam', () => {
  it('works through six deliveries in every order, way and rule', () => {
    expect(RUNS).toHaveLength(6 * 3 * 2);
    for (const { deliveries, rounds } of RUNS) {
      expect(deliveries.map(({ kind }) => kind).toSorted()).toEqual(KINDS.map(({ name }) => name).toSorted());
      expect(rounds.map(({ delivered }) => delivered)).toEqual([0, 2, 4, 6]);
    }
  });

  it('never takes a positive away where members join', () => {
    const suites = RUNS.filter(({ way }) => way === 'suite');
    expect(suites.some(({ merges }) => merges.length > 0)).toBe(true);
    for (const { merges, rounds } of suites) {
      for (const { changed } of merges) expect([changed.spamLost, changed.goneFalse]).toEqual([0, 0]);
      for (const [r, { recall }] of rounds.entries()) expect(recall).toBeGreaterThanOrEqual(rounds[r - 1]?.recall ?? 0);
    }
  });

  it('redoes the second of a round exactly when the first was merged, where each retrains on a branch', () => {
    const joints = RUNS.filter(({ way }) => way === 'joint');
    expect(joints.some(({ deliveries }) => deliveries.some(({ isRedone }) => isRedone))).toBe(true);
    for (const { deliveries, fits } of joints) {
      for (const first of [0, 2, 4]) {
        expect(deliveries[first]!.isRedone).toBe(false);
        expect(deliveries[first + 1]!.isRedone).toBe(deliveries[first]!.isMerged);
      }
      expect(fits).toBe(6 + deliveries.filter(({ isRedone }) => isRedone).length);
    }
  });

  it('fits three times and decides for both where a round is pooled', () => {
    for (const { deliveries, fits } of RUNS.filter(({ way }) => way === 'joint, pooled')) {
      expect(fits).toBe(3);
      for (const first of [0, 2, 4]) expect(deliveries[first]!.decision).toBe(deliveries[first + 1]!.decision);
    }
  });

  it('merges what passed, and what is inconclusive only unless refuted', () => {
    for (const { accepting, deliveries } of RUNS) {
      for (const { decision, isMerged } of deliveries) {
        const isAllowed = decision === 'pass' || (decision === 'inconclusive' && accepting === 'unless refuted');
        expect(isMerged).toBe(isAllowed);
      }
    }
  });
});

describe('teamRows', () => {
  it('gives means over the orders', () => {
    const row = teamRows(RUNS).find(({ way, accepting }) => way === 'joint, pooled' && accepting === 'when shown');
    expect(row?.orders).toBe(6);
    expect(row?.counts.fits).toEqual({ mean: 3, lowest: 3, highest: 3 });
  });
});

describe('subsetOf', () => {
  it('turns kinds into bits, the first kind being the lowest, and back', () => {
    expect(subsetOf(['advance-fee', 'health'])).toBe(0b101);
    expect(kindsOf(0b101)).toEqual(['advance-fee', 'health']);
    for (let subset = 0; subset < 64; subset++) expect(subsetOf(kindsOf(subset))).toBe(subset);
  });
});
