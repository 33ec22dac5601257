import type { LandedCandidate } from '@clamor/report';
import type { AuditEntry } from '@clamor/runtime';

import { isIn, isJudging } from './branch-members.ts';
import type { EvidenceFiles } from './gate-looks.ts';
import type { Commit } from './git-log.ts';
import type { BaseHistory } from './history.ts';
import type { Tag } from './read-refs.ts';
import { joinPath, type RawManifest } from './suite-packages.ts';

/** A member of the base. */
export interface BaseMember {
  readonly member: string;
  readonly package: string;
  readonly folder: string;
  readonly manifest: RawManifest;
}

/** What {@link landedCandidates} takes besides the members. */
export interface LandedOptions {
  readonly history: BaseHistory;
  /** Commits on the line of first parents that change a member or the log of evidence, with their files, in any order. */
  readonly line: readonly Commit[];
  readonly evidence: EvidenceFiles['queries'];
  readonly tags: readonly Tag[];
  /** The audit log of the state; empty where there is none. */
  readonly log: readonly AuditEntry[];
}

/**
 * Candidates that came to the base, the newest first: every member that was added, and every change to one that came by a merge. A
 * change that was committed to the base directly was nobody's candidate.
 */
export function landedCandidates(members: readonly BaseMember[], options: LandedOptions): LandedCandidate[] {
  const { history, line } = options;
  const commits = line.flatMap((commit) => {
    const place = history.place.get(commit.id);
    return place === undefined ? [] : [{ commit, place }];
  });
  return members
    .flatMap((member) => {
      const path = joinPath(member.folder, 'package.json');
      const adding = commits
        .filter(({ commit }) => commit.changes.some((change) => change.path === path && change.status === 'added'))
        .toSorted((a, b) => b.place - a.place)[0];
      const changing = commits.filter(
        ({ commit, place }) =>
          commit.parents.length > 1 &&
          place > (adding?.place ?? -1) &&
          commit.changes.some((change) => isIn(member.folder, change.path) && isJudging(member.folder, change.path)),
      );
      return [
        ...(adding === undefined ? [] : [landed(member, { ...adding, change: 'added' }, options)]),
        ...changing.map((each) => landed(member, { ...each, change: 'changed' }, options)),
      ];
    })
    .toSorted((a, b) => (a.mergedAt > b.mergedAt ? -1 : a.mergedAt < b.mergedAt ? 1 : a.member < b.member ? -1 : 1));
}

interface Landing {
  readonly commit: Commit;
  readonly place: number;
  readonly change: LandedCandidate['change'];
}

function landed(member: BaseMember, { commit, place, change }: Landing, options: LandedOptions): LandedCandidate {
  const brought = options.history.brought[place] ?? [];
  const isBranchKnown = commit.parents.length > 1 && brought.length > 0;
  const began = Math.min(commit.authoredMs, ...brought.map(({ authoredMs }) => authoredMs));
  const mergedAt = iso(commit.committedMs);
  const ready = readyTime(member.member, { commit, brought, evidence: options.evidence });
  const released = releaseTime(member.package, { place, ...options });
  const active = change === 'added' ? activeTime(member, { after: mergedAt, log: options.log }) : NOBODY_KNOWS;
  return {
    member: member.member,
    package: member.package,
    change,
    owner: member.manifest.clamor?.owner ?? null,
    isBranchKnown,
    beganAt: iso(began),
    readyAt: ready.at,
    mergedAt,
    releasedAt: released.at,
    activeAt: active.at,
    unknown: [
      ...(isBranchKnown
        ? []
        : ['It came by no merge (squash, rebase or a commit on the base), so its branch is lost.']),
      ...[ready, released, active].flatMap(({ why }) => (why === null ? [] : [why])),
    ],
  };
}

/** A time, or why there is none; `why: null` where nothing is missing. */
interface KnownTime {
  readonly at: string | null;
  readonly why: string | null;
}

const NOBODY_KNOWS: KnownTime = {
  at: null,
  why: 'A changed member counts as soon as a host installs it, which nobody records.',
};

function readyTime(
  member: string,
  { commit, brought, evidence }: { commit: Commit; brought: readonly Commit[]; evidence: LandedOptions['evidence'] },
): KnownTime {
  const logged = new Set(commit.changes.filter(({ status }) => status === 'added').map(({ path }) => path));
  const passes = evidence.filter(
    ({ kind, members, outcome, path }) =>
      logged.has(path) &&
      (kind === 'gate' || kind === 'change' || kind === 'joint') &&
      members.includes(member) &&
      outcome['decision'] === 'pass',
  );
  const [first] = passes;
  if (first === undefined) return { at: null, why: 'No pass at a gate came with it.' };
  const last = Math.max(Date.parse(first.when), ...brought.map(({ committedMs }) => committedMs));
  return last <= commit.committedMs
    ? { at: iso(last), why: null }
    : { at: null, why: 'Its pass at the gate is dated after its merge.' };
}

function releaseTime(
  name: string,
  { place, history, tags }: Pick<LandedOptions, 'history' | 'tags'> & { readonly place: number },
): KnownTime {
  const own = tags.filter((tag) => tag.name.startsWith(`${name}@`));
  if (own.length === 0) return { at: null, why: 'There is no tag of a release of it (name@version).' };
  const later = own
    .map((tag) => ({ tag, place: history.place.get(tag.commit) ?? -1 }))
    .filter((one) => one.place >= place)
    .toSorted((a, b) => a.place - b.place || a.tag.createdMs - b.tag.createdMs)[0];
  if (later === undefined) return { at: null, why: 'No tag of a release of it is on its merge or after it.' };
  return { at: iso(later.tag.createdMs), why: null };
}

/** When a member that ships in shadow was first made to count, by the state. */
function activeTime(
  { member, manifest }: BaseMember,
  { after, log }: { readonly after: string; readonly log: readonly AuditEntry[] },
): KnownTime {
  if (log.length === 0) return { at: null, why: 'There is no log of the state that would say when it began to count.' };
  const modeIn = (state: AuditEntry['after']): string => {
    const slot = Object.hasOwn(state.members, member) ? state.members[member] : undefined;
    return slot?.mode ?? manifest.clamor?.mode ?? 'active';
  };
  const entry = log.find(
    (each) => each.at >= after && modeIn(each.before) !== 'active' && modeIn(each.after) === 'active',
  );
  if (entry !== undefined) return { at: entry.at, why: null };
  if (manifest.clamor?.mode === 'shadow') return { at: null, why: 'The log of the state has not made it count yet.' };
  return { at: null, why: 'It counts as soon as a host installs it, which nobody records.' };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
