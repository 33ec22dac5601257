import type { CandidateChange } from '@clamor/report';

import type { TreeChange } from './open-branches.ts';
import { folderOf, joinPath, type RawManifest, shortName, type SuiteTree } from './suite-packages.ts';

/** A member that a branch is about. */
export interface BranchMember {
  readonly folder: string;
  readonly member: string;
  readonly package: string;
  readonly change: CandidateChange;
  /** On the branch; `null` where it cannot be read. */
  readonly manifest: RawManifest | null;
  /** On the base; `null` where it is new. */
  readonly before: RawManifest | null;
}

/** Names of package.json files that must be read of a branch before its members are known. */
export function manifestsToRead(changes: readonly TreeChange[], tree: SuiteTree): string[] {
  const gone = new Set(changes.filter(({ status }) => status === 'removed').map(({ path }) => path));
  const manifests = changes.map(({ path }) => path).filter(tree.isPackage);
  const folders = tree.members.filter(({ folder }) => changes.some(({ path }) => isIn(folder, path)));
  const all = [...manifests, ...folders.map(({ folder }) => joinPath(folder, 'package.json'))];
  return [...new Set(all)].filter((path) => !gone.has(path));
}

/**
 * The members of a suite that a branch adds, changes or removes.
 *
 * @param manifests - Package.json files of the branch by path: what {@link manifestsToRead} names, as far as they are there.
 */
export function branchMembers(
  changes: readonly TreeChange[],
  { tree, manifests }: { readonly tree: SuiteTree; readonly manifests: ReadonlyMap<string, RawManifest | null> },
): BranchMember[] {
  const known = new Map(tree.members.map((member) => [member.folder, member.manifest]));
  const isMember = ({ clamor }: RawManifest): boolean => clamor?.kind === 'classifier' && clamor.suite === tree.suite;
  const fresh = [...manifests].flatMap(([path, manifest]) =>
    manifest !== null && isMember(manifest) ? [folderOf(path)] : [],
  );
  const touched = [...known.keys()].filter((folder) => changes.some(({ path }) => isIn(folder, path)));
  return [...new Set([...touched, ...fresh])].toSorted().map((folder) => {
    const path = joinPath(folder, 'package.json');
    const before = known.get(folder) ?? null;
    const manifest = manifests.get(path) ?? null;
    const own = changes.filter((change) => isIn(folder, change.path));
    const isGone = own.some((change) => change.path === path && change.status === 'removed');
    const name = (manifest ?? before)?.name ?? folder;
    const isOther = own.every((change) => !isJudging(folder, change.path));
    return {
      folder,
      member: shortName(name, tree.suite),
      package: name,
      change: isGone ? 'removed' : before === null ? 'added' : isOther ? 'other files' : 'changed',
      manifest: isGone ? null : manifest,
      before,
    };
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
