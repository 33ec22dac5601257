import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Commit } from './git-log.ts';
import { baseHistory, branchHistory, reachable } from './history.ts';

function commit(id: string, parents: readonly string[], committedMs = Number(id.replaceAll(/\D/g, ''))): Commit {
  return { id, parents, authoredMs: committedMs, committedMs, changes: [] };
}

describe('baseHistory', () => {
  it('knows the line of first parents and what every merge has brought', () => {
    // 1 ─ 2 ─── 5 ─ 6, and 1 ─ 3 ─ 4 ─ 5
    const commits = [
      commit('6', ['5']),
      commit('5', ['2', '4']),
      commit('4', ['3']),
      commit('3', ['1']),
      commit('2', ['1']),
      commit('1', []),
    ];
    const { line, brought, place, until } = baseHistory(commits, '6');
    expect(line.map(({ id }) => id)).toEqual(['1', '2', '5', '6']);
    expect(brought.map((came) => came.map(({ id }) => id))).toEqual([[], [], ['4', '3'], []]);
    expect([place.get('3'), place.get('6')]).toEqual([2, 3]);
    expect(until).toEqual([1, 2, 5, 6]);
  });
});

describe('branchHistory', () => {
  it('is forked where it last took from the base', () => {
    const base = baseHistory([commit('4', ['2']), commit('2', ['1']), commit('1', [])], '4');
    // From 1, and the base's 2 was merged into it.
    const open = new Map([commit('3', ['1']), commit('5', ['3', '2'])].map((each) => [each.id, each]));
    const { ahead, behind, fork } = branchHistory('5', { base, open });
    expect([ahead.map(({ id }) => id).toSorted(), behind, fork]).toEqual([['3', '5'], 1, '2']);
  });

  it('has no fork where nothing is shared', () => {
    const base = baseHistory([commit('1', [])], '1');
    const open = new Map([['9', commit('9', [])]]);
    expect(branchHistory('9', { base, open })).toMatchObject({ behind: 1, fork: null });
  });

  /** A graph of commits, each with one or two parents among those before it. */
  const graph = fc.array(fc.tuple(fc.nat(), fc.option(fc.nat())), { minLength: 2, maxLength: 24 }).map((drawn) =>
    drawn.map(([first, second], i) => {
      const parents = i === 0 ? [] : [first % i, ...(second === null ? [] : [second % i])];
      return commit(
        `c${i}`,
        [...new Set(parents)].map((parent) => `c${parent}`),
        i,
      );
    }),
  );

  it('counts ahead and behind as the difference of two sets', () => {
    fc.assert(
      fc.property(graph, fc.nat(), (commits, drawn) => {
        const all = new Map(commits.map((each) => [each.id, each]));
        const idsOf = (id: string): Set<string> => new Set(reachable(id, all).map((each) => each.id));
        const head = commits.at(-1)!.id;
        const tip = commits[drawn % commits.length]!.id;
        const onBase = idsOf(head);
        // A branch beside the base: what the base has not is a new commit on the tip, and one on something else.
        const own = [commit('x1', [tip], 100), commit('x2', ['x1', commits[0]!.id], 101)];
        const base = baseHistory(
          [...all.values()].filter(({ id }) => onBase.has(id)),
          head,
        );
        const outside = commits.filter(({ id }) => !onBase.has(id));
        const open = new Map([...outside, ...own].map((each) => [each.id, each]));
        const branch = branchHistory('x2', { base, open });
        const onBranch = new Set([...idsOf(tip), ...idsOf(commits[0]!.id), 'x1', 'x2']);
        expect(new Set(branch.ahead.map(({ id }) => id))).toEqual(onBranch.difference(onBase));
        expect(branch.behind).toBe(onBase.difference(onBranch).size);
        // The fork is shared, and no shared commit comes after it.
        const shared = onBase.intersection(onBranch);
        expect(shared.has(branch.fork!)).toBe(true);
        expect([...shared].some((id) => id !== branch.fork && idsOf(id).has(branch.fork!))).toBe(false);
      }),
    );
  });
});
