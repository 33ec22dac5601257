import { spawnSync } from 'node:child_process';
import { NxError } from '../errors.ts';
import { folderFiles } from '../generate/folder-files.ts';
import { type PackageManifest, readWorkspace } from '../generate/workspace.ts';
import { readRoot } from '../infer/root.ts';
import { type ChangedModel, changedModels } from './changed-models.ts';

/** What a merge brings. */
export interface MergeChanges {
  /** What was asked for: a branch, a tag, a commit. */
  readonly since: string;
  /** The commit where the branches parted. */
  readonly base: string;
  readonly models: readonly ChangedModel[];
  /**
   * Conditions under which packages of the workspace are their sources: what was checked out from another commit is not built, and what is
   * built here may be old.
   */
  readonly conditions: readonly string[];
}

/**
 * The models that differ from where this branch and another parted: what came to the other side since is its own affair.
 *
 * @param since - Default `NX_BASE` of the environment, as for `nx affected`; else the default branch of nx.json; else main.
 * @throws {NxError} `MERGE_BASE_UNKNOWN`
 */
export function mergeChanges(root: string, since = process.env['NX_BASE'] ?? readRoot(root).defaultBase): MergeChanges {
  const base = git(root, 'merge-base', '--end-of-options', since, 'HEAD')?.trim();
  // Names as they are, between NULs: git would put those of other scripts into quotes.
  const diff = base === undefined ? null : git(root, 'diff', '--name-only', '-z', '--relative', `${base}...HEAD`);
  if (base === undefined || diff === null) {
    throw new NxError(
      'MERGE_BASE_UNKNOWN',
      `git knows no commit "${since}" here, or no history that it shares with HEAD.\nFetch it (in CI: fetch-depth: 0), or name another: --since origin/main.`,
    );
  }
  const { packages } = readWorkspace(folderFiles(root));
  const conditions = new Set(
    packages.filter(({ isOwn }) => isOwn).flatMap(({ manifest }) => sourceConditions(manifest)),
  );
  return { since, base, models: changedModels(diff.split('\0'), packages), conditions: [...conditions] };
}

/** Export conditions that lead to TypeScript: generated packages have one, `@<scope>/source`. */
function sourceConditions({ exports }: PackageManifest): string[] {
  const entry = (exports as { readonly '.'?: unknown } | undefined)?.['.'];
  return Object.entries(typeof entry === 'object' && entry !== null ? entry : {})
    .filter(([condition, file]) => condition !== 'types' && String(file).endsWith('.ts'))
    .map(([condition]) => condition);
}

/** Whether a package was there under its name at a commit. */
export function wasThere(root: string, base: string, { dir, name }: Pick<ChangedModel, 'dir' | 'name'>): boolean {
  const text = git(root, 'show', `${base}:./${dir}/package.json`);
  return text !== null && (JSON.parse(text) as { readonly name?: string }).name === name;
}

/** What a git command prints, or `null` when it fails. */
function git(root: string, ...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : null;
}
