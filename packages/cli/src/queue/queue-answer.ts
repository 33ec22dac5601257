import type { QueueAnswer } from '@clamor/report';
import type { AuditEntry } from '@clamor/runtime';

import { memberStages } from './base-members.ts';
import { readChangesetTexts } from './candidate-facts.ts';
import { parseEvidence } from './gate-looks.ts';
import { readLog } from './git-log.ts';
import { readObjects } from './git-objects.ts';
import { baseHistory } from './history.ts';
import { type BaseMember, landedCandidates } from './landed.ts';
import { concurrency, leadTimes } from './lead-time.ts';
import { type OpenBranch, ownName, readOpenBranches } from './open-branches.ts';
import { isChangeset, isEvidence, type OpenCandidates, readCandidates } from './read-candidates.ts';
import type { Refs } from './read-refs.ts';
import { shortName, type SuiteTree } from './suite-packages.ts';
import { figureTrends } from './trend.ts';

/** What {@link queueAnswer} takes. */
export interface QueueAnswerOptions {
  readonly refs: Refs;
  readonly tree: SuiteTree;
  /** The audit log of the state; empty where there is none. */
  readonly log: readonly AuditEntry[];
  readonly now: Date;
  /** `null`: nothing is left out. */
  readonly since: Date | null;
}

/**
 * Reads the queue of a suite from a repository.
 *
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function queueAnswer({ refs, tree, log, now, since }: QueueAnswerOptions): Promise<QueueAnswer> {
  const { base, top, isShallow, tags } = refs;
  const history = baseHistory(await readLog([base.commit], { cwd: top }), base.commit);
  const all = await readOpenBranches(refs, history);
  // The base as a remote has it is no candidate.
  const branches = all.filter((branch) => ownName(branch) !== base.name);
  const open = await readCandidates(branches, { refs, tree });
  const from = since?.toISOString() ?? null;
  const isShown = (at: string): boolean => from === null || at >= from;

  const members = tree.members.map(({ folder, manifest }): BaseMember => {
    const name = manifest.name ?? folder;
    return { member: shortName(name, tree.suite), package: name, folder, manifest };
  });
  const { evidence, waiting, faults } = await readBaseFiles(refs, tree);
  const places = [...members.map(({ folder }) => folder), ...(tree.evidence === null ? [] : [tree.evidence])];
  const pathspecs = places.map((place) => `:(top,literal)${place === '' ? '.' : place}`);
  const line = await readLog(['--first-parent', '-m', base.commit, '--', ...pathspecs], { cwd: top, files: true });

  // What was cut off from a shallow clone would be dated by where it was cut.
  const landed = isShallow ? [] : landedCandidates(members, { history, line, evidence, tags, log });
  const candidates = open.candidates.filter(({ lastCommitAt }) => isShown(lastCommitAt));
  const trends = figureTrends(evidence, { line: line.toReversed(), members });
  const counted = landed.filter(({ mergedAt }) => isShown(mergedAt));
  return {
    at: now.toISOString(),
    since: from,
    base,
    candidates,
    members: memberStages(members, { tags, log, waiting }),
    trends: trends
      .map((trend) => ({ ...trend, openings: trend.openings.filter(({ at }) => isShown(at)) }))
      .filter(({ openings }) => openings.length > 0),
    landed: counted,
    leadTimes: leadTimes(counted),
    concurrency: concurrency(
      [
        ...open.candidates.map(({ openedAt }) => ({ from: openedAt, to: null })),
        ...landed.flatMap(({ isBranchKnown, beganAt, mergedAt }) =>
          isBranchKnown && beganAt !== null ? [{ from: beganAt, to: mergedAt }] : [],
        ),
      ],
      { from, to: now.toISOString() },
    ),
    notes: notes({ refs, tree, open, hidden: open.candidates.length - candidates.length, remoteBase: all, log }),
    faults: [...open.faults, ...faults.map((fault) => `${base.name}: ${fault}`)],
  };
}

interface BaseFiles {
  readonly evidence: ReturnType<typeof parseEvidence>['queries'];
  /** Packages that changesets name, one entry per changeset. */
  readonly waiting: readonly string[];
  readonly faults: readonly string[];
}

async function readBaseFiles({ top, base }: Refs, tree: SuiteTree): Promise<BaseFiles> {
  const paths = tree.paths.filter((path) => isEvidence(path, tree) || isChangeset(path));
  const names = new Map(paths.map((path) => [`${base.commit}:${path}`, path]));
  const texts = await readObjects([...names.keys()], (bytes) => bytes.toString('utf8'), { cwd: top });
  const files = [...texts].map(([name, text]) => [names.get(name)!, text] as const);
  const { queries, faults } = parseEvidence(new Map(files.filter(([path]) => isEvidence(path, tree))));
  const changesets = files.filter(([path]) => isChangeset(path)).map((file) => readChangesetTexts(new Map([file])));
  return {
    evidence: queries,
    waiting: changesets.flatMap(({ said }) => [...said.keys()]),
    faults: [...faults, ...changesets.flatMap((changeset) => changeset.faults)],
  };
}

interface NoteParts {
  readonly refs: Refs;
  readonly tree: SuiteTree;
  readonly open: OpenCandidates;
  /** Candidates before the date asked for. */
  readonly hidden: number;
  readonly remoteBase: readonly OpenBranch[];
  readonly log: readonly AuditEntry[];
}

function notes({ refs, tree, open, hidden, remoteBase, log }: NoteParts): string[] {
  const { base, isShallow, tags } = refs;
  const newer = remoteBase.filter((branch) => ownName(branch) === base.name);
  const isReleased = tree.members.some(({ manifest }) => tags.some(({ name }) => name.startsWith(`${manifest.name}@`)));
  return [
    ...(isShallow
      ? [
          'This clone is shallow: what came to the base, how long it took and how far branches are behind cannot be told. Get the history: git fetch --unshallow --tags.',
        ]
      : []),
    ...newer.map(({ name, ahead }) => `${name} has ${count(ahead.length, 'commit')} that ${base.name} here has not.`),
    ...(hidden === 0 ? [] : [`${count(hidden, 'open candidate')} without a commit since then left out.`]),
    ...namedNote(open.finished, `${base.name} has all of it already, by squash or rebase, so it can be deleted`),
    ...namedNote(open.unrelated, 'they share no commit with the base here, so nothing is said of them'),
    ...(tree.evidence === null
      ? [
          'No package of kind evaluation is on the base, so no log of evidence is read: name its folder with --evidence.',
        ]
      : []),
    ...(isReleased ? [] : ['No release of a member has left a tag name@version here (git fetch --tags).']),
    ...(log.length === 0 ? ['No log of the state was found: when members began to count is not known (--state).'] : []),
  ];
}

function namedNote(names: readonly string[], what: string): string[] {
  if (names.length === 0) return [];
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return [`${count(names.length, 'branch', 'branches')} (${names.slice(0, 5).join(', ')}${more}): ${what}.`];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
