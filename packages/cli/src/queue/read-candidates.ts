import type { QueueCandidate } from '@clamor/report';

import { type BranchMember, branchMembers, manifestsToRead } from './branch-members.ts';
import { candidateBlocks, candidateNotes } from './candidate-blocks.ts';
import {
  artifactHash,
  artifactPath,
  candidateFacts,
  parseRecord,
  readChangesetTexts,
  type ReadRecord,
} from './candidate-facts.ts';
import { parseEvidence } from './gate-looks.ts';
import { readObjects } from './git-objects.ts';
import { type MergeCheck, checkMerges, mayMeet } from './merge-check.ts';
import { type OpenBranch, readTreeChanges, type TreeChange } from './open-branches.ts';
import type { Refs } from './read-refs.ts';
import { foldersOf, joinPath, parseManifest, type RawManifest, type SuiteTree } from './suite-packages.ts';

/** What is open, and what could not be read of it. */
export interface OpenCandidates {
  readonly candidates: readonly QueueCandidate[];
  /** Branches whose content the base has already. */
  readonly finished: readonly string[];
  /** Branches that share no commit with the base. */
  readonly unrelated: readonly string[];
  readonly faults: readonly string[];
}

/** What {@link readCandidates} takes besides the branches. */
export interface ReadCandidatesOptions {
  readonly refs: Refs;
  readonly tree: SuiteTree;
}

/** A branch with the members of the suite that it is about. */
interface TouchingBranch {
  readonly branch: OpenBranch;
  readonly changes: readonly TreeChange[];
  readonly members: readonly BranchMember[];
}

/**
 * The candidates on branches: which members they are about and what stands between them and the base. A dozen git processes,
 * and one per branch that has to be merged to see whether it can be.
 *
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function readCandidates(
  branches: readonly OpenBranch[],
  { refs, tree }: ReadCandidatesOptions,
): Promise<OpenCandidates> {
  const touching = await findTouching(branches, { refs, tree });
  const merges = await checkMerges(await tipsToMerge(touching, { refs, tree }), {
    cwd: refs.top,
    base: refs.base.commit,
  });
  const open = touching.filter(({ branch }) => merges.get(branch.tip)?.isInBase !== true);
  const files = await readFiles(open, { refs, tree });
  const faults: string[] = [];
  const hasChangesets = tree.paths.includes('.changeset/config.json');
  const candidates = open.flatMap(({ branch, changes, members }) => {
    const textsOf = (isWanted: (path: string) => boolean): Map<string, string> =>
      new Map(
        present(changes)
          .filter(isWanted)
          .flatMap((path) => {
            const bytes = files.texts.get(`${branch.tip}:${path}`);
            return bytes === undefined ? [] : [[path, bytes.toString('utf8')] as const];
          }),
      );
    const evidence = parseEvidence(textsOf((path) => isEvidence(path, tree)));
    const changesets = readChangesetTexts(textsOf(isChangeset));
    const where = (fault: string): string => `${branch.name}: ${fault}`;
    faults.push(...evidence.faults.map(where), ...changesets.faults.map(where));
    const merge: MergeCheck = merges.get(branch.tip) ?? { conflicts: [], isInBase: false };
    return members.map((member) => {
      const record = files.records.get(`${branch.tip}:${recordPath(member)}`) ?? parseRecord(undefined);
      const before = files.records.get(`${branch.fork}:${recordPath(member)}`);
      const artifact = artifactPath(member.folder, record);
      const facts = candidateFacts({
        branch,
        member,
        suite: tree.suite,
        suitePackage: tree.package,
        base: refs.base.name,
        isOnBase: tree.members.some(({ folder }) => folder === member.folder),
        record,
        recordBefore: before !== undefined && 'record' in before ? before.record : null,
        artifactFound: (artifact === null ? undefined : files.artifacts.get(`${branch.tip}:${artifact}`)) ?? null,
        evidence: evidence.queries,
        changesets: hasChangesets ? changesets.said : null,
        merge,
      });
      return {
        ...standing(branch, member, refs),
        blocks: candidateBlocks(facts),
        notes: candidateNotes(facts),
      };
    });
  });
  return {
    candidates: candidates.toSorted(byReadiness),
    finished: touching.filter((one) => !open.includes(one)).map(({ branch }) => branch.name),
    unrelated: branches.filter(({ fork }) => fork === null).map(({ name }) => name),
    faults,
  };
}

/** Ready ones first, then the one that has waited longest. */
function byReadiness(a: QueueCandidate, b: QueueCandidate): number {
  const ready = Number(a.blocks.length > 0) - Number(b.blocks.length > 0);
  if (ready !== 0) return ready;
  const [first, second] = [`${a.openedAt} ${a.branch} ${a.member}`, `${b.openedAt} ${b.branch} ${b.member}`];
  return first < second ? -1 : 1;
}

