import { describe, expect, it } from 'vitest';
import { advise } from './advise.ts';
import { applyMove } from './apply-move.ts';
import { columnsToTable } from '../table/columns-to-table.ts';
import { DRIFTED, plantedDrift } from '../../test/planted-drift.ts';
import { evaluate } from '../figures/evaluate.ts';

const policy = {
  precisionFloor: 0.98,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.005,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
};

describe('advise on later mail, with one member of seven drifted', () => {
  const { earlier, later } = plantedDrift(1);
  const advice = advise(later, { policy });

  it('names the drifted member first, with the suite without it', () => {
    const [first] = advice.moves;
    expect(first).toMatchObject({
      move: { kind: 'remove', member: DRIFTED },
      reason: 'low unique precision',
      evidence: { result: 'passed' },
    });
    const without = { ...later, members: later.members.filter(({ name }) => name !== DRIFTED) };
    expect(first!.suite).toEqual(evaluate(columnsToTable(without)).suite);
    expect(advice.below).toBe('precision');
  });

  it('comes above the floor again with that move alone, and names nobody else in the sequence', () => {
    expect(advice.sequence).toHaveLength(1);
    expect(advice.sequence[0]!.suite.precision).toBeGreaterThan(policy.precisionFloor);
  });

  it('finds nothing that must be done on the earlier mail, where the same member is one of seven', () => {
    const before = advise(earlier, { policy });
    expect(before.below).toBeNull();
    expect(before.sequence).toEqual([]);
    expect(before.moves[0]!.move).not.toMatchObject({ member: DRIFTED });
  });

  it('finds the drifted member whatever the draw', () => {
    for (let seed = 2; seed <= 6; seed++) {
      const [first] = advise(plantedDrift(seed).later, { policy }).moves;
      expect(first!.move).toMatchObject({ member: DRIFTED });
      expect(first!.suite).toEqual(evaluate(columnsToTable(applyMove(plantedDrift(seed).later, first!.move))).suite);
    }
  });
});
