import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from './errors.ts';
import { git } from './git.ts';
import { runStep } from './run-step.ts';

const LOCKFILE = 'package-lock.json';

/** What a lockfile has, of what matters here. */
interface Lockfile {
  readonly packages: { readonly [path: string]: unknown };
}

/**
 * Brings package-lock.json in line with the package.json files, also in the middle of a merge that stopped at it.
 *
 * npm can read a lockfile with conflict marks, but then it resolves everything anew: within the ranges, and without the
 * packages of other platforms. So the lockfile of one side is taken first, either will do, and npm adds what the
 * other side has in its package.json files. Both orders of a merge come to the same bytes.
 *
 * @returns How it was: `merged` when a conflict was settled, otherwise `brought along`.
 * @throws {ReleaseError} `RELEASE_STEP_FAILED` when npm fails; `RELEASE_LOCKFILE_LOST` when the result lacks a package
 *   that both sides have.
 */
export function bringLockfile(workspace: string): 'merged' | 'brought along' {
  const unmerged = (git(workspace, 'ls-files', '--unmerged', '--', LOCKFILE) ?? '') !== '';
  // Stages of a conflict: 2 is ours, 3 is theirs.
  const sides = unmerged ? [2, 3].map((stage) => parse(git(workspace, 'show', `:${stage}:${LOCKFILE}`))) : [];
  if (unmerged) runStep(workspace, 'git', ['checkout', '--ours', '--', LOCKFILE]);
  // Changes of package.json files are all that npm looks for: nothing is installed and nobody's script is run.
  runStep(workspace, 'npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (!unmerged) return 'brought along';
  const result = parse(readFileSync(join(workspace, LOCKFILE), 'utf8'));
  const lost = lostPackages(sides, result);
  if (lost.length > 0) {
    throw new ReleaseError(
      'RELEASE_LOCKFILE_LOST',
      `npm dropped ${lost.join(', ')}, which both sides of the merge have.\n` +
        'Wanted: nothing is lost by a merge. A registry that lacks a package of another platform does this: try another ' +
        'one, or take the lockfile of one side and run npm install where all of it can be had.',
    );
  }
  runStep(workspace, 'git', ['add', '--', LOCKFILE]);
  return 'merged';
}

/**
 * The packages that every side has and the result has not.
 *
 * @example lostPackages([{ packages: { a: {}, b: {} } }, { packages: { a: {} } }], { packages: {} }) // ['a']
 */
export function lostPackages(sides: readonly Lockfile[], result: Lockfile): string[] {
  const [first, ...others] = sides;
  return Object.keys(first?.packages ?? {}).filter(
    (path) => others.every(({ packages }) => path in packages) && !(path in result.packages),
  );
}

function parse(text: string | null): Lockfile {
  return JSON.parse(text ?? '{"packages":{}}') as Lockfile;
}
