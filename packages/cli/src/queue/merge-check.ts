import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

import { gitOutput, gitText } from './git-output.ts';
import type { TreeChange } from './open-branches.ts';
import { foldersOf } from './suite-packages.ts';

/** What merging a branch into the base would give. */
export interface MergeCheck {
  /** Files in conflict; empty when it merges. `null`: git could not tell. */
  readonly conflicts: readonly string[] | null;
  /** Whether the base has all of it already: a merge by squash or rebase leaves the branch behind. */
  readonly isInBase: boolean;
}

/** What a branch and the base have changed since the fork. */
export interface BothSides {
  readonly branch: readonly TreeChange[];
  readonly base: readonly TreeChange[];
  /** Whether the base has a folder still. */
  readonly hasFolder: (folder: string) => boolean;
}

/**
 * Whether merging two sets of changes can be anything but both of them: they share a path; something is a folder here and a file
 * there; or one side adds to a folder that the other one may have renamed, which is all that git makes of a rename beyond the paths.
 */
export function mayMeet({ branch, base, hasFolder }: BothSides): boolean {
  const paths = new Set(branch.map(({ path }) => path));
  const folders = new Set(branch.flatMap(({ path }) => foldersOf(path)));
  const isSharedPath = base.some(
    ({ path }) => paths.has(path) || folders.has(path) || foldersOf(path).some((folder) => paths.has(folder)),
  );
  return (
    isSharedPath ||
    addsBelow(branch, left(base, hasFolder)) ||
    addsBelow(
      base,
      left(branch, () => false),
    )
  );
}

/** Folders that lost a file and may be renamed: all but those that are known to be there still. */
function left(changes: readonly TreeChange[], hasFolder: (folder: string) => boolean): ReadonlySet<string> {
  const removed = changes.filter(({ status }) => status === 'removed');
  return new Set(removed.flatMap(({ path }) => foldersOf(path)).filter((folder) => !hasFolder(folder)));
}

function addsBelow(changes: readonly TreeChange[], folders: ReadonlySet<string>): boolean {
  return changes.some(
    ({ path, status }) => status === 'added' && foldersOf(path).some((folder) => folders.has(folder)),
  );
}

/** Processes at a time. */
const AT_ONCE = 4;

/**
 * Tries to merge branches into the base, in memory: no work tree, no reference and no object of the repository changes.
 *
 * @param tips - Commits of branches that are not merged.
 * @returns By tip.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function checkMerges(
  tips: readonly string[],
  { cwd, base }: { readonly cwd: string; readonly base: string },
): Promise<ReadonlyMap<string, MergeCheck>> {
  if (tips.length === 0) return new Map();
  const objects = resolve(cwd, await gitText(['rev-parse', '--git-path', 'objects'], { cwd }));
  const baseTree = await gitText(['rev-parse', `${base}^{tree}`], { cwd });
  const scratch = await mkdtemp(join(tmpdir(), 'clamor-queue-'));
  const others = process.env['GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  const env = {
    GIT_OBJECT_DIRECTORY: scratch,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [quoted(objects), ...(others === undefined ? [] : [others])].join(delimiter),
  };
  const checked = new Map<string, MergeCheck>();
  const waiting = [...new Set(tips)];
  const work = async (): Promise<void> => {
    for (let tip = waiting.pop(); tip !== undefined; tip = waiting.pop()) {
      const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', base, tip];
      const { stdout, exitCode } = await gitOutput(args, { cwd, env, answers: [0, 1, 128, 129] });
      const [tree, ...files] = stdout.toString('utf8').split('\0').filter(Boolean);
      const isTold = exitCode === 0 || exitCode === 1;
      checked.set(tip, {
        conflicts: isTold ? [...new Set(exitCode === 1 ? files : [])] : null,
        isInBase: exitCode === 0 && tree === baseTree,
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return checked;
}

/** As git reads a path that may hold what separates paths: in quotes, escaped as in C. */
function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`;
}
