import { parseQuery, type EvidenceQuery } from '@clamor/store';

import type { Commit } from './git-log.ts';
import { reachable } from './history.ts';

/** A look at a gate that a branch has logged. */
export interface GateLook {
  readonly kind: 'gate' | 'change' | 'joint';
  readonly when: string;
  readonly dataset: string;
  readonly split: string;
  readonly decision: string;
  readonly isAccepted: boolean;
  /** Whether what judges was changed after it was logged. */
  readonly isStale: boolean;
}

/** A log of evidence, as far as it can be read. */
export interface EvidenceFiles {
  readonly queries: readonly (EvidenceQuery & { readonly path: string })[];
  /** `path: what is wrong` */
  readonly faults: readonly string[];
}

/** Reads files of a log by path; a broken one is told, and the others count. */
export function parseEvidence(files: ReadonlyMap<string, string>): EvidenceFiles {
  const queries: (EvidenceQuery & { path: string })[] = [];
  const faults: string[] = [];
  for (const [path, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const query = parseQuery(path.slice(path.lastIndexOf('/') + 1), text);
    if (typeof query === 'string') faults.push(`${path}: ${query}`);
    else queries.push({ ...query, path });
  }
  return { queries: queries.toSorted((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0)), faults };
}

/** What {@link gateLooks} takes besides the queries. */
export interface GateLooksOptions {
  /** Short name. */
  readonly member: string;
  /** Commits of the branch. */
  readonly ahead: readonly Commit[];
  /** Whether a path may decide how the member judges. */
  readonly isJudging: (path: string) => boolean;
}

/**
 * The looks at a gate that name a member, oldest first.
 *
 * The log says which scores were looked at, by a hash that only the scores give again. What git can tell is order: a look is stale when
 * a commit that has not the look behind or in it changes what judges.
 */
export function gateLooks(
  queries: EvidenceFiles['queries'],
  { member, ahead, isJudging }: GateLooksOptions,
): readonly GateLook[] {
  const commits = new Map(ahead.map((commit) => [commit.id, commit]));
  const judging = ahead.filter(({ changes }) => changes.some(({ path }) => isJudging(path)));
  return queries.flatMap((query) => {
    const { kind, when, dataset, split, members, outcome, path } = query;
    if ((kind !== 'gate' && kind !== 'change' && kind !== 'joint') || !members.includes(member)) return [];
    const logged = ahead.find(({ changes }) => changes.some((change) => change.path === path));
    const covered = new Set(logged === undefined ? [] : reachable(logged.id, commits).map(({ id }) => id));
    return [
      {
        kind,
        when,
        dataset,
        split,
        decision: String(outcome['decision'] ?? 'unknown'),
        isAccepted: outcome['accepted'] === true,
        isStale: judging.some(({ id }) => !covered.has(id)),
      },
    ];
  });
}