function standing(
  branch: OpenBranch,
  member: BranchMember,
  { isShallow }: Refs,
): Omit<QueueCandidate, 'blocks' | 'notes'> {
  const [opened, last] = [
    Math.min(...branch.ahead.map(({ authoredMs }) => authoredMs)),
    branch.ahead.find(({ id }) => id === branch.tip)?.committedMs ?? 0,
  ];
  return {
    branch: branch.name,
    aliases: branch.aliases,
    commit: branch.tip,
    member: member.member,
    package: member.package,
    change: member.change,
    owner: (member.manifest ?? member.before)?.clamor?.owner ?? null,
    author: branch.author,
    subject: branch.subject,
    openedAt: new Date(opened).toISOString(),
    lastCommitAt: new Date(last).toISOString(),
    ahead: branch.ahead.length,
    behind: isShallow ? null : branch.behind,
  };
}

async function findTouching(
  branches: readonly OpenBranch[],
  { refs, tree }: ReadCandidatesOptions,
): Promise<TouchingBranch[]> {
  const related = branches.filter(
    ({ fork, ahead }) => fork !== null && ahead.some(({ changes }) => manifestsToRead(changes, tree).length > 0),
  );
  const all = await readTreeChanges(related, refs.top);
  const found = related.map((branch) => {
    const changes = all.get(branch.tip) ?? [];
    return { branch, changes, paths: manifestsToRead(changes, tree) };
  });
  const names = found.flatMap(({ branch, paths }) =>
    paths.flatMap((path) => [`${branch.tip}:${path}`, `${branch.fork}:${path}`]),
  );
  const read = await readObjects(names, parseManifest, { cwd: refs.top });
  return found.flatMap(({ branch, changes, paths }) => {
    const at = (commit: string | null): Map<string, RawManifest | null> =>
      new Map(paths.map((path) => [path, read.get(`${commit}:${path}`) ?? null]));
    const manifests = { before: at(branch.fork), after: at(branch.tip) };
    const members = branchMembers(changes, { suite: tree.suite, manifests });
    return members.length === 0 ? [] : [{ branch, changes, members }];
  });
}

/** Tips of which only a merge tells whether they merge: most branches share no file with what the base did meanwhile. */
async function tipsToMerge(
  touching: readonly TouchingBranch[],
  { refs: { top, base }, tree }: ReadCandidatesOptions,
): Promise<string[]> {
  const behind = touching.filter(({ branch }) => branch.behind > 0);
  // From the base back to the fork, so that one side of each pair is the fork, which names the answer.
  const pairs = behind.flatMap(({ branch: { fork } }) => (fork === null ? [] : [{ tip: fork, fork: base.commit }]));
  const backwards = await readTreeChanges(pairs, top);
  const sinceFork = (fork: string | null): readonly TreeChange[] =>
    (backwards.get(fork ?? '') ?? []).map(({ status, path }) => ({ status: REVERSED[status], path }));
  const folders = new Set(tree.paths.flatMap(foldersOf));
  const hasFolder = (folder: string): boolean => folders.has(folder);
  return behind
    .filter(({ branch, changes }) => mayMeet({ branch: changes, base: sinceFork(branch.fork), hasFolder }))
    .map(({ branch }) => branch.tip);
}

const REVERSED = { added: 'removed', changed: 'changed', removed: 'added' } as const;

interface CandidateFiles {
  readonly texts: ReadonlyMap<string, Buffer>;
  readonly records: ReadonlyMap<string, ReadRecord>;
  /** Hashes. */
  readonly artifacts: ReadonlyMap<string, string>;
}

/** All files of all candidates that the facts need, by `commit:path`. */
async function readFiles(
  open: readonly TouchingBranch[],
  { refs, tree }: ReadCandidatesOptions,
): Promise<CandidateFiles> {
  const cwd = refs.top;
  const texts = open.flatMap(({ branch, changes }) =>
    present(changes)
      .filter((path) => isEvidence(path, tree) || isChangeset(path))
      .map((path) => `${branch.tip}:${path}`),
  );
  const records = open.flatMap(({ branch, members }) =>
    members.flatMap((member) => [branch.tip, branch.fork].map((commit) => `${commit}:${recordPath(member)}`)),
  );
  const readRecords = await readObjects(records, parseRecord, { cwd });
  const artifacts = open.flatMap(({ branch, members }) =>
    members.flatMap((member) => {
      const path = artifactPath(member.folder, readRecords.get(`${branch.tip}:${recordPath(member)}`) ?? { fault: '' });
      return path === null ? [] : [`${branch.tip}:${path}`];
    }),
  );
  return {
    texts: await readObjects(texts, (bytes) => Buffer.from(bytes), { cwd }),
    records: readRecords,
    artifacts: await readObjects(artifacts, artifactHash, { cwd }),
  };
}

function recordPath({ folder }: BranchMember): string {
  return joinPath(folder, 'assets/record.json');
}

function present(changes: readonly TreeChange[]): string[] {
  return changes.filter(({ status }) => status !== 'removed').map(({ path }) => path);
}

/** Whether a path is a file of the log of evidence. */
export function isEvidence(path: string, { evidence }: SuiteTree): boolean {
  return (
    evidence !== null && path.startsWith(`${evidence}/`) && /^[^./][^/]*\.json$/.test(path.slice(evidence.length + 1))
  );
}

/** Whether a path is a changeset. */
export function isChangeset(path: string): boolean {
  return /^\.changeset\/(?!README\.md$)[^/]+\.md$/i.test(path);
}
