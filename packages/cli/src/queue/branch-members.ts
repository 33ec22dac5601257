import type { CandidateChange } from '@clamor/report';

import type { TreeChange } from './open-branches.ts';
import { folderOf, foldersOf, joinPath, type RawManifest, shortName, type SuiteTree } from './suite-packages.ts';

/** A member that a branch is about. */
export interface BranchMember {
  readonly folder: string;
  readonly member: string;
  readonly package: string;
  readonly change: CandidateChange;
  /** On the branch; `null` where it cannot be read. */
  readonly manifest: RawManifest | null;
  /** Where the branch was forked; `null` where it is new. */
  readonly before: RawManifest | null;
}

/** Package.json files of a branch and of its fork that must be read before its members are known: those of packages that it touches. */
export function manifestsToRead(changes: readonly TreeChange[], { isPackage }: Pick<SuiteTree, 'isPackage'>): string[] {
  const folders = new Set(changes.flatMap(({ path }) => ['', ...foldersOf(path)]));
  return [...folders].map((folder) => joinPath(folder, 'package.json')).filter(isPackage);
}

/** Package.json files by path, as they are on the branch and were at its fork; `null` for what is not there, or none. */
export interface BranchManifests {
  readonly before: ReadonlyMap<string, RawManifest | null>;
  readonly after: ReadonlyMap<string, RawManifest | null>;
}

/** The members of a suite that a branch adds, changes or removes. */
export function branchMembers(
  changes: readonly TreeChange[],
  { suite, manifests }: { readonly suite: string; readonly manifests: BranchManifests },
): BranchMember[] {
  const isMember = (manifest: RawManifest | null | undefined): boolean =>
    manifest?.clamor?.kind === 'classifier' && manifest.clamor.suite === suite;
  return [...manifests.after.keys()].toSorted().flatMap((path): BranchMember[] => {
    const [before = null, after = null] = [manifests.before.get(path), manifests.after.get(path)];
    if (!isMember(before) && !isMember(after)) return [];
    const folder = folderOf(path);
    const own = changes.filter((change) => isIn(folder, change.path));
    if (own.length === 0) return [];
    const isGone = own.some((change) => change.path === path && change.status === 'removed');
    const isOther = own.every((change) => !isJudging(folder, change.path));
    const name = (after ?? before)?.name ?? folder;
    return [
      {
        folder,
        member: shortName(name, suite),
        package: name,
        change: isGone ? 'removed' : !isMember(before) ? 'added' : isOther ? 'other files' : 'changed',
        manifest: isGone ? null : after,
        before: isMember(before) ? before : null,
      },
    ];
  });
}

/** Whether a path is in a folder. */
export function isIn(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

const OTHER_FILES = [
  /^(README|CHANGELOG|LICENSE|NOTICE)[^/]*$/i,
  /^package\.json$/,
  /^tsconfig[^/]*\.json$/,
  /^[^/]*\.config\.[cm]?[jt]s$/,
  /^(test|tests|training|docs)\//,
  /\.(test|test-d)\.[cm]?[jt]sx?$/,
  /^assets\/samples\.jsonl$/,
  /(^|\/)\.[^/]+$/,
];

/**
 * Whether a file of a member may decide how it judges: its code and its assets. Not its tests, its training, its texts and
 * its package.json, which is edited at a release.
 */
export function isJudging(folder: string, path: string): boolean {
  if (!isIn(folder, path)) return false;
  const own = folder === '' ? path : path.slice(folder.length + 1);
  return !OTHER_FILES.some((pattern) => pattern.test(own));
}
