import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedMember, expectedCost, isAskedInFull, learnOrder } from './early-stop.ts';
import { RecentPositives } from './recent-positives.ts';

/** Rows like 'ab', '', 'b': who is positive on an example. */
function windowOf(members: readonly AskedMember[], rows: readonly string[], limit?: number): RecentPositives {
  const recent = new RecentPositives(members.length, limit);
  for (const row of rows) recent.add(members.map(({ name }) => row.includes(name)));
  return recent;
}

function membersOf(costs: readonly number[]): AskedMember[] {
  return costs.map((cost, m) => ({ name: 'abcdef'[m]!, cost }));
}

function namesOf(order: readonly number[], members: readonly AskedMember[]): string {
  return order.map((m) => members[m]!.name).join('');
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** The definition: ask one after the other. */
function costByAsking(order: readonly number[], members: readonly AskedMember[], rows: readonly string[]): number {
  const costs = rows.map((row) => {
    const first = order.findIndex((m) => row.includes(members[m]!.name));
    const asked = first < 0 ? order : order.slice(0, first + 1);
    return asked.reduce((sum, m) => sum + members[m]!.cost, 0);
  });
  return costs.reduce((a, b) => a + b, 0) / rows.length;
}

const row = fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']).map((names) => names.join(''));
const rows = fc.array(row, { minLength: 1, maxLength: 70 });
const costs = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 });

describe('learnOrder', () => {
  it('asks first who is positive most often for its cost', () => {
    const members = membersOf([1, 1, 4]);
    // a is positive on 1, b on 2, c on 4 for four times the cost; after b, c is the only one with anything left.
    expect(namesOf(learnOrder(members, windowOf(members, ['a', 'bc', 'bc', 'c', 'c'])), members)).toBe('bac');
    // Where a is positive b is, too: after b there is nothing left for a, so c comes before it.
    expect(namesOf(learnOrder(members, windowOf(members, ['ab', 'ab', 'b', 'c', ''])), members)).toBe('bca');
  });

  it('keeps the order of the suite without full verdicts, and where no other is cheaper', () => {
    const members = membersOf([3, 2, 1]);
    expect(learnOrder(members, windowOf(members, []))).toEqual([0, 1, 2]);
    expect(learnOrder(members, windowOf(members, ['', '']))).toEqual([0, 1, 2]);
  });

  it('asks first who costs nothing, the most often positive of them before the others', () => {
    const members = membersOf([1, 0, 0, 1]);
    expect(namesOf(learnOrder(members, windowOf(members, ['a', 'a', 'bc', 'c', 'd'])), members)).toBe('cbad');
  });

  it('breaks ties by name, wherever the members stand', () => {
    const members = ['c', 'b', 'a', 'd'].map((name) => ({ name, cost: 1 }));
    expect(namesOf(learnOrder(members, windowOf(members, ['d', 'd', 'a', 'b', 'c'])), members)).toBe('dabc');
  });

  it('forgets what is older than the window', () => {
    const members = membersOf([1, 1]);
    const old = Array.from({ length: 40 }, () => 'b');
    const recent = Array.from({ length: 32 }, () => 'a');
    expect(learnOrder(members, windowOf(members, [...old, ...recent], 32))).toEqual([0, 1]);
    expect(learnOrder(members, windowOf(members, [...recent, ...old], 32))).toEqual([1, 0]);
  });

  it('costs no more than the order of the suite, and less than four times the best (property)', () => {
    fc.assert(
      fc.property(costs, rows, (drawn, said) => {
        const members = membersOf(drawn);
        const recent = windowOf(members, said);
        const all = permutations(members.map((_, m) => m)).map((order) => expectedCost(order, members, recent)!);
        const learned = expectedCost(learnOrder(members, recent), members, recent)!;
        expect(learned).toBeLessThanOrEqual(
          expectedCost(
            members.map((_, m) => m),
            members,
            recent,
          )! + 1e-9,
        );
        expect(learned).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        expect(learned).toBeLessThanOrEqual(4 * Math.min(...all) + 1e-9);
      }),
    );
  });

  it('is the best order of all in most windows, and where it is not nearly so', { tags: ['slow'] }, () => {
    const members6 = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 });
    const drawn = fc.sample(fc.tuple(members6, fc.array(row, { minLength: 20, maxLength: 70 })), {
      numRuns: 300,
      seed: 5,
    });
    const ratios = drawn.map(([drawnCosts, said]) => {
      const members = membersOf(drawnCosts);
      const recent = windowOf(members, said);
      const all = permutations([0, 1, 2, 3, 4, 5]).map((order) => expectedCost(order, members, recent)!);
      return expectedCost(learnOrder(members, recent), members, recent)! / Math.min(...all);
    });
    // Measured over these 300 windows: the best in 93 %, on average .1 % above it, 3.6 % at worst.
    expect(ratios.filter((ratio) => ratio < 1 + 1e-9).length).toBeGreaterThan(270);
    expect(Math.max(...ratios)).toBeLessThan(1.05);
  });
});

describe('expectedCost', () => {
  it('is the cost of asking one after the other (property)', () => {
    fc.assert(
      fc.property(costs, rows, (drawn, said) => {
        const members = membersOf(drawn);
        const order = members.map((_, m) => m).toReversed();
        expect(expectedCost(order, members, windowOf(members, said))).toBeCloseTo(
          costByAsking(order, members, said),
          9,
        );
      }),
    );
  });

  it('returns null for an empty window', () => {
    expect(expectedCost([0], membersOf([1]), new RecentPositives(1))).toBeNull();
  });
});

describe('isAskedInFull', () => {
  it('takes its share of the keys, and every key of a smaller share', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `mail-${i}`);
    const tenth = keys.filter((key) => isAskedInFull(key, 0.1));
    const fifth = new Set(keys.filter((key) => isAskedInFull(key, 0.2)));
    expect(tenth.length / keys.length).toBeCloseTo(0.1, 1);
    expect(tenth.every((key) => fifth.has(key))).toBe(true);
    expect(keys.some((key) => isAskedInFull(key, 0))).toBe(false);
    expect(keys.every((key) => isAskedInFull(key, 1))).toBe(true);
  });
});
