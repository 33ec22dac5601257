import type { Commit } from './git-log.ts';

/** The commits of the base, oldest first on the line of first parents, and what each of these has brought. */
export interface BaseHistory {
  readonly commits: ReadonlyMap<string, Commit>;
  /** Place on the line of first parents, 0 the oldest, of the commit by which another came. */
  readonly place: ReadonlyMap<string, number>;
  /** The line of first parents, oldest first. */
  readonly line: readonly Commit[];
  /** Per place: commits that came by it, without itself; empty unless it is a merge. */
  readonly brought: readonly (readonly Commit[])[];
  /** Per place: how many commits there were by then. */
  readonly until: readonly number[];
}

/** Orders the commits of a base, so that every question about one of them is a look into a map. */
export function baseHistory(commits: readonly Commit[], head: string): BaseHistory {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const line: Commit[] = [];
  for (let commit = byId.get(head); commit !== undefined; commit = byId.get(commit.parents[0] ?? '')) line.push(commit);
  line.reverse();
  const place = new Map(line.map(({ id }, i) => [id, i]));
  const brought = line.map(({ parents }, i) => {
    const came: Commit[] = [];
    const next = parents.slice(1);
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      const commit = byId.get(id);
      if (commit === undefined || place.has(id)) continue;
      place.set(id, i);
      came.push(commit);
      next.push(...commit.parents);
    }
    return came;
  });
  let count = 0;
  const until = brought.map((came) => (count += 1 + came.length));
  return { commits: byId, place, line, brought, until };
}

/** Where a branch stands beside its base. */
export interface BranchHistory {
  /** Commits that the base does not have. */
  readonly ahead: readonly Commit[];
  /** Commits that the base has and the branch has not. */
  readonly behind: number;
  /** The newest commit of the base that the branch has; `null` when they share none. */
  readonly fork: string | null;
}

/**
 * Compares a branch with its base.
 *
 * @param open - All commits that branches have and the base has not, by id.
 */
export function branchHistory(
  tip: string,
  { base, open }: { readonly base: BaseHistory; readonly open: ReadonlyMap<string, Commit> },
): BranchHistory {
  const ahead = reachable(tip, open);
  const edge = new Set(ahead.flatMap(({ parents }) => parents.filter((id) => base.commits.has(id))));
  const places = [...edge].map((id) => ({ id, place: base.place.get(id) ?? -1 }));
  const onLine = places.filter(({ id, place }) => base.line[place]?.id === id);
  const last = Math.max(-1, ...onLine.map(({ place }) => place));
  // A commit of the line has behind it whatever came by then, so only what came later has to be walked.
  const later = places.filter(({ place }) => place > last);
  const walked = new Set(later.flatMap(({ id }) => reachable(id, base.commits).map((commit) => commit.id)));
  const extra = [...walked].filter((id) => (base.place.get(id) ?? -1) > last);
  const time = (id: string): number => base.commits.get(id)?.committedMs ?? 0;
  const ends = [...(last < 0 ? [] : [base.line[last]!.id]), ...later.map(({ id }) => id)];
  return {
    ahead,
    behind: base.commits.size - (base.until[last] ?? 0) - extra.length,
    fork: ends.toSorted((a, b) => time(b) - time(a))[0] ?? null,
  };
}

/** A commit and all behind it that are known. */
export function reachable(id: string, commits: ReadonlyMap<string, Commit>): Commit[] {
  const seen = new Set<string>();
  const found: Commit[] = [];
  const next = [id];
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    const commit = commits.get(each);
    if (commit === undefined || seen.has(each)) continue;
    seen.add(each);
    found.push(commit);
    next.push(...commit.parents);
  }
  return found;
}
