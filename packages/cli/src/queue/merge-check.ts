import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { gitOutput, gitText } from './git-output.ts';
import type { TreeChange } from './open-branches.ts';

/** What merging a branch into the base would give. */
export interface MergeCheck {
  /** Files in conflict; empty when it merges. `null`: git could not tell. */
  readonly conflicts: readonly string[] | null;
  /** Whether the base has all of it already: a merge by squash or rebase leaves the branch behind. */
  readonly isInBase: boolean;
}

/**
 * Whether merging two sets of changes since a fork can be anything but both of them. Where they share no path, and nothing is a folder
 * here and a file there, only a rename could make them meet, and a rename takes a file away.
 */
export function mayMeet(ours: readonly TreeChange[], theirs: readonly TreeChange[]): boolean {
  const both = [...ours, ...theirs];
  if (both.some(({ status }) => status === 'removed')) return true;
  const paths = new Set(ours.map(({ path }) => path));
  const folders = new Set(ours.flatMap(({ path }) => foldersOf(path)));
  return theirs.some(
    ({ path }) => paths.has(path) || folders.has(path) || foldersOf(path).some((folder) => paths.has(folder)),
  );
}

/** @example foldersOf('a/b/c') // ['a', 'a/b'] */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
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
    GIT_ALTERNATE_OBJECT_DIRECTORIES: others === undefined ? objects : `${objects}:${others}`,
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
